// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.h5coro.error.LimitExceededException;
import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory that runs out anywhere is a typed failure of the dataset at hand; the others and the next call go on. */
@Timeout(60)
final class MemoryRunsOutTest {
    private static final IntegerType BYTE = IntegerType.of(1, Order.LITTLE_ENDIAN, true);
    private static final FilterDescription GREEDY = new FilterDescription(1000, "greedy", false, new int[0]);

    private static final ReadOptions OPTIONS =
            ReadOptions.builder().decodeThreads(1).build();

    /** A filter for which memory runs out. */
    private static final class Greedy implements ChunkFilter {
        @Override
        public int id() {
            return 1000;
        }

        @Override
        public String name() {
            return "greedy";
        }

        @Override
        public Span decode(Span input, FilterContext context) {
            throw new OutOfMemoryError("test");
        }
    }

    private static MemoryFile file() {
        MemoryFile file = new MemoryFile().filters(FilterRegistry.with(List.of(new Greedy())));
        file.contiguous("/plain", BYTE, Shape.of(3), file.append(new byte[] {1, 2, 3}));
        file.chunked("/greedy", BYTE, Shape.of(4), new long[] {2}, GREEDY);
        file.chunk("/greedy", new byte[] {1, 2}, 0, 0).chunk("/greedy", new byte[] {3, 4}, 0, 1);
        return file;
    }

    private static void assertOnlyTheGreedyOneFails(MemoryFile.Open open) throws Exception {
        for (int i = 0; i < 3; i++) {
            Call call = open.start(List.of(DatasetRequest.of("/greedy"), DatasetRequest.of("/plain")));
            io.h5coro.model.H5Array plain =
                    java.util.Objects.requireNonNull(call.future("/plain")).get();
            assertArrayEquals(new byte[] {1, 2, 3}, ((io.h5coro.model.ByteArray) plain).values());
            call.awaitOutcomes(2, Long.MAX_VALUE);
            Throwable failure = call.outcome(0).failure() != null
                    ? call.outcome(0).failure()
                    : call.outcome(1).failure();
            assertInstanceOf(LimitExceededException.class, failure);
        }
    }

    @Test
    void inAFilter() throws Exception {
        try (MemoryFile.Open open = file().open(OPTIONS)) {
            assertOnlyTheGreedyOneFails(open);
        }
    }

    /** Fails requests for the bytes of one address. */
    private static final class Failing extends ForwardingRangeReader {
        private final long address;

        Failing(RangeReader delegate, long address) {
            super(delegate);
            this.address = address;
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            return ranges.stream()
                    .map(range -> range.offset() <= address && address < range.end()
                            ? CompletableFuture.<byte[]>failedFuture(new OutOfMemoryError("test"))
                            : delegate().read(List.of(range)).get(0))
                    .toList();
        }
    }

    @Test
    void inTheStorage() throws Exception {
        MemoryFile file = new MemoryFile();
        file.contiguous("/plain", BYTE, Shape.of(3), file.append(new byte[] {1, 2, 3}));
        file.append(new byte[100_000]);
        long address = file.append(new byte[] {7});
        file.contiguous("/greedy", BYTE, Shape.of(1), address);
        ReadOptions apart = ReadOptions.builder().gapBytes(0).build();
        try (MemoryFile.Open open = file.open(apart, reader -> new Failing(reader, address))) {
            assertOnlyTheGreedyOneFails(open);
        }
    }
}
