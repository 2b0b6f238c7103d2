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
import org.jspecify.annotations.Nullable;

/**
 * One request to a host whose name {@link java.net.http.HttpClient} cannot take, as one with an underscore: by the JDK's
 * older client, on a thread of its own. Cancelling {@link #done()} ends it. Thread-safe.
 */
final class UrlTransfer implements Flow.Subscription {
    private static final int BUFFER_BYTES = 1 << 16;

    private final SharedClient.Live client;
    private final HttpResponse.BodyHandler<Void> handler;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    // Guarded by this.
    private @Nullable HttpURLConnection connection;

    private UrlTransfer(SharedClient.Live client, HttpResponse.BodyHandler<Void> handler) {
        this.client = client;
        this.handler = handler;
        CompletableFuture<Void> unused = done.whenComplete((nothing, thrown) -> {
            if (thrown != null) {
                disconnect();
            }
        });
    }

    /**
     * Sends a GET and gives its answer to the handler.
     *
     * @return ends when the request has; the handler's subscriber may end before
     */
    static CompletableFuture<Void> send(
            SharedClient.Live client, URI url, Map<String, String> headers, HttpResponse.BodyHandler<Void> handler) {
        UrlTransfer transfer = new UrlTransfer(client, handler);
        client.threads().execute(() -> transfer.run(url, headers));
        return transfer.done;
    }

    private void run(URI url, Map<String, String> headers) {
        try {
            HttpURLConnection open = open(url);
            headers.forEach(open::setRequestProperty);
            synchronized (this) {
                connection = open;
            }
            if (done.isDone()) {
                return;
            }
            deliver(open);
            done.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    private HttpURLConnection open(URI url) throws IOException {
        HttpClient http = client.http();
        Proxy proxy = Proxy.NO_PROXY;
        ProxySelector selector = http.proxy().orElse(ProxySelector.getDefault());
        if (selector != null) {
            List<Proxy> proxies = selector.select(url);
            proxy = proxies == null || proxies.isEmpty() ? proxy : proxies.get(0);
        }
        HttpURLConnection open = (HttpURLConnection) url.toURL().openConnection(proxy);
        if (open instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(http.sslContext().getSocketFactory());
        }
        open.setInstanceFollowRedirects(false);
        open.setUseCaches(false);
        open.setConnectTimeout(
                (int) http.connectTimeout().map(Duration::toMillis).orElse(0L).longValue());
        return open;
    }

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
        try (InputStream in = status >= HttpURLConnection.HTTP_BAD_REQUEST
                ? open.getErrorStream()
                : open.getInputStream()) {
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

    private void disconnect() {
        HttpURLConnection open;
        synchronized (this) {
            open = connection;
        }
        if (open != null) {
            open.disconnect();
        }
    }
}
