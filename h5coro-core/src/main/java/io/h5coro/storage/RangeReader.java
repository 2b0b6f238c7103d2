// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Random access to the bytes of one immutable object: a file, an object in a store, an array.
 *
 * <p>Many ranges at once are the primitive, so that an implementation can have all of them under way together.
 * Nothing is read before the first call of {@link #read(List)}; size and version are learnt from the first answer,
 * there is no separate request for them.
 *
 * <p>Thread-safe. Every answer comes from one version of the object: an implementation that sees the version change
 * fails with {@link StorageException.Kind#CHANGED} and never mixes two versions.
 */
public interface RangeReader extends AutoCloseable {
    /** Says what is read, for messages: a path or a URI without credentials, query or token. */
    String source();

    /**
     * Reads ranges of the object.
     *
     * <p>A range is cut at the end of the object: its array is shorter than asked only there, and empty when the range
     * starts at the end or behind it. A range of length 0 answers an empty array without a request. The caller owns the
     * arrays. Futures fail with {@link StorageException}. Cancelling a future gives up its request as far as possible.
     * The call itself does not block on the transfer.
     *
     * @param ranges ranges in any order, overlaps allowed
     * @return one future for each range, in the order of {@code ranges}
     */
    List<CompletableFuture<byte[]>> read(List<ByteRange> ranges);

    /** Reads one range; the same promises as {@link #read(List)}. */
    default CompletableFuture<byte[]> read(ByteRange range) {
        return read(List.of(range)).get(0);
    }

    /** The size of the object in bytes; empty until the first answer has told it. */
    OptionalLong size();

    /**
     * What tells one version of the object from another (an ETag, a time and size); empty until known or where there is
     * none.
     */
    Optional<String> version();

    /**
     * Names the object among all others, in the same way in every process: for what is kept of it on disk. Without
     * user, query or token. Empty where there is no such name: nothing is kept then. Known before the first answer.
     */
    default Optional<String> identity() {
        return Optional.empty();
    }

    /**
     * The version, where a later reader can be told to {@linkplain #expect expect} it: one that no other content of the
     * object ever has, and on which a request can depend. Empty until known, and where {@link #version()} is weaker
     * than that (a weak ETag, a time alone).
     */
    default Optional<String> strongVersion() {
        return Optional.empty();
    }

    /**
     * Says before the first read which version of the object the caller knows already. From then on it is the one
     * version of which answers come: when the object has another, reads fail with
     * {@link StorageException.Kind#CHANGED}, the first one too. Size and version are known from now on. Makes no
     * request; whether the object still has that version is told by the first answer.
     *
     * @param strongVersion what {@link #strongVersion()} of an earlier reader told
     * @param sizeBytes what its {@link #size()} told
     * @return false when that is not possible, or when it is already clear that the object has another version; nothing
     *     is expected then
     */
    default boolean expect(String strongVersion, long sizeBytes) {
        return false;
    }

    /** What a request costs here; a constant of the implementation or what it has measured. */
    StorageProfile profile();

    /**
     * Ends requests under way (their futures fail with {@link StorageException.Kind#CLOSED}) and frees what was opened.
     * Idempotent.
     */
    @Override
    void close();
}
