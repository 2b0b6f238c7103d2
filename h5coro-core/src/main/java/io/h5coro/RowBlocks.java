// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.grid.RowRanges;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.RowBlock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A dataset, or a slice of it, as a sequence of blocks of rows, read while the caller works on those before: for what
 * is larger than memory. What is held does not grow with the dataset; see {@link BlockOptions#budgetBytes()}.
 *
 * <pre>{@code
 * try (RowBlocks blocks = file.dataset("/gt1l/heights/h_ph").blocks(BlockOptions.defaults())) {
 *     while (blocks.hasNext()) {
 *         RowBlock block = blocks.next();
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>Blocks end where chunks end, so that no chunk is read twice, unless the caller asked for a number of rows or one
 * row of chunks does not fit into the budget. One thread iterates; {@link #close()} may be called by any.
 *
 * <p>Texts and sequences of variable length count with their 16 or so bytes in the dataset only: choose a smaller
 * budget where they are long.
 */
public final class RowBlocks implements Iterator<RowBlock>, AutoCloseable {
    private final Handles file;
    private final DatasetRequest request;
    private final RowRanges ranges;
    private final int readAhead;

    private final Object lock = new Object();

    /**
     * Invariant: what is under way, in the order of rows; at most {@link #readAhead}, or one. Guarded by {@link #lock}.
     */
    private final Deque<Pending> pending = new ArrayDeque<>();

    /** Guarded by {@link #lock}. */
    private boolean closed;

    /** A block that is being read. */
    private record Pending(long firstRow, ReadPromise promise) {}

    RowBlocks(Handles file, DatasetRequest request, RowRanges ranges, BlockOptions options) {
        this.file = file;
        this.request = request;
        this.ranges = ranges;
        this.readAhead = options.readAhead();
    }

    /** Whether there is another block: false at the end, after a failure and after {@link #close()}. Does not block. */
    @Override
    public boolean hasNext() {
        synchronized (lock) {
            return !closed && (!pending.isEmpty() || ranges.hasNext());
        }
    }

    /**
     * The next block; blocks until it is there, and has those behind it read meanwhile.
     *
     * @throws NoSuchElementException when there is none
     * @throws ReadAbortedException when it was closed meanwhile or the thread is interrupted
     * @throws H5Exception when the block cannot be read; the sequence has then ended
     */
    @Override
    public RowBlock next() {
        boolean read = false;
        try {
            Pending first = first();
            RowBlock block = new RowBlock(first.firstRow, first.promise.get(request.name()));
            next(block);
            read = true;
            return block;
        } finally {
            if (!read) {
                close();
            }
        }
    }

    private Pending first() {
        synchronized (lock) {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            fill(Math.max(1, readAhead));
            return pending.getFirst();
        }
    }

    /** Makes room for those behind a block that is there. */
    private void next(RowBlock block) {
        synchronized (lock) {
            if (closed) {
                throw new ReadAbortedException(
                        Where.object(file.source(), request.path()),
                        "was closed while rows from " + block.firstRow() + " were read");
            }
            pending.removeFirst();
            fill(readAhead);
        }
    }

    /** Starts to read until so many blocks are under way; called under the lock. */
    private void fill(int blocks) {
        while (pending.size() < blocks && ranges.hasNext()) {
            long firstRow = ranges.firstRow();
            Hyperslab slice = ranges.next();
            DatasetRequest part =
                    new DatasetRequest(request.name(), request.path(), null, List.of(slice), request.target());
            pending.addLast(new Pending(firstRow, file.read(List.of(part))));
        }
    }

    /** The blocks that are left as a sequential stream, which closes this when it is closed. */
    public Stream<RowBlock> stream() {
        int properties = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, properties), false)
                .onClose(this::close);
    }

    /** Ends the sequence and what is being read for it. Idempotent. */
    @Override
    public void close() {
        List<Pending> left;
        synchronized (lock) {
            closed = true;
            left = List.copyOf(pending);
            pending.clear();
        }
        left.forEach(one -> one.promise.cancel());
    }
}
