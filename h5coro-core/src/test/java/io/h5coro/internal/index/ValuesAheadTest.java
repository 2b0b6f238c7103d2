// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.cache.Purpose;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Where values are expected, from roots of chunk trees as libhdf5 makes them; of real files: {@code SiblingTest}. */
final class ValuesAheadTest {
    private static final int ROOT = 4096;
    private static final long FILE = 1L << 30;

    /** Bytes of a leaf of one dimension. */
    private static final int LEAF = 24 + 64 * 32 + 24;

    private static final int CHUNK = 30_000;
    private static final int LENGTH = 1000;

    private record Guess(ByteRange range, boolean isSure) {}

    /** A file with nothing but a root; takes note of what is guessed. */
    private static final class Noted implements BlockCache {
        private final byte[] start;
        private final boolean hasLeaves;
        private final List<Guess> guesses = new ArrayList<>();

        Noted(byte[] start, boolean hasLeaves) {
            this.start = start;
            this.hasLeaves = hasLeaves;
        }

        @Override
        public byte[] read(long position, int length) {
            return Arrays.copyOfRange(start, (int) position, (int) position + length);
        }

        @Override
        public void prefetch(Collection<ByteRange> ranges, Purpose purpose) {
            throw new AssertionError(ranges.toString());
        }

        @Override
        public void guess(Collection<ByteRange> ranges, boolean isSure) {
            ranges.forEach(range -> guesses.add(new Guess(range, isSure)));
        }

        @Override
        public byte[] cached(long position, int length) {
            return hasLeaves ? new byte[length] : null;
        }

        @Override
        public CompletableFuture<Void> coming(Collection<ByteRange> ranges) {
            throw new AssertionError(ranges.toString());
        }

        @Override
        public int blockBytes() {
            return 1 << 16;
        }
    }

    /**
     * A root.
     *
     * @param leaves first chunk and address of each
     */
    private static byte[] root(long[]... leaves) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * ROOT + LEAF).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(ROOT);
        bytes.put("TREE".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 1)
                .putShort((short) leaves.length)
                .putLong(-1)
                .putLong(-1);
        for (long[] leaf : leaves) {
            bytes.putInt(CHUNK).putInt(0).putLong(leaf[0] * LENGTH).putLong(0).putLong(leaf[1]);
        }
        bytes.putInt(CHUNK).putInt(0).putLong(150L * LENGTH).putLong(0);
        return bytes.array();
    }

    /** The root of 150 chunks that stand one after the other from an address on, with the leaves made meanwhile. */
    private static byte[] oneAfterTheOther(long address) {
        long second = address + 65L * CHUNK;
        long third = second + 2 * LEAF + 57L * CHUNK;
        return root(new long[] {0, second + LEAF}, new long[] {57, second}, new long[] {114, third});
    }

    private static long place(long address, int chunk) {
        return address + (long) chunk * CHUNK + (chunk < 65 ? 0 : 2 * LEAF) + (chunk < 122 ? 0 : LEAF);
    }

    private static List<Guess> guesses(byte[] root, int first, int last) {
        return guesses(root, first, last, false);
    }

    private static List<Guess> guesses(byte[] root, int first, int last, boolean hasLeaves) {
        Noted noted = new Noted(root, hasLeaves);
        FileSpace space = new FileSpace(
                noted, new Cursor.Origin("root", 8, 8), new FileSpace.Extent(0, FILE), ReadOptions.defaults());
        Hyperslab slice = Hyperslab.of(Hyperslab.Range.of((long) first * LENGTH, (last + 1L) * LENGTH));
        ValuesAhead.ask(space, new long[] {LENGTH}, ROOT, List.of(slice));
        return noted.guesses;
    }

    @Test
    void chunksThatWereWrittenOneAfterTheOtherAreExpectedWhereTheyAre() {
        long address = 10_000_000;
        byte[] root = oneAfterTheOther(address);
        for (int first = 49; first < 150; first++) {
            for (int last = first; last < Math.min(150, first + 40); last++) {
                List<Guess> guesses = guesses(root, first, last);
                for (int chunk = first; chunk <= last; chunk++) {
                    ByteRange wanted = new ByteRange(place(address, chunk), CHUNK);
                    assertTrue(
                            guesses.stream().anyMatch(guess -> guess.isSure() && covers(guess.range(), wanted)),
                            chunk + " of " + first + " to " + last + ": " + guesses);
                }
                long bytes = guesses.stream()
                        .mapToLong(guess -> guess.range().length())
                        .sum();
                assertTrue(bytes <= (last - first + 1L + 2 * guesses.size()) * CHUNK + 2 * LEAF, guesses.toString());
            }
        }
    }

    private static boolean covers(ByteRange all, ByteRange part) {
        return all.offset() <= part.offset() && part.end() <= all.end();
    }

    /** Other columns stand between them, or a part of them stands elsewhere. */
    @Test
    void nothingIsExpectedWhereMoreOrLessStandsBetweenLeavesThanTheirChunks() {
        for (long between : new long[] {13L * 57 * CHUNK, 57L * CHUNK * 5 / 4, 57L * CHUNK * 3 / 4, 0}) {
            byte[] root = root(new long[] {0, 20_000_000 + LEAF}, new long[] {57, 20_000_000}, new long[] {
                114, 20_000_000 + 2 * LEAF + between
            });
            assertEquals(List.of(), guesses(root, 70, 80));
            guesses(root, 60, 64).forEach(guess -> assertEquals(false, guess.isSure()));
        }
    }

    @Test
    void withTwoLeavesItIsNotSure() {
        byte[] root = root(new long[] {0, 20_000_000 + LEAF}, new long[] {57, 20_000_000});
        List<Guess> guesses = guesses(root, 60, 80);
        assertEquals(2, guesses.size());
        guesses.forEach(guess -> assertEquals(false, guess.isSure()));
    }

    @Test
    void nothingIsGuessedOfWhatIsKnownOrLongOrFarInFront() {
        byte[] root = oneAfterTheOther(10_000_000);
        assertEquals(List.of(), guesses(root, 70, 80, true));
        assertEquals(List.of(), guesses(root, 0, 40));
        assertEquals(List.of(), guesses(root, 48, 48));
        assertEquals(1, guesses(root, 49, 49).size());
    }

    /** A root may say anything. */
    @Test
    void damagedRootsGuessNothingOutsideOfTheFile() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] root = oneAfterTheOther(10_000_000);
            for (int j = 0; j < 4; j++) {
                root[ROOT + random.nextInt(24 + 3 * 32 + 24)] = (byte) random.nextInt();
            }
            try {
                for (Guess guess : guesses(root, 60, 130)) {
                    assertTrue(guess.range().end() <= FILE && guess.range().length() > 0, guess.toString());
                }
            } catch (H5Exception e) {
                // As whoever looks the chunks up is told.
            }
        }
    }
}
