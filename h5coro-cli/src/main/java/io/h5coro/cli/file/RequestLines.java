// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.cli.report.Report;
import io.h5coro.event.ReadEvent;
import io.h5coro.event.ReadListener;
import java.util.Locale;

/** Says on the error stream what files are asked for: a line for each plan and each request. Thread-safe. */
public final class RequestLines implements ReadListener {
    private final Report report;
    private final long startNanos = System.nanoTime();

    /** Counts time from now on. */
    public RequestLines(Report report) {
        this.report = report;
    }

    @Override
    public void on(ReadEvent event) {
        if (event instanceof ReadEvent.Planned plan) {
            line(
                    plan,
                    String.format(
                            Locale.ROOT,
                            "%d pieces of data in %d requests of %d bytes",
                            plan.pieces(),
                            plan.requests(),
                            plan.bytes()));
        } else if (event instanceof ReadEvent.Retried again) {
            line(
                    again,
                    range(again.offset(), again.length()) + " attempt " + again.attempt() + ", since "
                            + again.cause().getMessage());
        } else if (event instanceof ReadEvent.Hedged again) {
            line(
                    again,
                    range(again.offset(), again.length()) + " asked for a second time after " + millis(again.nanos()));
        } else if (event instanceof ReadEvent.Answered answer) {
            line(answer, answered(answer));
        } else if (event instanceof ReadEvent.Failed failed) {
            line(
                    failed,
                    range(failed.offset(), failed.length()) + " wave " + failed.wave() + ", failed after "
                            + millis(failed.nanos()) + ": " + said(failed.cause()));
        }
    }

    private static String answered(ReadEvent.Answered answer) {
        return range(answer.offset(), answer.length()) + " wave " + answer.wave() + ", " + answer.bytes() + " bytes in "
                + millis(answer.nanos()) + (answer.attempts() > 1 ? ", " + answer.attempts() + " attempts" : "")
                + (answer.hedged() ? ", hedged" : "");
    }

    /** Half-open, as everywhere. */
    private static String range(long offset, long length) {
        return "[" + offset + ", " + (offset + length) + ")";
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    private static String said(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private void line(ReadEvent event, String text) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        report.line(String.format(Locale.ROOT, "%8.3f s  %s  %s", seconds, event.file(), text));
    }
}
