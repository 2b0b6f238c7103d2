// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import io.h5coro.storage.ByteRange;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Blocks of metadata kept in memory. */
public interface BlockCache {
    /**
     * Reads bytes; blocks until they are there. Absolute positions of the source.
     *
     * @return an array of exactly {@code length} bytes, owned by the caller
     * @throws io.h5coro.error.H5Exception when the source is shorter or cannot be read
     */
    byte[] read(long position, int length);

    /** Asks for bytes in as few requests as useful, without blocking. */
    void prefetch(Collection<ByteRange> ranges, Purpose purpose);

    /** The same for structures that lead on. */
    default void prefetch(Collection<ByteRange> ranges) {
        prefetch(ranges, Purpose.POINTER);
    }

    /**
     * Asks for where values are expected, without blocking, if that may pay.
     *
     * @param isSure whether the file itself says so; otherwise it is only likely, in files that are like others
     */
    default void guess(Collection<ByteRange> ranges, boolean isSure) {}

    /**
     * Bytes that are here already; never causes or awaits a request.
     *
     * @return exactly {@code length} bytes, owned by the caller, or null when not all of them are here
     */
    byte @Nullable [] cached(long position, int length);

    /** Whether bytes are here already. */
    default boolean has(long position, int length) {
        return cached(position, length) != null;
    }

    /**
     * Asks for bytes as {@link #prefetch} does.
     *
     * @return completes once all that were asked for are here; exceptionally when some could not be read
     */
    CompletableFuture<Void> coming(Collection<ByteRange> ranges);

    /** Unit in which bytes are fetched. */
    int blockBytes();

    /**
     * Whether a byte is known from an earlier opening of the file, so that there is nothing to gain by asking early.
     */
    default boolean isStored(long position) {
        return false;
    }
}
