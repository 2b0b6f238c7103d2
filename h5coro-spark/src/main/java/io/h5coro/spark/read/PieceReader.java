// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import io.h5coro.spark.file.Costs;
import io.h5coro.spark.file.ExecutorShare;
import io.h5coro.spark.file.Host;
import io.h5coro.spark.metric.ReadMetrics;
import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pieces of a task in order, the next ones ahead. One thread uses it, but for {@link #close()} and
 * {@link #currentMetricsValues()}.
 */
public final class PieceReader implements PartitionReader<ColumnarBatch> {
    /** Files that are opened and read side by side: so many round trips are waited for at once. */
    private static final int PIECES_AHEAD = 16;

    /** Blocks into which what is read ahead is cut. */
    private static final int BLOCKS = 4;

    private final ReadTask task;
    private final List<Piece> pieces;
    private final TaskCosts costs = new TaskCosts();
    private final AheadBytes ahead;
    private final PieceRun.Surroundings surroundings;
    private final ExecutorService threads;

    /** Those that were started, by their index; guarded by itself. */
    private final List<PieceRun> runs = new ArrayList<>();

    private int index;
    private int left;
    private boolean skipsRest;
    private @Nullable Block current;
    private @Nullable ColumnarBatch batch;

    /** Starts to read. */
    public PieceReader(ReadTask task, List<Piece> pieces) {
        this(task, pieces, ExecutorShare.aheadBytes());
    }

    PieceReader(ReadTask task, List<Piece> pieces, long aheadBytes) {
        this(task, pieces, aheadBytes, Host.ofThisProcess());
    }

    /** Starts to read on a host, so many bytes ahead. */
    public PieceReader(ReadTask task, List<Piece> pieces, long aheadBytes, Host host) {
        this.task = task;
        this.pieces = pieces;
        this.left = task.limit();
        this.ahead = new AheadBytes(aheadBytes, host.machine());
        this.surroundings = new PieceRun.Surroundings(task, host, ahead, aheadBytes / BLOCKS, costs);
        this.threads =
                host.machine().threads("h5coro-piece", Math.max(1, Math.min(window(), pieces.size())), Machine.IDLE);
        startAhead();
    }

    /** A limit may be reached in the first file. */
    private int window() {
        return task.limit() == ReadTask.NO_LIMIT ? PIECES_AHEAD : 1;
    }

    private void startAhead() {
        synchronized (runs) {
            while (!threads.isShutdown() && runs.size() < Math.min(pieces.size(), index + window())) {
                PieceRun run = new PieceRun(runs.size(), pieces.get(runs.size()), surroundings);
                runs.add(run);
                threads.execute(run);
            }
        }
    }

    private PieceRun run() {
        synchronized (runs) {
            return runs.get(index);
        }
    }

    @Override
    public boolean next() throws IOException {
        giveBack();
        while (left > 0 && index < pieces.size()) {
            PieceRun.Event event = take(run());
            if (event instanceof PieceRun.Ready ready) {
                current = ready.block();
                if (!skipsRest && hasRows(ready.block())) {
                    return true;
                }
                giveBack();
            } else if (event instanceof PieceRun.Failed failed) {
                skip(failed.failure());
            } else {
                index++;
                skipsRest = false;
                ahead.advance(index);
                startAhead();
            }
        }
        return false;
    }

    private static PieceRun.Event take(PieceRun run) throws IOException {
        try {
            return run.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the task was ended").initCause(e);
        }
    }

    private boolean hasRows(Block block) throws IOException {
        if (block.rows() == 0) {
            return false;
        }
        try {
            ColumnarBatch rows = block.batch(left);
            batch = rows;
            left -= task.limit() == ReadTask.NO_LIMIT ? 0 : rows.numRows();
            return true;
        } catch (RuntimeException e) {
            skip(e);
            return false;
        }
    }

    /** Leaves the rest of the piece out, or ends the task. */
    private void skip(Throwable failure) throws IOException {
        if (skipsRest) {
            return;
        }
        Piece piece = run().piece();
        if (!task.terms().skip() || !FileView.isOfFile(failure)) {
            throw thrown(failure);
        }
        costs.skip(piece);
        skipsRest = true;
    }

    /** Throws a failure as it is, or answers one that may be thrown. */
    static IOException thrown(Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return new IOException(failure);
    }

    private void giveBack() {
        batch = null;
        if (current != null) {
            ahead.giveBack(index, current.bytes());
            current = null;
        }
    }

    @Override
    public ColumnarBatch get() {
        if (batch == null) {
            throw new IllegalStateException("next() has given no rows");
        }
        return batch;
    }

    /** Returns what the files have cost so far. */
    Costs costs() {
        return costs.sum();
    }

    @Override
    public CustomTaskMetric[] currentMetricsValues() {
        return ReadMetrics.values(costs.sum(), costs.skippedFiles());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        synchronized (runs) {
            runs.forEach(PieceRun::discard);
        }
    }
}
