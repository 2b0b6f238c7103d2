// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.object.ErrorDocument;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A request whose responses the SDK can process. The bodies of errors end after some kilobytes, and
 * {@code Retry-After}, on whose value the SDK may fail, gets another name. A success that is too long fails.
 */
final class BoundedHttp implements ExecutableHttpRequest {
    /** The name under which a server's {@code Retry-After} is found. */
    static final String RETRY_AFTER = "x-h5coro-retry-after";

    /** Lowest status that the SDK does not take for success. */
    private static final int FIRST_FAILURE = 300;

    private final ExecutableHttpRequest request;
    private final Bound bound;

    /**
     * A bound for the body of a success.
     *
     * @param mostBytes longest body; a longer one fails
     * @param exceeded called for a longer one, before it fails: clients lose the exception on the way
     */
    record Bound(long mostBytes, Runnable exceeded) {
        /** No bound. */
        static final Bound NONE = new Bound(Long.MAX_VALUE, () -> {});
    }

    BoundedHttp(ExecutableHttpRequest request, Bound bound) {
        this.request = request;
        this.bound = bound;
    }

    /** Sends the request. A success passes through as it came, unless there is a bound for it. */
    @Override
    public HttpExecuteResponse call() throws IOException {
        HttpExecuteResponse answer = request.call();
        SdkHttpResponse head = answer.httpResponse();
        boolean success = head.statusCode() < FIRST_FAILURE;
        if (success && bound.equals(Bound.NONE)) {
            return answer;
        }
        HttpExecuteResponse.Builder bounded = HttpExecuteResponse.builder().response(success ? head : renamed(head));
        Optional<AbortableInputStream> body = answer.responseBody();
        body.ifPresent(stream -> {
            Beginning beginning =
                    new Beginning(stream, success ? bound : new Bound(ErrorDocument.MAX_BYTES, () -> {}), success);
            bounded.responseBody(AbortableInputStream.create(beginning, stream));
        });
        return bounded.build();
    }

    /** Returns the head with {@code Retry-After} under the name {@link #RETRY_AFTER}. */
    private static SdkHttpResponse renamed(SdkHttpResponse head) {
        SdkHttpResponse.Builder builder = head.toBuilder();
        for (Map.Entry<String, List<String>> header : head.headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase("Retry-After")) {
                builder.removeHeader(header.getKey()).putHeader(RETRY_AFTER, header.getValue());
            }
        }
        return builder.build();
    }

    @Override
    public void abort() {
        request.abort();
    }

    /** The first bytes of a body. Closing it drains no more than these: a longer one costs its connection. */
    private static final class Beginning extends InputStream {
        private final AbortableInputStream body;
        private final Bound bound;
        private final boolean failsBehind;
        /**
         * How many bytes may still be read. Invariant: not negative; {@link #ended} is set only by the end of the
         * body itself.
         */
        private long left;

        private boolean ended;

        /**
         * Cuts a body.
         *
         * @param failsBehind whether a longer body is an error; else it ends early
         */
        Beginning(AbortableInputStream body, Bound bound, boolean failsBehind) {
            this.body = body;
            this.bound = bound;
            this.failsBehind = failsBehind;
            this.left = bound.mostBytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0 || left == 0 && !failsBehind) {
                return length == 0 ? 0 : -1;
            }
            int count = body.read(target, offset, (int) Math.min(Math.max(left, 1), length));
            ended |= count < 0;
            if (count > left) {
                bound.exceeded.run();
                throw new IOException("more than " + bound.mostBytes + " bytes");
            }
            left -= Math.max(0, count);
            return count;
        }

        /** Gives the connection back when the body was read to its end, else ends it: the rest may be endless. */
        @Override
        public void close() throws IOException {
            if (ended) {
                body.close();
            } else {
                body.abort();
            }
        }
    }
}
