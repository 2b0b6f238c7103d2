// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SuperblockTest {
    private static final Cursor.Origin ORIGIN = new Cursor.Origin(MessageBytes.SOURCE, 8, 8);

    private static MessageBytes signature(int offsets, int lengths) {
        return new MessageBytes(offsets, lengths).u8(0x89).text("HDF").u8(13, 10, 26, 10);
    }

    /** Version 0 or 1 with K values 4, 16 and 40, flags 3; the root's tree and heap are cached in its entry. */
    private static MessageBytes old(int version, int offsets, int lengths) {
        MessageBytes block = signature(offsets, lengths).u8(version, 0, 0, 0, 0, offsets, lengths, 0);
        block.u16(4, 16).u32(3);
        if (version == 1) {
            block.u16(40, 0);
        }
        block.address(0, -1, 0x2000, -1);
        return block.length(0).address(0x60).u32(1, 0).address(0x88, 0x2a8).zeros(16 - 2 * Math.min(8, offsets));
    }

    private static MessageBytes recent(int version, int offsets, int flags) {
        MessageBytes block = signature(offsets, 8).u8(version, offsets, 8, flags);
        return block.address(0, 0x400, 0x2000, 0x30).checksum();
    }

    private static Superblock parse(byte[] bytes) {
        return Superblock.parse(bytes, ORIGIN, MessageBytes.ADDRESS, true);
    }

    private static void refusesEveryPrefix(MessageBytes whole) {
        byte[] bytes = whole.toArray();
        for (int length = Superblock.SIGNATURE_BYTES; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            MalformedFileException e =
                    assertThrows(MalformedFileException.class, () -> parse(cut), length + " of " + bytes.length);
            assertEquals(MessageBytes.SOURCE, e.where().source());
            long within = e.where().address() - MessageBytes.ADDRESS;
            assertTrue(within >= 0 && within <= length, e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 8, 8", "0, 4, 4", "0, 4, 8", "0, 2, 8", "1, 8, 8", "1, 8, 4"})
    void readsVersions0And1(int version, int offsets, int lengths) {
        MessageBytes whole = old(version, offsets, lengths);
        assertEquals(
                new Superblock(
                        version,
                        0,
                        0,
                        0,
                        offsets,
                        lengths,
                        4,
                        16,
                        version == 1 ? 40 : 32,
                        3,
                        0,
                        -1,
                        0x2000,
                        -1,
                        0x60,
                        0x88,
                        0x2a8),
                parse(whole.toArray()));
        refusesEveryPrefix(whole);
    }

    @Test
    void withoutACachedRootTheScratchBytesAreNotLookedAtButMustBeThere() {
        MessageBytes block =
                signature(8, 8).u8(0, 0, 0, 0, 0, 8, 8, 0).u16(4, 16).u32(0);
        block.address(0, -1, 0x2000, -1).length(0).address(0x60).u32(0, 0).u64(0x88, 0x2a8);
        Superblock read = parse(block.toArray());
        assertEquals(-1, read.rootBTree());
        assertEquals(-1, read.rootHeap());
        refusesEveryPrefix(block);
    }

    @ParameterizedTest
    @CsvSource({"2, 8", "2, 4", "3, 8", "3, 2", "3, 16"})
    void readsVersions2And3(int version, int offsets) {
        MessageBytes whole = recent(version, offsets, 0);
        assertEquals(
                new Superblock(version, 0, 0, 0, offsets, 8, 0, 0, 0, 0, 0, 0x400, 0x2000, -1, 0x30, -1, -1),
                parse(whole.toArray()));
        refusesEveryPrefix(whole);
    }

    /** Flag 1: open for writing, 4: for SWMR writing; told from version 3 on. */
    @ParameterizedTest
    @CsvSource({"2, 1, false", "3, 0, false", "3, 1, true", "3, 2, false", "3, 4, true", "3, 5, true"})
    void tellsWhetherAWriterHasTheFileOpen(int version, int flags, boolean open) {
        assertEquals(open, parse(recent(version, 8, flags).toArray()).isOpenForWriting());
    }

    @Test
    void isFoundByAllEightBytesOfItsSignature() {
        byte[] bytes = recent(3, 8, 0).toArray();
        assertTrue(Superblock.startsHere(bytes));
        assertTrue(Superblock.startsHere(Arrays.copyOf(bytes, 8)));
        for (int i = 0; i < 8; i++) {
            byte[] other = bytes.clone();
            other[i] ^= 1;
            assertFalse(Superblock.startsHere(other));
            assertFalse(Superblock.startsHere(Arrays.copyOf(bytes, i)));
        }
    }

    @Test
    void theChecksumNoticesEveryFlippedByte() {
        byte[] bytes = recent(3, 8, 0).toArray();
        for (int i = 8; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x10;
            assertThrows(H5Exception.class, () -> parse(damaged), "byte " + i);
        }
        bytes[11] ^= 1;
        assertEquals(1, Superblock.parse(bytes, ORIGIN, 0, false).flags());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 7, 9, 32, 255})
    void refusesWidthsThatDoNotExist(int width) {
        byte[] offsets = recent(3, 8, 0).toArray();
        offsets[9] = (byte) width;
        assertThrows(MalformedFileException.class, () -> parse(offsets));
        byte[] lengths = old(0, 8, 8).toArray();
        lengths[14] = (byte) width;
        assertThrows(MalformedFileException.class, () -> parse(lengths));
    }

    @Test
    void refusesTreesOfNoEntries() {
        for (int at : new int[] {16, 18, 24}) {
            byte[] bytes = old(1, 8, 8).toArray();
            bytes[at] = 0;
            assertThrows(MalformedFileException.class, () -> parse(bytes), "byte " + at);
        }
    }

    @Test
    void refusesOtherVersionsOfItselfAndOfItsParts() {
        for (int at : new int[] {9, 10, 12}) {
            byte[] bytes = old(0, 8, 8).toArray();
            bytes[at] = 1;
            assertThrows(UnsupportedFeatureException.class, () -> parse(bytes), "byte " + at);
        }
        byte[] newer = recent(3, 8, 0).toArray();
        newer[8] = 4;
        assertThrows(UnsupportedFeatureException.class, () -> parse(newer));
    }

    @Test
    void damageEndsInATypedError() {
        Random random = new Random(5);
        for (int i = 0; i < 4000; i++) {
            byte[] bytes = (i % 2 == 0 ? old(i / 2 % 2, 8, 8) : recent(2, 4, 0)).toArray();
            for (int k = 0; k < 3; k++) {
                bytes[8 + random.nextInt(bytes.length - 8)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
            }
            try {
                Superblock unused = Superblock.parse(bytes, ORIGIN, 0, false);
            } catch (H5Exception e) {
                assertEquals(MessageBytes.SOURCE, e.where().source());
            }
        }
    }
}
