// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.model.FilterDescription;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for each filter: it decodes what libhdf5 wrote, and whatever it is given, it ends and stays in bounds. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class FilterContract {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What a decoder may allocate beside a few times its output: tables, an exception. */
    private static final long ALLOCATION_FLOOR_BYTES = 1 << 20;

    private static final int[] EXTREMES = {
        0, 1, 2, 3, 7, 8, 9, 16, 31, 32, 33, 63, 64, 65, 255, 256, 65535, 65536, 0x7fffffff, 0x80000000, -1
    };

    /** Decodings in one test method at the most, spread over the vectors. */
    private static final int EFFORT = 10_000;

    /** The filter. */
    abstract ChunkFilter filter();

    /** Vectors with pipelines of any filters. */
    abstract List<FilterVector> vectors();

    @Test
    void decodesWhatTheLibraryReads() throws ChunkDecodeException {
        int used = 0;
        for (FilterVector v : vectors()) {
            Span decoded = decoder(v).decode(Span.of(v.stored()), v.mask());
            assertEquals(v.decoded().length, decoded.length(), v.name());
            assertArrayEquals(v.decoded(), copy(decoded), v.name());
            used += v.filters().stream().anyMatch(f -> f.id() == filter().id()) ? 1 : 0;
        }
        assertTrue(used > 0, "no vector uses the filter");
    }

    @Test
    void looksOnlyAtItsSpanAndChangesNothing() throws FilterDataException {
        for (FilterVector v : direct()) {
            byte[] framed = new byte[v.stored().length + 32];
            new Random(5).nextBytes(framed);
            System.arraycopy(v.stored(), 0, framed, 13, v.stored().length);
            byte[] before = framed.clone();
            Span decoded = filter().decode(new Span(framed, 13, v.stored().length), context(v));
            Span plain = filter().decode(Span.of(v.stored()), context(v));
            assertArrayEquals(copy(plain), copy(decoded), v.name());
            assertArrayEquals(before, framed, v.name());
        }
    }

    @Test
    void survivesTruncationAtEveryLength() {
        List<FilterVector> vectors = direct();
        for (FilterVector v : vectors) {
            int most = v.stored().length;
            int step = Math.max(1, most * vectors.size() / EFFORT);
            for (int length = 0; length < most; length += length < 64 ? 1 : step) {
                attempt(v, Arrays.copyOf(v.stored(), length), context(v));
            }
        }
    }

    @Test
    void survivesEveryFlippedBit() {
        List<FilterVector> vectors = direct();
        for (FilterVector v : vectors) {
            int bits = v.stored().length * 8;
            int step = Math.max(1, (int) ((long) bits * vectors.size() / EFFORT) | 1);
            for (int bit = 0; bit < bits; bit += bit < 256 ? 1 : step) {
                byte[] data = v.stored().clone();
                data[bit / 8] ^= (byte) (1 << bit % 8);
                attempt(v, data, context(v));
            }
        }
    }

    @Test
    void survivesNoiseAndExtremeBytes() {
        Random random = new Random(17);
        List<FilterVector> vectors = direct();
        for (FilterVector v : vectors) {
            for (int round = 0; round < Math.max(4, EFFORT / 40 / vectors.size()); round++) {
                byte[] data = v.stored().clone();
                for (int i = 0; i < 1 + round % 7 && data.length > 0; i++) {
                    int at = random.nextInt(round % 2 == 0 ? data.length : Math.min(data.length, 40));
                    data[at] = (byte) (i % 3 == 0 ? 0xff : i % 3 == 1 ? 0 : random.nextInt());
                }
                attempt(v, data, context(v));
                random.nextBytes(data);
                attempt(v, data, context(v));
            }
        }
    }

    @Test
    void survivesAnyClientData() {
        List<FilterVector> vectors = direct();
        for (FilterVector v : vectors) {
            int[] values = last(v).clientData();
            for (int i = 0; i < Math.min(values.length, 64); i++) {
                for (int extreme : EXTREMES) {
                    int[] changed = values.clone();
                    changed[i] = extreme;
                    attempt(v, v.stored(), context(v, changed, v.decoded().length));
                }
                attempt(v, v.stored(), context(v, Arrays.copyOf(values, i), v.decoded().length));
            }
        }
    }

    @Test
    void neverGivesMoreThanTheChunkCanTake() {
        for (FilterVector v : direct()) {
            for (int length : new int[] {0, 1, v.decoded().length / 2, v.decoded().length - 1}) {
                attempt(v, v.stored(), context(v, last(v).clientData(), Math.max(0, length)));
            }
        }
    }

    /** The vectors whose stored bytes are this filter's own output. */
    final List<FilterVector> direct() {
        List<FilterVector> direct = vectors().stream()
                .filter(v -> v.mask() == 0 && last(v).id() == filter().id())
                .toList();
        assertFalse(direct.isEmpty());
        return direct;
    }

    static ChunkDecoder decoder(FilterVector v) {
        return new ChunkDecoder(v.filters(), v.elementSize(), v.decoded().length, FilterRegistry.builtIn());
    }

    static FilterDescription last(FilterVector v) {
        return v.filters().get(v.filters().size() - 1);
    }

    static FilterContext context(FilterVector v) {
        return context(v, last(v).clientData(), v.decoded().length);
    }

    private static FilterContext context(FilterVector v, int[] clientData, int length) {
        int maximum = v.filters().size() == 1 ? length : 2 * length + 4096;
        return new FilterContext(clientData, v.elementSize(), length, maximum);
    }

    /** Any result in bounds and any {@link FilterDataException} is right; another exception ends the test. */
    private void attempt(FilterVector v, byte[] data, FilterContext context) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            Span decoded = filter().decode(Span.of(data), context);
            // a filter that only drops or moves bytes gives what it got; the pipeline checks its length
            assertTrue(decoded.length() <= Math.max(data.length, context.maximumLength()), v.name());
        } catch (FilterDataException e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank(), v.name());
        } catch (RuntimeException e) {
            throw new AssertionError(v.name() + ": " + context + " " + data.length + " bytes", e);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        long allowed = ALLOCATION_FLOOR_BYTES + 8L * context.maximumLength() + 4L * data.length;
        assertTrue(allocated <= allowed, () -> v.name() + " allocates " + allocated + " bytes: " + context);
    }

    static byte[] copy(Span span) {
        return Arrays.copyOfRange(span.array(), span.offset(), span.end());
    }
}
