// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Random access to the bytes of one immutable object: a file, an object in a store, an array. Thread-safe.
 *
 * <p>Many ranges are read in one call, so that an implementation can fetch them concurrently. Nothing is read before
 * the first call of {@link #read(List)}. There is no separate request for size and version: the first response carries
 * them.
 *
 * <p>All bytes come from one version of the object. An implementation that sees the version change fails with
 * {@link StorageException.Kind#CHANGED} and never mixes two versions.
 *
 * <pre>{@code
 * try (RangeReader reader = Storages.open("https://host/x.h5", StorageOptions.none())) {
 *     byte[] first = reader.read(new ByteRange(0, 512)).get();
 * }
 * }</pre>
 */
public interface RangeReader extends AutoCloseable {
    /** Returns the object's name in messages: a path or a URI without credentials, query or token. */
    String source();

    /**
     * Starts to read ranges of the object. Does not block on the transfer.
     *
     * <p>A range is cut at the end of the object: only there is its array shorter than asked for, and it is empty when
     * the range starts at or beyond the end. A range of length 0 gives an empty array without a request. Cancelling a
     * future cancels its request as far as possible.
     *
     * @param ranges ranges in any order; they may overlap
     * @return one future for each range, in the order of {@code ranges}. The arrays belong to the caller. A future
     *     fails with {@link StorageException}
     */
    List<CompletableFuture<byte[]>> read(List<ByteRange> ranges);

    /**
     * Starts to read ranges as {@link #read(List)} does, and says which of them it requests again.
     *
     * <p>The default reads and says nothing. A reader that overrides {@link #read(List)} and forwards to another one
     * need not override this.
     *
     * @param ranges as {@link #read(List)} takes them
     * @param retries is called on any thread before a request that follows a failed one
     */
    default List<CompletableFuture<byte[]>> read(List<ByteRange> ranges, Retries retries) {
        return read(ranges);
    }

    /**
     * Starts to read ranges as {@link #read(List, Retries)} does, into arrays that the caller lends: whoever reads much
     * can use the same arrays again and again.
     *
     * <p>An array that was lent is the reader's until the future of its range has ended. If the future was completed
     * with it by the reader, nobody but the caller touches it from then on. If the future failed, was cancelled, or
     * was completed with another array, the reader may still write to what was lent, at any time: the caller never uses
     * that again, and leaves it to the garbage collector.
     *
     * <p>The default lends nothing: it reads into arrays of the reader's own, which belong to the caller then. A reader
     * that overrides {@link #read(List)} and forwards to another one need not override this.
     *
     * @param ranges as {@link #read(List)} takes them
     * @param lending is asked for arrays, by any thread; a reader may ask for none, or for several for one range
     * @param retries as {@link #read(List, Retries)} takes it
     * @return one future for each range, in the order of {@code ranges}, that fails with {@link StorageException}.
     *     Cancelling it cancels the request as far as possible
     */
    default List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries retries) {
        return read(ranges, retries).stream().map(RangeBytes::following).toList();
    }

    /**
     * Bytes of a range that were read: the first ones of an array, which may be longer.
     *
     * @param array holds them from its start; whose it is says {@link #readInto}
     * @param length how many bytes there are
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over
    record RangeBytes(byte[] array, int length) {
        /** Checks that the array is as long. */
        public RangeBytes {
            Objects.checkFromIndexSize(0, length, array.length);
        }

        /** All bytes of an array. */
        public static RangeBytes of(byte[] bytes) {
            return new RangeBytes(bytes, bytes.length);
        }

        /** Returns the array where it has nothing but the bytes, and else a copy of them. */
        public byte[] exact() {
            return array.length == length ? array : Arrays.copyOf(array, length);
        }

        /** Follows an answer. Whoever completes it otherwise, as by cancelling, cancels the answer. */
        private static CompletableFuture<RangeBytes> following(CompletableFuture<byte[]> answer) {
            CompletableFuture<RangeBytes> follower = new CompletableFuture<>();
            CompletableFuture<byte[]> unused = answer.whenComplete((bytes, failure) -> {
                try {
                    if (failure != null) {
                        follower.completeExceptionally(failure);
                    } else {
                        follower.complete(of(bytes));
                    }
                } catch (Throwable none) {
                    // Also memory that ran out: somebody waits for this.
                    follower.completeExceptionally(none);
                }
            });
            CompletableFuture<RangeBytes> unusedToo = follower.whenComplete((done, failure) -> answer.cancel(true));
            return follower;
        }

        @Override
        public String toString() {
            return length + " bytes";
        }
    }

    /** Lends arrays to be read into. Thread-safe; returns quickly. */
    @FunctionalInterface
    interface Lending {
        /**
         * Lends an array of any content.
         *
         * @param index place of the range in the list that is read
         * @param length bytes that it has at the least
         */
        byte[] lend(int index, int length);
    }

    /** Is told of requests that are sent again. Thread-safe; returns quickly and throws nothing. */
    @FunctionalInterface
    interface Retries {
        /** Nobody is told. */
        Retries UNTOLD = (index, cause) -> {};

        /**
         * Takes note of a range of which all or the rest is requested again.
         *
         * @param index place of the range in the list that is read
         * @param cause why the attempt before failed
         */
        void retried(int index, StorageException cause);
    }

    /** Starts to read one range; see {@link #read(List)}. */
    default CompletableFuture<byte[]> read(ByteRange range) {
        return read(List.of(range)).get(0);
    }

    /** Returns the size of the object in bytes; empty until the first response. */
    OptionalLong size();

    /**
     * Returns what distinguishes this version of the object from others, such as an ETag, or time and size.
     *
     * @return empty until the first response, and when the storage states none
     */
    Optional<String> version();

    /**
     * Returns a name that identifies the object among all others, the same in every process, for what is kept of it on
     * disk. It is known before the first response and holds no user, query or token.
     *
     * @return empty when there is no such name; nothing is kept on disk then
     */
    default Optional<String> identity() {
        return Optional.empty();
    }

    /**
     * Returns a version that a later reader can {@linkplain #expect expect}: no other content of the object ever has
     * it, and a request can depend on it.
     *
     * @return empty until the first response, and when {@link #version()} is weaker than that (a weak ETag, a time
     *     alone)
     */
    default Optional<String> strongVersion() {
        return Optional.empty();
    }

    /**
     * Pins the version of the object, before the first read, to one that the caller already knows. When the object has
     * another version, all reads fail with {@link StorageException.Kind#CHANGED}, the first one too. Size and version
     * are known from now on. Sends no request: the first response shows whether the object still has that version.
     *
     * @param strongVersion {@link #strongVersion()} of an earlier reader
     * @param sizeBytes {@link #size()} of that reader
     * @return false when this is not possible, or when the object is already known to have another version; nothing is
     *     pinned then
     */
    default boolean expect(String strongVersion, long sizeBytes) {
        return false;
    }

    /** Returns what a request costs: a constant of the implementation, or what it has measured. */
    StorageProfile profile();

    /**
     * Returns how many requests it has sent so far because an earlier one for the same bytes had failed or broken off.
     */
    default long retries() {
        return 0;
    }

    /**
     * Ends requests under way, whose futures fail with {@link StorageException.Kind#CLOSED}, and frees all resources.
     * Idempotent.
     */
    @Override
    void close();
}
