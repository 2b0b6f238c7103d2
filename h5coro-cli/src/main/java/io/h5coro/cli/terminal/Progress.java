// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.terminal;

import io.h5coro.model.ReadStatistics;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says on a terminal how far the work is, from its second second on: bytes of those planned, rate, time left. Where
 * nothing is planned, what was fetched. Thread-safe.
 */
public final class Progress {
    private static final long TICK_MILLIS = 250;
    private static final long FIRST_NANOS = 1_000_000_000;

    private final @Nullable StatusLine line;
    private final int columns;
    private final LongSupplier clock;

    /** Guarded by this. */
    private final List<Supplier<ReadStatistics>> watched = new ArrayList<>();

    /** Guarded by this. */
    private @Nullable Thread ticker;

    /** When the first file was watched. Guarded by this. */
    private long start;

    /** Guarded by this. */
    private Target target = Target.NONE;

    /** Bytes of the target that are done; negative where the statistics say it. Guarded by this. */
    private long done;

    /**
     * What is being done.
     *
     * @param what its name
     * @param bytes that it takes; 0 where that is not known
     * @param start when it began, in nanoseconds
     * @param counted whether {@link #done} is told; decoded bytes of all files count otherwise
     */
    private record Target(String what, long bytes, long start, boolean counted) {
        static final Target NONE = new Target("", 0, 0, true);
    }

    /** A file that is read, until it is closed. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private Progress(@Nullable StatusLine line, int columns, LongSupplier clock) {
        this.line = line;
        this.columns = columns;
        this.clock = clock;
    }

    /** Returns one that shows nothing. */
    public static Progress none() {
        return new Progress(null, 0, () -> 0);
    }

    /** Returns one that is shown on a line of a terminal. */
    public static Progress on(StatusLine line, int columns) {
        return on(line, columns, System::nanoTime);
    }

    static Progress on(StatusLine line, int columns, LongSupplier clock) {
        return new Progress(line, columns, clock);
    }

    /** Returns what messages are shown with; nothing where the stream is no terminal's. */
    public static Progress of(PrintStream err) {
        return err instanceof Messages messages ? messages.progress() : none();
    }

    /** Counts what is read of a file. */
    public synchronized Watch watch(Supplier<ReadStatistics> statistics) {
        if (line == null) {
            return () -> {};
        }
        if (ticker == null) {
            start = clock.getAsLong();
            ticker = new Thread(this::run, "h5coro-progress");
            ticker.setDaemon(true);
            ticker.start();
            // An interrupted command leaves no status behind.
            Runtime.getRuntime().addShutdownHook(new Thread(line::end, "h5coro-status"));
        }
        watched.add(statistics);
        return () -> forget(statistics);
    }

    private synchronized void forget(Supplier<ReadStatistics> statistics) {
        watched.remove(statistics);
        if (watched.isEmpty() && line != null) {
            target = Target.NONE;
            line.hide();
        }
    }

    /** Says what is done next, and how many bytes of values it has, of which {@link #done} is told. */
    public void begin(String what, long bytes) {
        if (line != null) {
            begin(new Target(what, bytes, clock.getAsLong(), true));
        }
    }

    /** The same where nobody tells how much is done. */
    public void beginUncounted(String what, long bytes) {
        if (line != null) {
            begin(new Target(what, bytes, clock.getAsLong(), false));
        }
    }

    private synchronized void begin(Target next) {
        target = next;
        done = 0;
    }

    /** Says that more bytes of values are done. */
    public void done(long bytes) {
        if (line != null) {
            synchronized (this) {
                done += bytes;
            }
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows what is to be shown now. */
    synchronized void tick() {
        long now = clock.getAsLong();
        if (line == null || watched.isEmpty() || now - start < FIRST_NANOS) {
            return;
        }
        long fetched = 0;
        long decoded = 0;
        for (Supplier<ReadStatistics> one : watched) {
            ReadStatistics statistics = one.get();
            fetched += statistics.bytesFetched();
            decoded += statistics.bytesDecoded();
        }
        long ready = target.counted ? done : decoded;
        String text = target.bytes > 0 && ready > 0 && ready <= target.bytes
                ? Meter.of(target.what, ready, target.bytes, now - target.start)
                : Meter.read(fetched, now - start);
        line.show(Meter.cut(text, columns - 1));
    }
}
