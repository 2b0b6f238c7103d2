// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/** Bytes that no HDF5 file has at that place: a wrong signature, checksum, size or address, or a file cut off. */
public final class MalformedFileException extends H5Exception {
    private static final long serialVersionUID = 1L;

    /** Malformed bytes; {@code problem} says what was found and what was expected. */
    public MalformedFileException(Where where, String problem) {
        this(where, problem, null);
    }

    /** Malformed bytes; {@code problem} says what was found and what was expected, with its cause. */
    public MalformedFileException(Where where, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
    }

    @Override
    MalformedFileException at(Where place) {
        return new MalformedFileException(place, problem(), this);
    }
}
