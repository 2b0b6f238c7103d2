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
 * A request whose errors the SDK can take: their bodies end after some kilobytes, and what they say in
 * {@code Retry-After}, on which the SDK may choke, has another name.
 */
final class BoundedHttp implements ExecutableHttpRequest {
    /** The name under which a server's {@code Retry-After} is found. */
    static final String RETRY_AFTER = "x-h5coro-retry-after";

    private static final int FIRST_FAILURE = 300;

    private final ExecutableHttpRequest request;

    BoundedHttp(ExecutableHttpRequest request) {
        this.request = request;
    }

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
