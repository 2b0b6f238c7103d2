// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers to what is no request, without its words and without a trace. Thread-safe. */
final class PlainErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, MsgpackAnswers.TYPE);
        response.write(true, body(response.getStatus()), callback);
        return true;
    }

    private static ByteBuffer body(int status) {
        return ByteBuffer.wrap(PathWriter.error(status < 500 ? "the request is not understood" : "the server failed"));
    }
}
