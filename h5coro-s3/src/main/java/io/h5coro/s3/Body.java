// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An answer whose bytes still travel. Its connection goes back to the pool when all were read, and ends otherwise. */
final class Body implements Abortable, AutoCloseable {
    static final int RANGE_NOT_SATISFIABLE = 416;

    /** Hands the stream over as it is: the caller reads and closes it. */
    static final ResponseTransformer<GetObjectResponse, Body> TRANSFORMER = ResponseTransformer.unmanaged(Body::new);

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final Pattern SIZE = Pattern.compile("<ActualObjectSize>(\\d{1,18})</ActualObjectSize>");

    /** An error document is short; more is not searched. */
    private static final int MAX_ERROR_BYTES = 10_000;

    private final GetObjectResponse response;
    private final AbortableInputStream stream;
    private boolean drained;

    private Body(GetObjectResponse response, AbortableInputStream stream) {
        this.response = response;
        this.stream = stream;
    }

    /**
     * Which part of the object it holds, when it can be the answer to a request for {@code [start, end)}: a 206 with a
     * Content-Range, or a 200 whose whole object lies in the range.
     */
    Optional<ContentRange> part(long start, long end) {
        if (status() == PARTIAL) {
            return ContentRange.parse(response.contentRange());
        }
        @Nullable Long length = response.contentLength();
        boolean whole = status() == OK && start == 0 && length != null && length > 0 && length <= end;
        return whole ? Optional.of(new ContentRange(0, length, OptionalLong.of(length))) : Optional.empty();
    }

    /** What is wrong with an answer without a {@link #part}. */
    String complaint() {
        return status() == PARTIAL
                ? "answers 206 without a sound Content-Range"
                : "answers " + status() + " to a request for a range";
    }

    /** What tells the version: the ETag, else the time of change. */
    @Nullable
    String tag() {
        if (response.eTag() != null) {
            return response.eTag();
        }
        return response.lastModified() == null ? null : response.lastModified().toString();
    }

    /**
     * Reads exactly {@code length} bytes into {@code target} from {@code offset} on, telling each portion as it comes.
     *
     * @throws IOException when the body ends before, stands still for too long or breaks off
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

    /** The bytes are complete; whether the connection is clean only decides if it is used again. */
    private boolean endsHere() {
        try {
            return stream.read() < 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void abort() {
        stream.abort();
    }

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
        return response.sdkHttpResponse().statusCode();
    }

    /** The size that a 416 tells in its Content-Range, or as Amazon does in its document. */
    static OptionalLong sizeOf(AwsServiceException e) {
        OptionalLong size = ContentRange.sizeOfUnsatisfied(
                S3Failures.header(e, "Content-Range").orElse(null));
        if (size.isPresent()
                || e.awsErrorDetails() == null
                || e.awsErrorDetails().rawResponse() == null) {
            return size;
        }
        byte[] document = e.awsErrorDetails().rawResponse().asByteArrayUnsafe();
        Matcher matcher = SIZE.matcher(
                new String(document, 0, Math.min(document.length, MAX_ERROR_BYTES), StandardCharsets.UTF_8));
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
