// SPDX-License-Identifier: Apache-2.0
package io.h5coro.event;

import org.jspecify.annotations.Nullable;

/**
 * One step of a read. Immutable.
 *
 * <p>Each {@link Requested} is followed by exactly one {@link Answered} or {@link Failed} with the same {@code file}
 * and {@code request}. Between them may be {@link Retried} and {@link Hedged}. Where the storage has given a request up
 * and the reader asks once more, that is another request.
 *
 * <p>Names of files, and messages of failures, hold no user, password, query or token. Offsets and lengths are bytes;
 * ranges begin at {@code offset} and may be longer than what the file has there. Times are nanoseconds.
 *
 * <pre>{@code
 * ReadListener slow = event -> {
 *     if (event instanceof ReadEvent.Answered answer && answer.nanos() > 500_000_000) {
 *         System.out.println(answer.file() + " @ " + answer.offset() + ": " + answer.nanos() / 1_000_000 + " ms");
 *     }
 * };
 * H5Coro file = H5Coro.open("s3://bucket/granule.h5", ReadOptions.builder().listener(slow).build());
 * }</pre>
 */
public sealed interface ReadEvent {
    /** Returns what messages call the file: its path or its address without secrets. */
    String file();

    /**
     * The data of a read were planned. Short data that come in one block with others have no plan.
     *
     * @param file see {@link ReadEvent#file}
     * @param pieces chunks, and runs of values
     * @param requests how many requests that takes
     * @param bytes length of these
     */
    record Planned(String file, int pieces, int requests, long bytes) implements ReadEvent {}

    /**
     * A range is handed to the storage, for metadata or data. What is found in a cache is not requested.
     *
     * @param file see {@link ReadEvent#file}
     * @param request number of the request, from 1 on, among those of one open file and the files that it names
     * @param offset start of the range
     * @param length length of the range
     * @param wave one more than the largest wave of the requests that had been answered by then: requests of one wave
     *     did not wait for each other
     */
    record Requested(String file, long request, long offset, long length, long wave) implements ReadEvent {}

    /**
     * The storage requests a range, or what is missing of it, again.
     *
     * @param file see {@link ReadEvent#file}
     * @param request see {@link Requested}
     * @param offset start of the range
     * @param length length of the range
     * @param attempt 2 for the first time
     * @param cause why the attempt before failed
     */
    record Retried(String file, long request, long offset, long length, int attempt, Throwable cause)
            implements ReadEvent {}

    /**
     * A late range is requested a second time; the first answer counts.
     *
     * @param file see {@link ReadEvent#file}
     * @param request see {@link Requested}
     * @param offset start of the range
     * @param length length of the range
     * @param nanos time since the first request
     */
    record Hedged(String file, long request, long offset, long length, long nanos) implements ReadEvent {}

    /**
     * The bytes of a range are here.
     *
     * @param file see {@link ReadEvent#file}
     * @param request see {@link Requested}
     * @param offset start of the range
     * @param length length of the range
     * @param wave see {@link Requested}
     * @param bytes bytes that came; fewer than the length where the file ends
     * @param nanos time since {@link Requested}, waiting for a connection included
     * @param attempts 1, and one more for each {@link Retried}
     * @param hedged whether there was a {@link Hedged}
     */
    record Answered(
            String file,
            long request,
            long offset,
            long length,
            long wave,
            long bytes,
            long nanos,
            int attempts,
            boolean hedged)
            implements ReadEvent {}

    /**
     * A range did not come.
     *
     * @param file see {@link ReadEvent#file}
     * @param request see {@link Requested}
     * @param offset start of the range
     * @param length length of the range
     * @param wave see {@link Requested}
     * @param nanos time since {@link Requested}
     * @param attempts 1, and one more for each {@link Retried}
     * @param cause what the storage says; a {@link java.util.concurrent.CancellationException} when nobody waits any
     *     more
     */
    record Failed(
            String file, long request, long offset, long length, long wave, long nanos, int attempts, Throwable cause)
            implements ReadEvent {}

    /**
     * Chunks of a dataset went through its filters.
     *
     * @param file see {@link ReadEvent#file}
     * @param object path of the dataset, as it was asked for; empty when it is not known
     * @param offset where the stored bytes begin in the file
     * @param length stored bytes
     * @param chunks how many chunks these are; more than 1 for small ones
     * @param bytes bytes of values; 0 for small chunks, which are decoded into the result, one after the other
     * @param nanos time that it took
     */
    record Decoded(String file, String object, long offset, long length, int chunks, long bytes, long nanos)
            implements ReadEvent {}

    /**
     * A result of a read is there, or is known never to be.
     *
     * @param file see {@link ReadEvent#file}; the opened file, also where a link leads to another one
     * @param name name of the request
     * @param bytes bytes of its values; 0 when it failed
     * @param nanos time since the read began
     * @param failure why it failed; null when it did not
     */
    record Delivered(
            String file,
            String name,
            long bytes,
            long nanos,
            @Nullable Throwable failure) implements ReadEvent {}
}
