// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * The file has bytes that HDF5 does not allow at that place: a wrong signature, checksum, size or address, or an early
 * end.
 *
 * <pre>{@code
 * try (H5Coro upload = H5Coro.open(MemoryRangeReader.of("upload", new byte[100]), ReadOptions.defaults())) {
 *     System.out.println(upload.info());
 * } catch (MalformedFileException e) {
 *     System.out.println(e.where().source() + " is not HDF5");
 * }
 * }</pre>
 */
public final class MalformedFileException extends H5Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the failure.
     *
     * @param problem what was found and what was expected
     */
    public MalformedFileException(Where where, String problem) {
        this(where, problem, null);
    }

    /**
     * Makes the failure with its cause.
     *
     * @param problem what was found and what was expected
     */
    public MalformedFileException(Where where, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
    }

    @Override
    MalformedFileException at(Where place) {
        return new MalformedFileException(place, problem(), this);
    }
}
