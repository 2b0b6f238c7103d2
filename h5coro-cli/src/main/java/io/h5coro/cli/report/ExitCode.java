// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

import io.h5coro.cli.text.Sink;
import io.h5coro.error.FilterException;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.storage.StorageException;

/** What the command's exit status says. */
public final class ExitCode {
    /** For the help. */
    public static final String RULE =
            "Exit status: 0 all is well, 2 wrong usage (also a slice outside of its dataset), 3 not found, 4 a"
                    + " feature or filter that is not supported, 5 no access or no connection, 6 corrupt or not "
                    + "HDF5, 7 a limit, 1"
                    + " anything else.";

    public static final int OK = 0;
    public static final int OTHER = 1;
    public static final int USAGE = 2;
    public static final int NOT_FOUND = 3;
    public static final int UNSUPPORTED = 4;
    public static final int STORAGE = 5;
    public static final int CORRUPT = 6;
    public static final int LIMIT = 7;
    /** What a shell reports of a process that SIGPIPE ended. */
    public static final int CLOSED_PIPE = 141;

    private ExitCode() {}

    /** Returns the status for a problem: that of the first type in this list that fits. */
    static int of(Throwable problem) {
        if (problem instanceof UsageException || problem instanceof SelectionException) {
            return USAGE;
        }
        if (problem instanceof StorageFailureException failure
                && failure.kind() == StorageException.Kind.INVALID
                && failure.where().object() == null) {
            // What the command line names is no file, or an option of the storage has no such value.
            return USAGE;
        }
        if (problem instanceof NotFoundException) {
            return NOT_FOUND;
        }
        if (problem instanceof StorageException storage) {
            return switch (storage.kind()) {
                case NOT_FOUND -> NOT_FOUND;
                case UNSUPPORTED -> UNSUPPORTED;
                case INVALID -> USAGE;
                default -> STORAGE;
            };
        }
        if (problem instanceof UnsupportedFeatureException) {
            return UNSUPPORTED;
        }
        if (problem instanceof LimitExceededException
                || problem instanceof StackOverflowError
                || problem instanceof OutOfMemoryError) {
            return LIMIT;
        }
        if (problem instanceof StorageFailureException
                || problem instanceof ObjectChangedException
                || problem instanceof ReadAbortedException) {
            return STORAGE;
        }
        if (problem instanceof MalformedFileException || problem instanceof FilterException) {
            return CORRUPT;
        }
        return problem instanceof Sink.Closed ? CLOSED_PIPE : OTHER;
    }
}
