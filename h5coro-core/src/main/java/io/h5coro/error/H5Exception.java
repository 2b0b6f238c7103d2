// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * The failure of a read that cannot give the exact values. The subclass says what kind of failure it is.
 *
 * <p>The message is one line: where (source, object path, hex address), then what was found and what was expected. It
 * never holds a credential.
 *
 * <pre>{@code
 * try {
 *     H5Array heights = file.read("/gt1l/heights/h_ph");
 * } catch (NotFoundException e) {
 *     // no such dataset
 * } catch (H5Exception e) {
 *     System.err.println(e.where().object() + ": " + e.problem());
 * }
 * }</pre>
 */
public abstract sealed class H5Exception extends RuntimeException
        permits MalformedFileException,
                UnsupportedFeatureException,
                NotFoundException,
                SelectionException,
                FilterException,
                StorageFailureException,
                ObjectChangedException,
                LimitExceededException,
                ReadAbortedException {
    private static final long serialVersionUID = 1L;

    private final Where where;
    private final String problem;

    H5Exception(Where where, String problem, @Nullable Throwable cause) {
        super(where + ": " + problem, cause);
        this.where = where;
        this.problem = problem;
    }

    /** Returns where the failure happened. */
    public final Where where() {
        return where;
    }

    /** Returns what happened: the message without the place. */
    public final String problem() {
        return problem;
    }

    /**
     * Returns the same failure with an object path as its place.
     *
     * @return this exception when its place already names an object; otherwise a new one of the same type, whose cause
     *     is this one
     */
    public final H5Exception in(String objectPath) {
        return where.object() != null ? this : at(where.in(objectPath));
    }

    abstract H5Exception at(Where place);
}
