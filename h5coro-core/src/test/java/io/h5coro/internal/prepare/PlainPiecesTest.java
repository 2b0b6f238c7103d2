// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.internal.plan.RequestCosts;
import io.h5coro.storage.ByteRange;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class PlainPiecesTest {
    private static final RequestCosts REMOTE = new RequestCosts(60_000, 90_000_000, 32, 8 << 20, OptionalLong.empty());

    @Test
    void manySlicesOfLittleAreNotJoinedOverGapsThatAreMostOfTheFile() {
        PlainPieces pieces = new PlainPieces(270_000, 1 << 20, REMOTE);
        for (int i = 0; i < 1000; i++) {
            pieces.add(StridedCopy.run(30, 27_000L * i, 30L * i), 64, PlainPieces.Wanted.all(4));
        }
        assertEquals(1000, pieces.joined().size());
        PlainPieces few = new PlainPieces(270_000, 1 << 20, REMOTE);
        for (int i = 0; i < 9; i++) {
            few.add(StridedCopy.run(30, 27_000L * i, 30L * i), 64, PlainPieces.Wanted.all(4));
        }
        assertEquals(1, few.joined().size());
    }

    @Test
    void aHundredThousandSlicesAreFewPieces() {
        PlainPieces pieces = new PlainPieces(512, 1 << 20, REMOTE);
        int slices = 100_000;
        for (int i = 0; i < slices; i++) {
            pieces.add(StridedCopy.run(2, 4L * i, 2L * i), 64, PlainPieces.Wanted.all(4));
        }
        List<PlainPiece> joined = pieces.joined();
        assertTrue(joined.size() <= 4, "pieces: " + joined.size());
        assertEquals(
                slices, joined.stream().mapToInt(piece -> piece.parts().size()).sum());
    }

    /** Records of 300,000 bytes: what stands between two members is longer than the gap. Of shorter ones it is not. */
    @Test
    void membersOfLongRecordsAreFetchedAlone() {
        PlainPieces pieces = new PlainPieces(270_000, 1 << 20, REMOTE);
        pieces.add(StridedCopy.run(3, 1, 0), 64, new PlainPieces.Wanted(100, 8, 300_000));
        assertEquals(
                List.of(new ByteRange(300_164, 8), new ByteRange(600_164, 8), new ByteRange(900_164, 8)),
                pieces.joined().stream().map(PlainPiece::range).toList());
        PlainPieces shorter = new PlainPieces(270_000, 1 << 20, REMOTE);
        shorter.add(StridedCopy.run(3, 1, 0), 64, new PlainPieces.Wanted(100, 8, 3_000));
        assertEquals(
                List.of(new ByteRange(3_164, 6_008)),
                shorter.joined().stream().map(PlainPiece::range).toList());
    }

    /** A gap of 10 bytes: one element of 4 between two members may be left out, two may not. */
    @Test
    void whatStandsBetweenTwoMembersCountsAsAGap() {
        PlainPieces near = new PlainPieces(10, 1 << 20, REMOTE);
        near.add(StridedCopy.run(1, 0, 0), 0, new PlainPieces.Wanted(2, 2, 6));
        near.add(StridedCopy.run(1, 2, 1), 0, new PlainPieces.Wanted(2, 2, 6));
        assertEquals(
                List.of(new ByteRange(2, 14)),
                near.joined().stream().map(PlainPiece::range).toList());
        PlainPieces far = new PlainPieces(9, 1 << 20, REMOTE);
        far.add(StridedCopy.run(1, 0, 0), 0, new PlainPieces.Wanted(2, 2, 6));
        far.add(StridedCopy.run(1, 2, 1), 0, new PlainPieces.Wanted(2, 2, 6));
        assertEquals(
                List.of(new ByteRange(2, 2), new ByteRange(14, 2)),
                far.joined().stream().map(PlainPiece::range).toList());
    }
}
