// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.machine.Machine;
import io.h5coro.storage.object.ContentCoding;
import io.h5coro.storage.object.ContentRange;
import io.h5coro.storage.object.ObjectVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An answer whose bytes still travel. Its connection goes back to the pool when all were read, and ends otherwise. */
final class Body implements Abortable, AutoCloseable {
    private static final int OK = 200;
    private static final int PARTIAL = 206;

    /** How long the mark of its end may follow a body whose bytes are all here; a late one costs the connection. */
    private static final Duration GRACE = Duration.ofMillis(100);

    private final Machine machine;
    private final GetObjectResponse response;
    private final AbortableInputStream stream;
    /** Whether the body was read to its end, so that its connection can serve again. Confined to the reading thread. */
    private boolean drained;

    private Body(Machine machine, GetObjectResponse response, AbortableInputStream stream) {
        this.machine = machine;
        this.response = response;
        this.stream = stream;
    }

    /**
     * Hands the stream over as it is: the caller reads and closes it.
     *
     * @param machine has the timer for a late end
     */
    static ResponseTransformer<GetObjectResponse, Body> heldBy(Machine machine) {
        return ResponseTransformer.unmanaged((response, stream) -> new Body(machine, response, stream));
    }

    /**
     * Which part of the object it holds, when it can be the answer to a request for {@code [start, end)}: a 206 with a
     * Content-Range, or a 200 whose whole object lies in the range.
     */
    Optional<ContentRange> part(long start, long end) {
        if (foreignCoding().isPresent()) {
            return Optional.empty();
        }
        if (status() == PARTIAL) {
            return ContentRange.parse(response.contentRange());
        }
        @Nullable Long length = response.contentLength();
        boolean whole = status() == OK && start == 0 && length != null && length > 0 && length <= end;
        return whole ? Optional.of(new ContentRange(0, length, OptionalLong.of(length))) : Optional.empty();
    }

    /** Whether it is a 206 without any byte. */
    boolean isNothing() {
        @Nullable Long length = response.contentLength();
        return status() == PARTIAL && length != null && length == 0;
    }

    /** Returns whether it is the whole object, whose size is known only when the body ends. */
    boolean isWholeOfUnknownSize() {
        return status() == OK
                && response.contentLength() == null
                && foreignCoding().isEmpty()
                && head().firstMatchingHeader("Transfer-Encoding").isPresent();
    }

    /** What is wrong with an answer without a {@link #part}. */
    String complaint() {
        Optional<String> coding = foreignCoding();
        if (coding.isPresent()) {
            return "sends bytes in the encoding " + coding.get()
                    + " (Content-Encoding) where plain ones were asked for";
        }
        return status() == PARTIAL
                ? "answers 206 without a sound Content-Range"
                : "answers " + status() + " to a request for a range";
    }

    private Optional<String> foreignCoding() {
        return ContentCoding.foreign(head().matchingHeaders("Content-Encoding"));
    }

    /** What it says of the version. */
    ObjectVersion version(OptionalLong size) {
        return ObjectVersion.of(size, head().firstMatchingHeader("ETag"), head().firstMatchingHeader("Last-Modified"));
    }

    /**
     * Reads exactly {@code length} bytes into {@code target} from {@code offset} on.
     *
     * @param portion gets the number of bytes of each portion as it arrives
     * @throws IOException when the body ends early, stands still for too long or breaks off
     */
    void readInto(byte[] target, int offset, int length, IntConsumer portion) throws IOException {
        int done = 0;
        while (done < length) {
            int count = stream.read(target, offset + done, length - done);
            if (count < 0) {
                throw new IOException("body ended after " + done + " of " + length + " bytes");
            }
            done += count;
            portion.accept(count);
        }
        drained = endsHere();
    }

    /** Reads a body to its end; empty when it has more than {@code most} bytes. */
    Optional<byte[]> readWhole(int most) throws IOException {
        byte[] bytes = stream.readNBytes(most);
        drained = bytes.length < most || endsHere();
        return drained ? Optional.of(bytes) : Optional.empty();
    }

    /**
     * Returns whether nothing follows. The bytes are complete; whether the connection is clean only decides if it
     * is used again. Without a length the mark of the end may be late: after a short time the stream is aborted.
     */
    private boolean endsHere() {
        Runnable late = response.contentLength() == null
                ? machine.after(GRACE.toNanos(), Runnable::run, stream::abort)
                : () -> {};
        try {
            return stream.read() < 0;
        } catch (IOException e) {
            return false;
        } finally {
            late.run();
        }
    }

    /** Ends the transfer, from any thread: a read under way fails. */
    @Override
    public void abort() {
        stream.abort();
    }

    /** Gives the connection back to the pool, or ends it when bytes are left. */
    @Override
    public void close() {
        if (!drained) {
            stream.abort();
            return;
        }
        try {
            stream.close();
        } catch (IOException e) {
            stream.abort();
        }
    }

    private int status() {
        return head().statusCode();
    }

    private SdkHttpResponse head() {
        return response.sdkHttpResponse();
    }
}
