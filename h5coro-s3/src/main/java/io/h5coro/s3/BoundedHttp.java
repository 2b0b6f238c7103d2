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
 * A request whose error responses the SDK can process. Their bodies end after some kilobytes, and {@code Retry-After},
 * on whose value the SDK may fail, gets another name.
 */
final class BoundedHttp implements ExecutableHttpRequest {
    /** The name under which a server's {@code Retry-After} is found. */
    static final String RETRY_AFTER = "x-h5coro-retry-after";

    /** Lowest status that the SDK does not take for success. */
    private static final int FIRST_FAILURE = 300;

    private final ExecutableHttpRequest request;

    BoundedHttp(ExecutableHttpRequest request) {
        this.request = request;
    }

    /** Sends the request. A success passes through as it came. */
    @Override
    public HttpExecuteResponse call() throws IOException {
        HttpExecuteResponse answer = request.call();
        SdkHttpResponse head = answer.httpResponse();
        if (head.statusCode() < FIRST_FAILURE) {
            return answer;
        }
        HttpExecuteResponse.Builder bounded = HttpExecuteResponse.builder().response(renamed(head));
        Optional<AbortableInputStream> body = answer.responseBody();
        body.ifPresent(stream -> bounded.responseBody(AbortableInputStream.create(new Beginning(stream), stream)));
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
        /**
         * How many bytes may still be read. Invariant: not negative; {@link #ended} is set only by the end of the
         * body itself.
         */
        private int left = ErrorDocument.MAX_BYTES;

        private boolean ended;

        Beginning(AbortableInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count = left == 0 ? -1 : body.read(target, offset, Math.min(left, length));
            ended |= count < 0 && left > 0;
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
