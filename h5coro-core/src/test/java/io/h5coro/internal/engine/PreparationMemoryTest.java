// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.AllocatedBytes;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.file.ResolvedRequest;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.internal.prepare.DatasetPreparation;
import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.internal.prepare.Piece;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is allocated from a request to its result, on one thread, without what fetches. */
final class PreparationMemoryTest {
    private static final IntegerType INT = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
    private static final FilterDescription FLETCHER = new FilterDescription(3, "fletcher32", false, new int[0]);

    /** What was allocated, and in how many pieces. */
    private static final class Cost {
        private long bytes;
        private int pieces;
        private Throwable failure = new AssertionError("not run");
    }

    private static Cost cost(MemoryFile file, DatasetRequest request) throws Exception {
        Cost cost = new Cost();
        Thread thread = new Thread(new ThreadGroup("prepare"), () -> {
            try (MemoryFile.Open open = file.open(ReadOptions.defaults())) {
                long unused = allocated(open, request, cost); // loads classes
                cost.bytes = allocated(open, request, cost);
                cost.failure = null;
            } catch (Throwable e) {
                cost.failure = e;
            }
        });
        thread.start();
        thread.join();
        if (cost.failure != null) {
            throw new AssertionError(cost.failure);
        }
        return cost;
    }

    private static long allocated(MemoryFile.Open open, DatasetRequest request, Cost cost) throws Exception {
        DatasetDescriptor dataset =
                ((ResolvedRequest.Dataset) open.file().requests().resolve(request)).descriptor();
        AllocatedBytes preparing = new AllocatedBytes();
        DatasetPreparation preparation = new DatasetPreparation(open.file(), new PlannedSources());
        DatasetRead read = preparation.dataset(preparation.frame(request, dataset, dataset.type()), dataset);
        read.allocate();
        long bytes = preparing.count();
        List<Span> stored = new ArrayList<>();
        for (Piece piece : read.pieces()) {
            stored.add(Span.of(open.file().reader().read(piece.range()).get()));
        }
        AllocatedBytes putting = new AllocatedBytes();
        for (int i = 0; i < stored.size(); i++) {
            Piece piece = read.pieces().get(i);
            piece.put(piece.decode(stored.get(i), new StageBuffers()), read.buffer());
        }
        cost.pieces = stored.size();
        return bytes + putting.count();
    }

    /** Chunks of one row of two elements each, half a result row: copies of chunks are not runs of the result. */
    private static MemoryFile grid(int rows, FilterDescription... filters) {
        MemoryFile file = new MemoryFile();
        file.chunked("/x", INT, Shape.of(rows, 4), new long[] {1, 2}, filters);
        // Chunks with a checksum take 4 bytes more, which of zeros is 0.
        boolean packed = List.of(filters).contains(MemoryFile.DEFLATE);
        byte[] chunk = packed ? MemoryFile.deflated(new byte[8]) : new byte[filters.length == 0 ? 8 : 12];
        int size = chunk.length;
        ByteBuffer chunks = ByteBuffer.allocate(2 * rows * size);
        for (int i = 0; i < 2 * rows; i++) {
            chunks.put(chunk);
        }
        long start = file.append(chunks.array());
        for (int i = 0; i < 2 * rows; i++) {
            file.record("/x", new ChunkRecord(new long[] {i / 2, i % 2}, start + (long) size * i, size, 0));
        }
        return file;
    }

    @Test
    void aSmallChunkOfManyTakesFewBytes() throws Exception {
        int rows = 50_000;
        for (FilterDescription[] filters : new FilterDescription[][] {{}, {FLETCHER}, {MemoryFile.DEFLATE}}) {
            Cost cost = cost(grid(rows, filters), DatasetRequest.of("/x"));
            // Of the result there are 8. The ceilings leave room for what is there until the code is compiled; a chunk
            // of its own took a kilobyte.
            long each = cost.bytes / (2 * rows);
            long most = filters.length == 0 ? 350 : 500;
            assertTrue(each >= 8 && each <= most, each + " bytes a chunk, " + filters.length + " filters");
            assertTrue(cost.pieces >= 2 && cost.pieces <= 20, cost.pieces + " pieces");
        }
    }

    @Test
    void aFieldTakesTheMemoryOfItsOwnValues() throws Exception {
        int rows = 100_000;
        CompoundType type = new CompoundType(
                40, List.of(new CompoundType.Member("a", 0, INT), new CompoundType.Member("b", 36, INT)));
        MemoryFile file = new MemoryFile();
        file.contiguous("/x", type, Shape.of(rows), file.append(new byte[40 * rows]));
        Cost cost = cost(file, DatasetRequest.of("/x").ofField("b"));
        assertTrue(cost.bytes >= 4 * rows && cost.bytes <= 6 * rows, cost.bytes + " bytes");
        assertEquals(4, cost.pieces);
    }
}
