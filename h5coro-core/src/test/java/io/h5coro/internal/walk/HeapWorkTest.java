// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.FileBytes;
import io.h5coro.model.ReadOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The blocks of a heap cost no more work than the file has bytes and the options allow. */
final class HeapWorkTest {
    private static final int BLOCK = 2048;
    private static final int HEAD = 146;
    private static final int INDIRECT = 4 + 1 + 8 + 2 + 4 * 8 + 4;

    /** A heap of width 4 whose four direct blocks, each with an object, start so many bytes apart; no checksums. */
    private static FractalHeap heap(int apart, int fileBytes) {
        FileBytes b = new FileBytes();
        b.begin().text("FRHP").u8(0).u16(7).u16(0).u8(0).u32(BLOCK).u64(0, -1, 0, -1);
        b.u64(0, 0, 0, 0, 0, 0, 0, 0)
                .u16(4)
                .u64(BLOCK, BLOCK)
                .u16(16)
                .u16(1)
                .u64(HEAD)
                .u16(1)
                .checksum();
        b.at(HEAD).begin().text("FHIB").u8(0).u64(0).u16(0);
        int first = HEAD + INDIRECT;
        for (int i = 0; i < 4; i++) {
            b.u64(first + (long) i * apart);
        }
        b.checksum();
        for (int i = 0; i < 4; i++) {
            b.at(first + i * apart).text("FHDB").u8(0).u64(0).u16(i * BLOCK).u8(i, i + 1);
        }
        byte[] file = java.util.Arrays.copyOf(b.toArray(), fileBytes);
        return FractalHeap.open(
                FixtureSpace.bare(file, ReadOptions.defaults()).space(), 0, (pipeline, mask, stored, size) -> stored);
    }

    /** The id of the object of two bytes behind the head of a block. */
    private static byte[] id(int block) {
        int offset = block * BLOCK + 15;
        return new byte[] {0, (byte) offset, (byte) (offset >> 8), 2, 0, 0, 0};
    }

    @Test
    void blocksThatLieSideBySideAreRead() {
        FractalHeap heap = heap(BLOCK, HEAD + INDIRECT + 4 * BLOCK);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                Cursor object = heap.object(id(i));
                assertArrayEquals(new byte[] {(byte) i, (byte) (i + 1)}, object.bytes(object.remaining()));
            }
        }
    }

    @Test
    void blocksThatOverlapAreReadNoLongerThanTheFileIs() {
        FractalHeap heap = heap(20, HEAD + INDIRECT + BLOCK + 60);
        assertEquals(2, heap.object(id(3)).remaining());
        MalformedFileException refused = assertThrows(MalformedFileException.class, () -> heap.object(id(1)));
        assertTrue(refused.getMessage().contains("more bytes than the file"), refused.getMessage());
    }

    @Test
    void whatFiltersMakeOfBlocksCountsAgainstTheBudget() {
        HeapWork work = work(10_000);
        for (int i = 0; i < 10; i++) {
            work.spend(100 + i, 10, 1000, true);
            work.spend(100 + i, 10, 1000, true); // short ones are free the second time
        }
        assertThrows(LimitExceededException.class, () -> work.spend(200, 10, 1000, true));
    }

    @Test
    void longBlocksThatAreReadAgainCountAgainstTheBudget() {
        HeapWork work = work(10 << 20);
        int length = 2 << 20;
        for (int i = 0; i < 6; i++) {
            work.spend(100, length, length, false);
        }
        assertThrows(LimitExceededException.class, () -> work.spend(100, length, length, false));
    }

    private static HeapWork work(long budget) {
        ReadOptions options = ReadOptions.builder().metadataBudgetBytes(budget).build();
        return new HeapWork(FixtureSpace.bare(new byte[4 << 20], options).space());
    }

    @Test
    void objectsOfManyBlocksAreReadBlockByBlock() {
        FractalHeap heap = heap(BLOCK, HEAD + INDIRECT + 4 * BLOCK);
        int[] taken = new int[1];
        heap.objects(List.of(id(3), id(0), id(3), id(1)), (i, body) -> taken[0]++);
        assertEquals(4, taken[0]);
    }
}
