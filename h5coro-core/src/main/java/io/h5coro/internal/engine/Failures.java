// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.storage.ByteRange;
import org.jspecify.annotations.Nullable;

/** Completes failures by the object that was read. Pure. */
final class Failures {
    private Failures() {}

    /** The failure with its object; memory that ran out is an exceeded limit, and a defect stays what it is. */
    static Throwable of(Where where, Throwable failure) {
        if (failure instanceof H5Exception known) {
            @Nullable String object = where.object();
            return object == null ? known : known.in(object);
        }
        if (failure instanceof OutOfMemoryError) {
            return new LimitExceededException(
                    where, "there is not enough memory for the result: read it in slices", failure);
        }
        return failure;
    }

    /** A piece lies behind the end of the file, in whole or in part. */
    static MalformedFileException cutOff(Where where, ByteRange range, long end) {
        return new MalformedFileException(
                new Where(where.source(), where.object(), range.offset()),
                "truncated: bytes " + range + " are wanted, the file ends at " + end);
    }
}
