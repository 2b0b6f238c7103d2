// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.internal.wire.WireException;
import io.h5coro.serve.option.ServeLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads bodies of requests within the limits of length and time. */
final class RequestBody {
    private static final int PART_BYTES = 1 << 14;

    private RequestBody() {}

    // The stream is not closed: what is left of a body that is refused is still read, see drain.
    static byte[] read(Request request, ServeLimits limits) throws IOException {
        if (request.getLength() > limits.bodyBytes()) {
            throw tooLong(limits);
        }
        long begin = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[PART_BYTES];
        InputStream in = Content.Source.asInputStream(request);
        int read = part(in, part);
        while (read >= 0) {
            if (body.size() + read > limits.bodyBytes()) {
                throw tooLong(limits);
            }
            body.write(part, 0, read);
            if (System.nanoTime() - begin > limits.time().toNanos()) {
                throw tooSlow();
            }
            read = part(in, part);
        }
        return body.toByteArray();
    }

    private static int part(InputStream in, byte[] part) throws IOException {
        try {
            return in.read(part);
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw tooSlow();
            }
            throw e;
        }
    }

    private static WireException tooSlow() {
        return new WireException(408, "the request took too long to come");
    }

    private static WireException tooLong(ServeLimits limits) {
        return new WireException(413, "the request has more than " + limits.bodyBytes() + " bytes");
    }

    /**
     * Drops what is left of the body of a request that was refused, up to twice the length that a body may have and as
     * far as the limit of time goes: a client reads the answer when it has sent its request, and does not see it when
     * the connection is reset before.
     */
    static void drain(Request request, ServeLimits limits) {
        if (request.getLength() == 0 || request.getHeaders().contains(HttpHeader.EXPECT)) {
            return; // the latter client asked first, and sends nothing
        }
        long begin = System.nanoTime();
        byte[] part = new byte[PART_BYTES];
        InputStream in = Content.Source.asInputStream(request);
        long left = 2L * limits.bodyBytes();
        try {
            while (left > 0 && System.nanoTime() - begin < limits.time().toNanos()) {
                int read = in.read(part);
                if (read < 0) {
                    return;
                }
                left -= read;
            }
        } catch (IOException e) {
            // The client is gone, or sends nothing.
            return;
        }
    }
}
