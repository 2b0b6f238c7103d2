// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/** What went wrong: one line each on the error stream, and the exit status, which the first error decides. */
final class Report {
    private final PrintStream err;
    private final boolean debug;
    private final Set<String> said = new HashSet<>();
    private int status = ExitCode.OK;

    Report(PrintStream err, boolean debug) {
        this.err = err;
        this.debug = debug;
    }

    int status() {
        return status;
    }

    void error(int code, String message) {
        if (status == ExitCode.OK) {
            status = code;
        }
        warn(message);
    }

    /** Says something that does not change the status; nothing twice. */
    void warn(String message) {
        String line = VisibleText.of(message);
        if (said.size() < 1000 ? said.add(line) : !said.contains(line)) {
            err.println("h5coro: " + line);
        }
    }

    void error(Throwable problem) {
        error("", problem);
    }

    /** Reports a problem with what was being done in front. */
    void error(String what, Throwable problem) {
        if (problem instanceof Sink.Closed closed) {
            throw closed;
        }
        String message = problem.getMessage();
        String text = problem instanceof StackOverflowError
                ? "nested too deeply"
                : problem instanceof OutOfMemoryError
                        ? "not enough memory"
                        : message == null ? problem.getClass().getSimpleName() : message;
        error(ExitCode.of(problem), what.isEmpty() ? text : what + ": " + text);
        if (debug) {
            problem.printStackTrace(err);
        }
    }

    void line(String text) {
        err.println(text);
    }
}
