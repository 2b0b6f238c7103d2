// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import javax.net.ssl.HttpsURLConnection;

/**
 * One request to a host whose name {@link java.net.http.HttpClient} cannot take, such as one with an underscore. It
 * uses the JDK's older client, on a separate thread. Cancelling the result of {@link #send} ends it when the read under
 * way has ended, at the latest when the server has sent nothing for too long. Thread-safe.
 */
final class UrlTransfer implements Flow.Subscription {
    private static final int BUFFER_BYTES = 1 << 16;

    private final SharedClient.Live client;
    private final HttpResponse.BodyHandler<Void> handler;
    /** Invariant: once it is done, no more bytes are handed over. */
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private UrlTransfer(SharedClient.Live client, HttpResponse.BodyHandler<Void> handler) {
        this.client = client;
        this.handler = handler;
    }

    /**
     * What to send.
     *
     * @param url where to ask
     * @param headers headers by name
     * @param stall how long the server may send nothing
     */
    record Request(URI url, Map<String, String> headers, Duration stall) {
        @Override
        public String toString() {
            return "Request[" + WebAddress.host(url) + "]";
        }
    }

    /**
     * Sends a GET and gives its answer to the handler.
     *
     * @return ends when the request has; the handler's subscriber may end before
     */
    static CompletableFuture<Void> send(
            SharedClient.Live client, Request request, HttpResponse.BodyHandler<Void> handler) {
        UrlTransfer transfer = new UrlTransfer(client, handler);
        client.threads().execute(() -> transfer.run(request));
        return transfer.done;
    }

    /**
     * Sends the request and hands over its answer; blocks its thread until the body ends. Errors become those of
     * the future.
     */
    private void run(Request request) {
        try {
            HttpURLConnection open = open(request);
            request.headers.forEach(open::setRequestProperty);
            try {
                deliver(open);
            } finally {
                // Its stream may not be closed from another thread, which would wait for the read under way.
                if (done.isDone()) {
                    open.disconnect();
                }
            }
            done.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    /** Returns a connection with the proxy, the TLS context and the time-outs of the client. Nothing is sent yet. */
    private HttpURLConnection open(Request request) throws IOException {
        HttpClient http = client.http();
        Proxy proxy = Proxy.NO_PROXY;
        ProxySelector selector = http.proxy().orElse(ProxySelector.getDefault());
        if (selector != null) {
            List<Proxy> proxies = selector.select(request.url);
            proxy = proxies == null || proxies.isEmpty() ? proxy : proxies.get(0);
        }
        HttpURLConnection open = (HttpURLConnection) request.url.toURL().openConnection(proxy);
        if (open instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(http.sslContext().getSocketFactory());
        }
        open.setInstanceFollowRedirects(false);
        open.setUseCaches(false);
        open.setConnectTimeout(
                (int) http.connectTimeout().map(Duration::toMillis).orElse(0L).longValue());
        open.setReadTimeout((int) Math.min(Integer.MAX_VALUE, Math.max(1, request.stall.toMillis())));
        return open;
    }

    /** Reads the answer. The header without a name, which is the status line, is no header. */
    private void deliver(HttpURLConnection open) throws IOException {
        int status = open.getResponseCode();
        if (status < 0) {
            throw new IOException("no status line");
        }
        Map<String, List<String>> fields = new LinkedHashMap<>(open.getHeaderFields());
        fields.remove(null);
        HttpResponse.BodySubscriber<Void> body =
                handler.apply(new Answer(status, HttpHeaders.of(fields, (name, value) -> true)));
        body.onSubscribe(this);
        try (InputStream in =
                status >= HttpURLConnection.HTTP_BAD_REQUEST ? open.getErrorStream() : open.getInputStream()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int count = in == null ? -1 : in.read(buffer);
            while (count >= 0 && !done.isDone()) {
                body.onNext(List.of(ByteBuffer.wrap(buffer, 0, count)));
                count = in.read(buffer);
            }
            body.onComplete();
        } catch (IOException e) {
            body.onError(e);
        }
    }

    private record Answer(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    @Override
    public void request(long count) {
        // The subscriber wants everything.
    }

    @Override
    public void cancel() {
        done.cancel(false);
    }
}
