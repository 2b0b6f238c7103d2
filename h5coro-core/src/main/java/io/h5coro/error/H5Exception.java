// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * Whatever keeps this library from giving the exact answer. The message is one line: where (source, object path, hex
 * address), then what was found and what was expected. It never holds a credential.
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

    /** Where it happened. */
    public final Where where() {
        return where;
    }

    /** What happened: the message without the place. */
    public final String problem() {
        return problem;
    }

    /**
     * The same failure, its place completed by an object path.
     *
     * @return this exception when its place already names an object, else a new one of the same type with this one as
     *     its cause
     */
    public final H5Exception in(String objectPath) {
        return where.object() != null ? this : at(where.in(objectPath));
    }

    abstract H5Exception at(Where place);
}
