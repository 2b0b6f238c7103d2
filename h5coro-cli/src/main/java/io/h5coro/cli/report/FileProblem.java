// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be written. */
public final class FileProblem {
    private FileProblem() {}

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
