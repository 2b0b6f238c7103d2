// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.internal.wire.WireException;
import io.h5coro.serve.option.ServeLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.server.Request;

/** Reads bodies of requests within the limits of length and time. */
final class RequestBody {
    private static final int PART_BYTES = 1 << 14;

    private RequestBody() {}

    static byte[] read(Request request, ServeLimits limits) throws IOException {
        if (request.getLength() > limits.bodyBytes()) {
            throw tooLong(limits);
        }
        long begin = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[PART_BYTES];
        try (InputStream in = Request.asInputStream(request)) {
            int read = in.read(part);
            while (read >= 0) {
                body.write(part, 0, read);
                if (body.size() > limits.bodyBytes()) {
                    throw tooLong(limits);
                }
                if (System.nanoTime() - begin > limits.time().toNanos()) {
                    throw new WireException(408, "the request took too long to come");
                }
                read = in.read(part);
            }
        }
        return body.toByteArray();
    }

    private static WireException tooLong(ServeLimits limits) {
        return new WireException(413, "the request has more than " + limits.bodyBytes() + " bytes");
    }
}
