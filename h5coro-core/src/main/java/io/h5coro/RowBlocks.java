// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.grid.RowRanges;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.RowBlock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A dataset, or a slice of it, as a sequence of blocks of rows, for datasets that are larger than memory. The next
 * blocks are read while the caller works on the current one. Memory use does not grow with the dataset; see
 * {@link BlockOptions#budgetBytes()}.
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
 * <p>Blocks end where chunks end, so that no chunk is read twice. There are two exceptions: the caller asked for a
 * number of rows, or one row of chunks exceeds the budget.
 *
 * <p>Texts and sequences of variable length count with the 16 or so bytes that each takes in the dataset. Choose a
 * smaller budget when they are long.
 *
 * <p>One thread iterates; any thread may call {@link #close()}.
 */
public final class RowBlocks implements Iterator<RowBlock>, AutoCloseable {
    private final Where where;
    private final Function<Hyperslab, Reading> reader;
    private final RowRanges ranges;
    private final int readAhead;

    private final Object lock = new Object();

    /**
     * Invariant: what is under way, in the order of rows; at most {@link #readAhead}, or one. Guarded by {@link #lock}.
     */
    private final Deque<Pending> pending = new ArrayDeque<>();

    /** Guarded by {@link #lock}. */
    private boolean closed;

    /** Of the block that the caller has; only the thread that iterates uses it. */
    private Runnable handedOver = () -> {};

    /** A block that is being read. */
    private record Pending(long firstRow, Reading reading) {}

    /** Rows that are being read. */
    interface Reading {
        /** Returns the rows; blocks until they are here. */
        H5Array get();

        /** Ends it. */
        void cancel();

        /** Says that nobody looks at the rows any more. */
        default void release() {}
    }

    /**
     * Nothing read yet.
     *
     * @param where the dataset, for messages
     * @param reader starts to read a slice of it; does not block
     */
    RowBlocks(Where where, Function<Hyperslab, Reading> reader, RowRanges ranges, BlockOptions options) {
        this.where = where;
        this.reader = reader;
        this.ranges = ranges;
        this.readAhead = options.readAhead();
    }

    /**
     * Returns whether there is another block: false at the end, after a failure and after {@link #close()}. Does not
     * block.
     */
    @Override
    public boolean hasNext() {
        synchronized (lock) {
            return !closed && (!pending.isEmpty() || ranges.hasNext());
        }
    }

    /**
     * Returns the next block; blocks until it is available. The blocks after it are read in the meantime. With
     * {@link BlockOptions#withReusedMemory()} the values of the block before are not valid any more.
     *
     * @throws NoSuchElementException when there is no further block
     * @throws ReadAbortedException when the sequence is closed during the call, or the thread is interrupted
     * @throws H5Exception when the block cannot be read; the sequence has then ended
     */
    @Override
    public RowBlock next() {
        boolean read = false;
        handedOver.run();
        handedOver = () -> {};
        try {
            Pending first = first();
            RowBlock block = new RowBlock(first.firstRow, first.reading.get());
            next(block);
            handedOver = first.reading::release;
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

    /** Starts to read further blocks once one is complete. */
    private void next(RowBlock block) {
        synchronized (lock) {
            if (closed) {
                throw new ReadAbortedException(where, "was closed while rows from " + block.firstRow() + " were read");
            }
            pending.removeFirst();
            fill(readAhead);
        }
    }

    /** Starts to read until so many blocks are under way; called under the lock. */
    private void fill(int blocks) {
        while (pending.size() < blocks && ranges.hasNext()) {
            long firstRow = ranges.firstRow();
            pending.addLast(new Pending(firstRow, reader.apply(ranges.next())));
        }
    }

    /** Returns the remaining blocks as a sequential stream. Closing the stream closes this sequence. */
    public Stream<RowBlock> stream() {
        int properties = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, properties), false)
                .onClose(this::close);
    }

    /** Ends the sequence and cancels the blocks that are being read for it. Idempotent. */
    @Override
    public void close() {
        List<Pending> left;
        synchronized (lock) {
            closed = true;
            left = List.copyOf(pending);
            pending.clear();
        }
        left.forEach(one -> one.reading.cancel());
    }
}
