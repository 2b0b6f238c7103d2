// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's client over a simulated store, which hears on the executor. The path of an
 * address, without its first slash, is the key of an object; the host does not matter.
 */
public final class SimHttpClient extends HttpClient {
    private final SimStore store;
    private final Executor executor;

    /** What threads wait with that send synchronously; null when none may. */
    private final @Nullable Machine machine;

    /**
     * Makes a client that sends only asynchronously.
     *
     * @param executor runs the callbacks, those of one exchange one after the other
     */
    public SimHttpClient(SimStore store, Executor executor) {
        this(store, executor, null);
    }

    /** Makes a client for which threads of a machine wait. */
    public SimHttpClient(SimStore store, Executor executor, @Nullable Machine machine) {
        this.store = store;
        this.executor = executor;
        this.machine = machine;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> responseBodyHandler) {
        HttpExchange<T> exchange = new HttpExchange<>(request, responseBodyHandler, executor, store.world());
        Asked asked =
                Asked.of(request.method(), request.uri(), request.headers().map());
        exchange.begin(hearing -> store.send(asked, hearing));
        return exchange.response();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> responseBodyHandler,
            HttpResponse.PushPromiseHandler<T> pushPromiseHandler) {
        return sendAsync(request, responseBodyHandler);
    }

    /** Waits; an interrupt gives the request up. */
    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> responseBodyHandler)
            throws IOException, InterruptedException {
        if (machine == null) {
            throw new UnsupportedOperationException("nobody can wait here");
        }
        CompletableFuture<HttpResponse<T>> answer = sendAsync(request, responseBodyHandler);
        try {
            return machine.get(answer, Long.MAX_VALUE);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public SSLParameters sslParameters() {
        return new SSLParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.of(executor);
    }
}
