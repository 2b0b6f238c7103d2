// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every filter of the reader owes: the bytes that were encoded, and of anything else a result within its bound or
 * a {@link FilterDataException}, in bounded time and memory.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("filters")
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FilterContractTest {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What a decoder may allocate beside a few times its bound: tables, an exception. */
    private static final long ALLOCATION_FLOOR_BYTES = 1 << 20;

    /** The decoder of commons-compress always makes the tables of a block of up to 900 kB. */
    private static final long BZIP2_TABLES_BYTES = 8 << 20;

    private static final int[] EXTREMES = {
        0, 1, 2, 3, 7, 8, 9, 16, 31, 32, 33, 63, 64, 65, 255, 256, 65535, 65536, 0x7fffffff, 0x80000000, -1
    };

    /** Decodings in one test method at the most, spread over the chunks. */
    private static final int EFFORT = 10_000;

    private static final int HEAD_BITS = 320;

    private final ChunkFilter filter;
    private final List<EncodedChunk> chunks;

    FilterContractTest(ChunkFilter filter) {
        this.filter = filter;
        this.chunks = EncodedChunk.of(filter);
    }

    static Stream<Named<ChunkFilter>> filters() {
        return FilterRegistry.ownFilters().stream().map(filter -> Named.of(filter.name(), filter));
    }

    @Test
    void decodesWhatTheEncoderWrote() throws FilterDataException {
        assertTrue(
                chunks.size() >= 3,
                "only " + chunks.size() + " chunks of " + filter.name() + " in fixtures or in a file of vectors");
        for (EncodedChunk chunk : chunks) {
            Span decoded = filter.decode(Span.of(chunk.encoded()), chunk.context());
            assertTrue(
                    chunk.right().test(decoded), () -> chunk + " decodes to other bytes, length " + decoded.length());
        }
    }

    @Test
    void decodesWhatLibhdf5ReadsOfPipelines() throws ChunkDecodeException {
        for (FilterVector v : FilterVector.of(filter.name())) {
            ChunkDecoder decoder =
                    new ChunkDecoder(v.filters(), v.elementSize(), v.decoded().length, FilterRegistry.builtIn());
            assertArrayEquals(v.decoded(), EncodedChunk.bytes(decoder.decode(Span.of(v.stored()), v.mask())), v.name());
        }
    }

    /** Buffers have other chunks' bytes, and are longer than these. */
    @Test
    void decodesTheSameIntoBuffersThatWereUsed() throws FilterDataException {
        if (!(filter instanceof StagedFilter staged)) {
            return;
        }
        for (EncodedChunk chunk : chunks) {
            StageBuffers buffers = new StageBuffers();
            List<byte[]> dirty = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                dirty.add(buffers.take(2 * (chunk.length() + chunk.spare()) + 1000 + i));
                Arrays.fill(dirty.get(i), (byte) 0xa5);
            }
            dirty.forEach(buffers::giveBack);
            byte[] right = EncodedChunk.bytes(filter.decode(Span.of(chunk.encoded()), chunk.context()));
            Span decoded = staged.decode(Span.of(chunk.encoded()), chunk.context(), buffers);
            assertArrayEquals(right, EncodedChunk.bytes(decoded), chunk.name());
            assertTrue(
                    decoded.array() == chunk.encoded() || dirty.contains(decoded.array()),
                    () -> chunk + " is not decoded into a buffer");
            buffers.giveBack(decoded.array());
            assertTrue(
                    buffers.idleBytes()
                            >= dirty.stream().mapToLong(b -> b.length).sum(),
                    chunk + " lost a buffer");
        }
    }

    @Test
    void looksOnlyAtItsSpanAndChangesNothing() throws FilterDataException {
        for (EncodedChunk chunk : chunks) {
            byte[] framed = new byte[chunk.encoded().length + 32];
            new Random(5).nextBytes(framed);
            System.arraycopy(chunk.encoded(), 0, framed, 13, chunk.encoded().length);
            byte[] before = framed.clone();
            Span decoded = filter.decode(new Span(framed, 13, chunk.encoded().length), chunk.context());
            assertTrue(chunk.right().test(decoded), () -> chunk + " decodes to other bytes inside an array");
            Span plain = filter.decode(Span.of(chunk.encoded()), chunk.context());
            assertArrayEquals(EncodedChunk.bytes(plain), EncodedChunk.bytes(decoded), chunk.name());
            assertArrayEquals(before, framed, () -> chunk + " changed its input");
        }
    }

    @Test
    void decodesTheSameWhereMoreWouldFit() throws FilterDataException {
        for (EncodedChunk chunk : chunks) {
            FilterContext roomy = new FilterContext(
                    chunk.clientData(),
                    chunk.elementSize(),
                    chunk.length(),
                    2 * (chunk.length() + chunk.spare()) + 100);
            assertTrue(chunk.right().test(filter.decode(Span.of(chunk.encoded()), roomy)), chunk.name());
        }
    }

    @Test
    void refusesMoreThanTheMaximum() throws FilterDataException {
        for (EncodedChunk chunk : chunks) {
            Span encoded = Span.of(chunk.encoded());
            Span decoded = filter.decode(encoded, chunk.context());
            boolean onlyMoves = decoded.array() == encoded.array() || decoded.length() == encoded.length();
            if (onlyMoves || decoded.length() == 0) {
                continue; // it gives what it got at the most; the pipeline checks its length
            }
            FilterContext context =
                    new FilterContext(chunk.clientData(), chunk.elementSize(), decoded.length(), decoded.length() - 1);
            assertThrows(
                    FilterDataException.class,
                    () -> filter.decode(encoded, context),
                    () -> chunk + " exceeds its maximum");
        }
    }

    @Test
    void neverGivesMoreThanTheChunkCanTake() {
        for (EncodedChunk chunk : chunks) {
            for (int length : new int[] {0, 1, chunk.length() / 2, chunk.length() - 1, chunk.length() + 1000}) {
                attempt(chunk, chunk.encoded(), chunk.context(chunk.clientData(), Math.max(0, length)));
            }
        }
    }

    @Test
    void survivesTruncationAtEveryLength() {
        for (EncodedChunk chunk : chunks) {
            int most = chunk.encoded().length;
            int step = Math.max(1, (int) ((long) most * chunks.size() / EFFORT));
            for (int length = 0; length < most; length += length < 64 ? 1 : step) {
                attempt(chunk, Arrays.copyOf(chunk.encoded(), length), chunk.context());
            }
        }
    }

    /** Headers matter most: of few chunks each bit of the head is flipped, of many some bits of each. */
    @Test
    void survivesFlippedBits() {
        int headStep = 1 + chunks.size() / 40;
        for (int i = 0; i < chunks.size(); i++) {
            EncodedChunk chunk = chunks.get(i);
            int bits = chunk.encoded().length * 8;
            int step = Math.max(headStep, (int) ((long) bits * chunks.size() / EFFORT) | 1);
            for (int bit = i % headStep; bit < bits; bit += bit < HEAD_BITS ? headStep : step) {
                byte[] data = chunk.encoded().clone();
                data[bit / 8] ^= (byte) (1 << bit % 8);
                attempt(chunk, data, chunk.context());
            }
        }
    }

    @Test
    void survivesNoiseAndExtremeBytes() {
        Random random = new Random(17);
        for (EncodedChunk chunk : chunks) {
            for (int round = 0; round < Math.max(30, EFFORT / 40 / chunks.size()); round++) {
                byte[] data = chunk.encoded().clone();
                for (int i = 0; i < 1 + round % 7 && data.length > 0; i++) {
                    int at = random.nextInt(round % 2 == 0 ? data.length : Math.min(data.length, 40));
                    int end = Math.min(data.length, at + 1 + random.nextInt(9));
                    Arrays.fill(data, at, end, (byte) (i % 3 == 0 ? 0xff : i % 3 == 1 ? 0 : random.nextInt()));
                }
                attempt(chunk, data, chunk.context());
                random.nextBytes(data);
                attempt(chunk, data, chunk.context());
            }
        }
    }

    @Test
    void survivesAnyClientData() {
        for (EncodedChunk chunk : chunks) {
            int[] values = chunk.clientData();
            for (int i = 0; i < Math.min(values.length, 64); i++) {
                for (int extreme : EXTREMES) {
                    int[] changed = values.clone();
                    changed[i] = extreme;
                    attempt(chunk, chunk.encoded(), chunk.context(changed, chunk.length()));
                    assertNotNull(filter.parameters(changed));
                }
                attempt(chunk, chunk.encoded(), chunk.context(Arrays.copyOf(values, i), chunk.length()));
                assertNotNull(filter.parameters(Arrays.copyOf(values, i)));
            }
        }
    }

    /** Any result in bounds and any {@link FilterDataException} is right; another exception ends the test. */
    private void attempt(EncodedChunk chunk, byte[] data, FilterContext context) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            Span decoded = filter.decode(Span.of(data), context);
            // a filter that only drops or moves bytes gives what it got; the pipeline checks its length
            assertTrue(decoded.length() <= Math.max(data.length, context.maximumLength()), chunk.name());
        } catch (FilterDataException e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank(), chunk.name());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new AssertionError(chunk + ": " + context + " " + data.length + " bytes", e);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        long floor = filter.name().equals("bzip2") ? BZIP2_TABLES_BYTES : ALLOCATION_FLOOR_BYTES;
        long allowed = floor + 8L * context.maximumLength() + 4L * data.length;
        assertTrue(allocated <= allowed, () -> chunk + " allocates " + allocated + " bytes: " + context);
    }
}
