// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.cli.report.Suggestion;
import io.h5coro.cli.report.UsageException;
import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import java.util.Collection;

/** A dataset with slices, as all commands take it. */
public final class RequestText {
    public static final String FORM =
            "A dataset, or slices of it: /a/b[0:100], /a/b[5,:,-10:], /a/b[...,::2], or rows by their indices: "
                    + "/a/b[[7,1,3]]. A step follows a second colon, negative numbers count from the end, an index "
                    + "alone is [i:i+1]. Brackets of a name are \\[ and \\].";

    private RequestText() {}

    /**
     * Reads it.
     *
     * @throws UsageException when it is not of this form; the message gives the column
     */
    public static DatasetRequest parse(String text) {
        try {
            return DatasetRequest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns the place that a command line names, of a command whose option -d names datasets in its stead.
     *
     * @param named values of that option
     * @throws UsageException when both name something: the place would not be looked at
     */
    public static Location place(Location typed, Collection<String> named) {
        if (!named.isEmpty() && !typed.path().equals("/")) {
            throw new UsageException(
                    "datasets are named with -d, or by a path: '" + typed.path() + "' is named beside -d");
        }
        return typed;
    }

    /**
     * Returns "; did you mean …?" for a path that was not found, or where it is a dataset with slices what takes these;
     * else nothing. Reads the groups on the way.
     *
     * @param taken whether the command takes slices, with -d
     */
    public static String suggestion(H5Coro file, String path, boolean taken) {
        try {
            DatasetRequest request = DatasetRequest.parse(path);
            boolean cut = !request.slices().isEmpty() || request.selection() != null;
            if (cut && file.object(EscapedPath.in(file, request.path())) instanceof Dataset) {
                return taken ? "; slices are named with -d '" + path + "'" : "; did you mean " + request.path() + "?";
            }
        } catch (IllegalArgumentException | H5Exception e) {
            // Nothing but a path.
        }
        return Suggestion.ofPath(file, path);
    }

    /**
     * Reads it for a command that takes slices only.
     *
     * @param only what the command takes, for the message
     * @throws UsageException when it is not of this form, or has a list of indices
     */
    public static DatasetRequest slices(String text, String only) {
        DatasetRequest request = parse(text);
        if (request.selection() != null) {
            throw new UsageException("'" + text + "' has a list of indices, and " + only);
        }
        return request;
    }
}
