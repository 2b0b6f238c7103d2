// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.cli.report.UsageException;
import io.h5coro.model.DatasetRequest;

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
