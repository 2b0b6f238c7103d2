// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every filter owes: the encoder's bytes back, and of anything else a result within its bound or a
 * {@link FilterDataException}, in bounded time and memory.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class ChunkFilterContract {
    private static final int EVERY_LENGTH_UP_TO = 400;
    private static final int CASES = 120;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What a decoder may allocate beside a few times its bound: tables, an exception. */
    private static final long ALLOCATION_FLOOR_BYTES = 1 << 20;

    private final ChunkFilter filter;
    private final int id;
    private final List<CodecVector> vectors;

    /** A contract test of a filter whose vectors are those of a codec. */
    protected ChunkFilterContract(ChunkFilter filter, int id, String codec) {
        this.filter = filter;
        this.id = id;
        this.vectors = CodecVector.of(codec);
    }

    /** What the filter may allocate beside a few times its bound. */
    protected long allocationFloorBytes() {
        return ALLOCATION_FLOOR_BYTES;
    }

    @Test
    void isFoundByItsIdentifier() {
        assertEquals(id, filter.id());
        assertTrue(filter.name().matches("[a-z0-9-]+"), filter.name());
    }

    @Test
    void decodesWhatTheEncoderWrote() throws FilterDataException {
        assertTrue(vectors.size() >= 3, "only " + vectors.size() + " vectors");
        for (CodecVector vector : vectors) {
            Span decoded = filter.decode(Span.of(vector.encoded()), vector.context(vector.decodedLength()));
            assertTrue(vector.matches(decoded), () -> vector + " decodes to other bytes, length " + decoded.length());
        }
    }

    @Test
    void decodesASpanInsideAnArrayAndLeavesTheArrayAlone() throws FilterDataException {
        for (CodecVector vector : vectors) {
            byte[] array = surrounded(vector.encoded());
            byte[] before = array.clone();
            Span input = new Span(array, 11, vector.encoded().length);
            Span decoded = filter.decode(input, vector.context(2 * vector.decodedLength() + 100));
            assertTrue(vector.matches(decoded), () -> vector + " decodes to other bytes inside an array");
            assertArrayEquals(before, array, () -> vector + " changed its input");
        }
    }

    private static byte[] surrounded(byte[] encoded) {
        byte[] array = new byte[encoded.length + 30];
        Arrays.fill(array, (byte) 0xa5);
        System.arraycopy(encoded, 0, array, 11, encoded.length);
        return array;
    }

    @Test
    void neverGivesMoreThanTheMaximum() {
        int refused = 0;
        for (CodecVector vector : vectors) {
            if (vector.decodedLength() > 0 && !identity(vector)) {
                FilterContext context = vector.context(vector.decodedLength() - 1);
                assertThrows(
                        FilterDataException.class,
                        () -> filter.decode(Span.of(vector.encoded()), context),
                        () -> vector + " exceeds its maximum");
                refused++;
            }
        }
        assertTrue(refused > 0 || vectors.stream().allMatch(this::identity), "no vector has content");
    }

    private boolean identity(CodecVector vector) {
        return vector.matches(Span.of(vector.encoded()));
    }

    @Test
    void survivesTruncationAtEveryLength() {
        int refused = 0;
        for (CodecVector vector : vectors) {
            int length = vector.encoded().length;
            int step = length <= EVERY_LENGTH_UP_TO ? 1 : length / CASES;
            for (int i = 0; i < length; i += step) {
                refused += survives(vector, Arrays.copyOf(vector.encoded(), i)) ? 0 : 1;
            }
        }
        assertTrue(refused > 0 || vectors.stream().allMatch(this::identity), "no truncation was noticed");
    }

    @Test
    void survivesFlippedBits() {
        for (CodecVector vector : vectors) {
            Random random = new Random(vector.decodedLength());
            int bits = vector.encoded().length * 8;
            boolean all = bits <= EVERY_LENGTH_UP_TO;
            for (int i = 0; i < (all ? bits : CASES); i++) {
                // Headers matter most: half of the flips are in the first 40 bytes.
                int bit = all ? i : random.nextInt((i & 1) == 0 ? bits : Math.min(bits, 320));
                byte[] damaged = vector.encoded().clone();
                damaged[bit >>> 3] ^= (byte) (1 << (bit & 7));
                survives(vector, damaged);
            }
        }
    }

    @Test
    void survivesOverwrittenRuns() {
        for (CodecVector vector : vectors) {
            Random random = new Random(vector.encoded().length);
            for (int i = 0; i < CASES / 4 && vector.encoded().length > 0; i++) {
                byte[] damaged = vector.encoded().clone();
                int at = random.nextInt(damaged.length);
                int length = Math.min(damaged.length - at, 1 + random.nextInt(9));
                Arrays.fill(damaged, at, at + length, (byte) (i % 3 == 0 ? 0xff : i % 3 == 1 ? 0 : random.nextInt()));
                survives(vector, damaged);
            }
        }
    }

    /** Decodes; anything but a result within the bound or the typed exception fails the test. */
    private boolean survives(CodecVector vector, byte[] data) {
        int maximum = vector.decodedLength() + 1000;
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        try {
            Span decoded = filter.decode(Span.of(data), vector.context(maximum));
            assertTrue(decoded.length() <= maximum, () -> vector + " gives " + decoded.length());
            return true;
        } catch (FilterDataException e) {
            return false;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new AssertionError(vector + " of " + data.length + " bytes", e);
        } finally {
            long allocated =
                    THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertTrue(allocated < allocationFloorBytes() + 10L * maximum, () -> vector + " allocates " + allocated);
        }
    }
}
