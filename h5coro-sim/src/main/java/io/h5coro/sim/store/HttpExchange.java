// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import io.h5coro.sim.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A request of the JDK's client and what its callers hear of it, as the JDK's own client behaves:
 *
 * <ul>
 *   <li>handler and subscriber are called on the executor, one call after the other
 *   <li>the response is complete when the subscriber's body is
 *   <li>cancelling the subscription closes the connection; what is on its way to the subscriber still comes. It is
 *       of no request any more, and has other bytes: a subscriber that takes it is found out
 *   <li>cancelling the response closes the connection, and the subscriber hears an error
 * </ul>
 */
final class HttpExchange<T> implements Hearing, Flow.Subscription {
    private final HttpRequest request;
    private final HttpResponse.BodyHandler<T> handler;
    private final Executor executor;
    private final World world;
    private final Response response = new Response();

    /** Calls that wait for the one that runs. */
    private final Queue<Runnable> calls = new ArrayDeque<>();

    private boolean calling;
    private @Nullable Transfer transfer;
    private HttpResponse.@Nullable BodySubscriber<T> subscriber;
    /** Invariant: once true, the subscriber is not called. */
    private boolean silent;

    private boolean cancelled;

    /** Until then nothing is handed on. */
    private long heldUntil;

    HttpExchange(HttpRequest request, HttpResponse.BodyHandler<T> handler, Executor executor, World world) {
        this.request = request;
        this.world = world;
        this.handler = handler;
        this.executor = executor;
    }

    void begin(Function<Hearing, Transfer> sending) {
        transfer = sending.apply(this);
    }

    CompletableFuture<HttpResponse<T>> response() {
        return response;
    }

    /** The response, whose cancellation ends the exchange. */
    private final class Response extends CompletableFuture<HttpResponse<T>> {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) {
                close();
                call(() -> fail(new IOException("Request cancelled")));
            }
            return cancelled;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }
    }

    private void close() {
        Transfer open = transfer;
        if (open != null) {
            open.cancel();
        }
    }

    /** Runs a call on the executor behind those before it. */
    private void call(Runnable call) {
        calls.add(call);
        handOn();
    }

    private void handOn() {
        if (!calling && !calls.isEmpty() && !isHeld()) {
            calling = true;
            executor.execute(this::runCalls);
        }
    }

    private void runCalls() {
        while (!calls.isEmpty() && !isHeld()) {
            calls.remove().run();
        }
        calling = false;
    }

    private boolean isHeld() {
        return world.nanoTime() < heldUntil;
    }

    @Override
    public boolean held(long nanos) {
        heldUntil = world.nanoTime() + nanos;
        world.after(nanos, this::handOn);
        return true;
    }

    @Override
    public void head(int status, Map<String, List<String>> headers) {
        HttpHeaders came = HttpHeaders.of(headers, (name, value) -> true);
        call(() -> open(status, came));
    }

    private void open(int status, HttpHeaders headers) {
        if (silent) {
            return;
        }
        try {
            HttpResponse.BodySubscriber<T> made = handler.apply(new Info(status, headers));
            subscriber = made;
            made.onSubscribe(this);
            CompletionStage<T> unused = made.getBody().whenComplete((body, thrown) -> {
                if (thrown == null) {
                    response.complete(new Came<>(request, status, headers, body));
                } else {
                    response.completeExceptionally(thrown);
                }
            });
        } catch (RuntimeException e) {
            silent = true;
            close();
            response.completeExceptionally(e);
        }
    }

    @Override
    public void bytes(ByteBuffer bytes) {
        call(() -> {
            if (!silent && subscriber != null) {
                subscriber.onNext(List.of(cancelled ? others(bytes) : bytes));
            }
        });
    }

    private static ByteBuffer others(ByteBuffer bytes) {
        byte[] inverted = new byte[bytes.remaining()];
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) ~bytes.get(bytes.position() + i);
        }
        return ByteBuffer.wrap(inverted).asReadOnlyBuffer();
    }

    @Override
    public void end() {
        call(() -> {
            if (!silent && subscriber != null) {
                silent = true;
                subscriber.onComplete();
            }
        });
    }

    @Override
    public void broken(IOException why) {
        call(() -> fail(why));
    }

    private void fail(IOException why) {
        if (silent) {
            return;
        }
        silent = true;
        if (subscriber == null) {
            response.completeExceptionally(why);
        } else {
            subscriber.onError(why);
        }
    }

    @Override
    public void request(long n) {
        Transfer open = transfer;
        if (open != null && !silent) {
            open.request(n);
        }
    }

    /** What is on its way to the subscriber still comes, as Flow allows it. */
    @Override
    public void cancel() {
        cancelled = true;
        close();
        call(() -> silent = true);
    }

    /**
     * Head of a response, for the handler.
     *
     * @param statusCode of HTTP
     * @param headers as they came
     */
    private record Info(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    /**
     * A response.
     *
     * @param request which it answers
     * @param statusCode of HTTP
     * @param headers as they came
     * @param body what the subscriber made of the bytes
     */
    private record Came<T>(HttpRequest request, int statusCode, HttpHeaders headers, T body)
            implements HttpResponse<T> {
        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
