// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

import io.h5coro.cli.terminal.Progress;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What went wrong: one line each on the error stream, and the exit status, which the first error decides. */
public final class Report {
    /** Longest path that is said in full: those that are nested too deeply are long. */
    private static final int LONGEST = 200;

    private final PrintStream err;
    private final boolean debug;
    /** Lines that were printed, so that nothing is said twice. Holds 1,000 at most: behind those, others may repeat. */
    private final Set<String> said = new HashSet<>();
    /** Invariant: the code of the first error; later ones do not change it. */
    private int status = ExitCode.OK;

    public Report(PrintStream err, boolean debug) {
        this.err = err;
        this.debug = debug;
    }

    /** Returns the report of a command line that is not parsed, or not yet. */
    public static Report ofLine(PrintStream err, String... words) {
        return new Report(
                err, Arrays.stream(words).takeWhile(word -> !word.equals("--")).anyMatch("--debug"::equals));
    }

    /** Returns what is shown beside the messages. */
    public Progress progress() {
        return Progress.of(err);
    }

    public int status() {
        return status;
    }

    public void error(int code, String message) {
        if (status == ExitCode.OK) {
            status = code;
        }
        warn(message);
    }

    /** Says something that does not change the status; nothing twice. */
    public void warn(String message) {
        String line = VisibleText.of(OptionNames.inPlaceOfCalls(message));
        if (said.size() < 1000 ? said.add(line) : !said.contains(line)) {
            err.println("h5coro: " + line);
        }
    }

    /** Says that a limit kept the command from going on. */
    public void limit(String path, String what) {
        error(ExitCode.LIMIT, (path.length() > LONGEST ? path.substring(0, LONGEST) + "..." : path) + ": " + what);
    }

    public void error(Throwable problem) {
        error("", problem);
    }

    /** Reports a problem of a type that has no status. */
    public void error(int code, Throwable problem) {
        error(code, String.valueOf(problem.getMessage()));
        trace(problem);
    }

    /** Reports a problem with what was being done in front. */
    public void error(String what, Throwable problem) {
        error(what, problem, "");
    }

    /** Reports a problem with what was being done in front, and what may help behind. */
    public void error(String what, Throwable problem, String hint) {
        if (problem instanceof Sink.Closed closed) {
            throw closed;
        }
        String message = problem.getMessage();
        String text = problem instanceof StackOverflowError
                ? "nested too deeply"
                : problem instanceof OutOfMemoryError
                        ? "not enough memory"
                        : message == null ? problem.getClass().getSimpleName() : message;
        error(ExitCode.of(problem), (what.isEmpty() ? text : what + ": " + text) + hint);
        trace(problem);
    }

    private void trace(Throwable problem) {
        if (debug) {
            StringWriter trace = new StringWriter();
            problem.printStackTrace(new PrintWriter(trace, true));
            line(trace.toString());
        }
    }

    /** Says that the output takes nothing any more, unless its reader is gone, and gives the exit status. */
    public int closed(Sink.Closed problem) {
        if (problem.isPipe()) {
            return ExitCode.CLOSED_PIPE;
        }
        error(ExitCode.OTHER, "unable to write: " + problem.getMessage());
        trace(problem);
        return status;
    }

    /** Says why a command ended, and gives the exit status. */
    public int failed(Throwable problem) {
        if (problem instanceof Sink.Closed closed) {
            return closed(closed);
        }
        error(problem);
        return status;
    }

    /** Prints lines for people as they are, with what acts on a terminal made visible. */
    public void line(String text) {
        err.println(VisibleText.lines(text));
    }
}
