// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import io.h5coro.spark.file.Host;
import io.h5coro.spark.file.Lease;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one piece ahead, on a thread that mostly waits: opens the file, starts block after block as far as there is
 * room, evaluates conditions, and hands blocks over in order. Their data may still be under way then.
 */
final class PieceRun implements Runnable {
    /** Blocks whose tested columns are on their way while the conditions on the one before are evaluated. */
    private static final int TESTED_AHEAD = 2;

    private final int index;
    private final Piece piece;
    private final Surroundings reader;
    private final Events events;

    /** Blocks whose conditions are not evaluated. Of the run's thread. */
    private final Deque<Block> tested = new ArrayDeque<>();

    /** Blocks that the reader was told of, and whose reads may be under way. Of the run's thread. */
    private final List<Block> handed = new ArrayList<>();

    PieceRun(int index, Piece piece, Surroundings reader) {
        this.index = index;
        this.piece = piece;
        this.reader = reader;
        this.events = new Events(reader.host().machine());
    }

    /**
     * What a run has of its reader.
     *
     * @param blockBytes decoded bytes of a block, about
     */
    record Surroundings(ReadTask task, Host host, AheadBytes ahead, long blockBytes, TaskCosts costs) {}

    /** What the reader is told, in order. */
    sealed interface Event {}

    /** A block whose conditions are evaluated. The reader gives its room back. */
    record Ready(Block block) implements Event {}

    /** The rest of the piece cannot be read. */
    record Failed(Throwable failure) implements Event {}

    /** The piece has ended; its data are there. */
    record Done() implements Event {}

    Piece piece() {
        return piece;
    }

    Event take() throws InterruptedException {
        return events.take();
    }

    @Override
    public void run() {
        try (Lease lease = reader.host().files(reader.task().terms().opening()).open(piece.file())) {
            reader.costs().begin(lease);
            try {
                readBlocks(new FileView(reader.task(), piece, lease));
            } finally {
                reader.costs().end(lease);
            }
        } catch (Throwable failure) {
            events.add(new Failed(failure));
        }
        events.add(new Done());
    }

    private void readBlocks(FileView view) throws InterruptedException {
        try {
            long start = view.first();
            while (start < view.end()) {
                long end = view.blockEnd(start, reader.blockBytes());
                tested.add(begin(view, start, end));
                start = end;
                if (!view.task().isFiltered() || tested.size() > TESTED_AHEAD) {
                    handOver(tested.remove());
                }
            }
            handOverAll();
        } catch (InterruptedException e) {
            // So that what is under way is not waited for.
            Thread.currentThread().interrupt();
            throw e;
        } finally {
            tested.forEach(this::drop);
            endHanded();
        }
    }

    /** Waits for what was handed over, also before a failure: Spark has these rows. */
    private void endHanded() {
        try {
            handed.forEach(Block::await);
        } finally {
            handed.forEach(Block::cancel);
        }
    }

    private void drop(Block block) {
        block.cancel();
        reader.ahead().giveBack(index, block.bytes());
    }

    /** Starts a block when it has room. Those that the reader gives back to make room are handed over before. */
    private Block begin(FileView view, long start, long end) throws InterruptedException {
        long bytes = Math.multiplyExact(end - start, view.rowBytes());
        if (!reader.ahead().tryTake(index, bytes)) {
            handOverAll();
            reader.ahead().take(index, bytes);
        }
        @Nullable Block block = null;
        try {
            block = Block.start(view, start, end);
            return block;
        } finally {
            if (block == null) {
                reader.ahead().giveBack(index, bytes);
            }
        }
    }

    private void handOverAll() {
        while (!tested.isEmpty()) {
            handOver(tested.remove());
        }
    }

    private void handOver(Block block) {
        boolean isFiltered = false;
        try {
            block.filter();
            isFiltered = true;
        } finally {
            if (!isFiltered) {
                drop(block);
            }
        }
        // A block has its values: those that have ended are held by the reader alone, as long as it needs them.
        handed.removeIf(Block::hasEnded);
        handed.add(block);
        events.add(new Ready(block));
    }

    /** Ends what is left of the reads once nobody takes events any more. */
    void discard() {
        @Nullable Event event = events.poll();
        while (event != null) {
            if (event instanceof Ready ready) {
                ready.block().cancel();
            }
            event = events.poll();
        }
    }
}
