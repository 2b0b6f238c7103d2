// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Why a file cannot be written. */
public final class FileProblem {
    private FileProblem() {}

    /**
     * Returns what to throw where a file was not written: wrong usage where its name leads to no file that may be
     * written, another problem where the file takes no more.
     *
     * @param file null for the standard output
     */
    public static RuntimeException unwritten(@Nullable Object file, Exception problem) {
        String message =
                "unable to write to " + (file == null ? "standard output" : "'" + file + "'") + ": " + reason(problem);
        return problem instanceof IOException e && !(problem instanceof FileSystemException)
                ? new UncheckedIOException(message, e)
                : new UsageException(message);
    }

    /** Says it in words: the JDK's message about a path may be the path alone. */
    public static String reason(Exception problem) {
        if (problem instanceof NoSuchFileException) {
            return "no such folder";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "it is there already, and not empty";
        }
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        return problem instanceof FileSystemException e && e.getReason() != null
                ? e.getReason()
                : String.valueOf(problem.getMessage());
    }
}
