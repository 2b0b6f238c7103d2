// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chunk allocates its values and little else once a filter has decoded one before. */
final class ChunkAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int LARGE = 20_000;
    private static final int SMALL_OBJECTS = 8192;

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "lz4", "blosc", "blosc2", "bitshuffle"})
    void allocatesLittleIntoBuffersOfAnEarlierChunk(String name) throws FilterDataException {
        StagedFilter filter = (StagedFilter) filter(name);
        int chunks = 0;
        for (CodecVector vector : CodecVector.of(name)) {
            int length = vector.decodedLength();
            if (length < LARGE) {
                continue;
            }
            StageBuffers buffers = new StageBuffers();
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                Span decoded = filter.decode(Span.of(vector.encoded()), vector.context(length), buffers);
                least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
                buffers.giveBack(decoded.array());
            }
            long allocated = least;
            assertTrue(allocated <= length / 2 + SMALL_OBJECTS, () -> vector + " allocates " + allocated);
            chunks++;
        }
        assertTrue(chunks > 0, name + " has no large chunk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "lz4", "blosc"})
    void allocatesAtMostOneAndAHalfTimesItsValues(String name) throws FilterDataException {
        ChunkFilter filter = filter(name);
        int chunks = 0;
        for (CodecVector vector : CodecVector.of(name)) {
            int length = vector.decodedLength();
            if (length < LARGE) {
                continue;
            }
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                filter.decode(Span.of(vector.encoded()), vector.context(length));
                least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            long allocated = least;
            assertTrue(allocated >= length, () -> vector + " allocates only " + allocated);
            assertTrue(allocated <= length * 3L / 2 + SMALL_OBJECTS, () -> vector + " allocates " + allocated);
            chunks++;
        }
        assertTrue(chunks > 0, name + " has no large chunk");
    }

    private static ChunkFilter filter(String name) {
        return FilterRegistry.ownFilters().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
