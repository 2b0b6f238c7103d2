// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.grid.StridedCopy;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlainPiecesTest {
    @Test
    void aHundredThousandSlicesAreFewPieces() {
        PlainPieces pieces = new PlainPieces(512, 1 << 20);
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
