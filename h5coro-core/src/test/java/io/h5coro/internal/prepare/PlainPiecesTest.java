// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.internal.plan.RequestCosts;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class PlainPiecesTest {
    private static final RequestCosts REMOTE = new RequestCosts(60_000, 90_000_000, 32, 8 << 20, OptionalLong.empty());

    @Test
    void manySlicesOfLittleAreNotJoinedOverGapsThatAreMostOfTheFile() {
        PlainPieces pieces = new PlainPieces(270_000, 1 << 20, REMOTE);
        for (int i = 0; i < 1000; i++) {
            pieces.add(StridedCopy.run(30, 27_000L * i, 30L * i), 64, 4);
        }
        assertEquals(1000, pieces.joined().size());
        PlainPieces few = new PlainPieces(270_000, 1 << 20, REMOTE);
        for (int i = 0; i < 9; i++) {
            few.add(StridedCopy.run(30, 27_000L * i, 30L * i), 64, 4);
        }
        assertEquals(1, few.joined().size());
    }

    @Test
    void aHundredThousandSlicesAreFewPieces() {
        PlainPieces pieces = new PlainPieces(512, 1 << 20, REMOTE);
        int slices = 100_000;
        for (int i = 0; i < slices; i++) {
            pieces.add(StridedCopy.run(2, 4L * i, 2L * i), 64, 4);
        }
        List<PlainPiece> joined = pieces.joined();
        assertTrue(joined.size() <= 4, "pieces: " + joined.size());
        assertEquals(
                slices, joined.stream().mapToInt(piece -> piece.parts().size()).sum());
    }
}
