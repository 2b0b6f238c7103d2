// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Hands requests to the JDK's client. Thread-safe.
 *
 * <p>The client ends each request that it sends asynchronously in the executor which futures have by default. Before
 * Java 25 that makes a thread for each of them on one or two processors, which costs as much processor time as all else
 * of a short request. There, threads that are used again wait for the answers instead.
 */
final class Sender {
    /** A thread that waits takes some 100 kB. Requests beyond these have a thread each for their ends. */
    private static final int MOST_WAITING = 128;

    private final HttpClient http;
    private final Executor threads;
    private final Semaphore free;

    /**
     * Sends with a client.
     *
     * @param threads wait for answers
     * @param mostWaiting how many of them do so at once
     */
    Sender(HttpClient http, Executor threads, int mostWaiting) {
        this.http = http;
        this.threads = threads;
        this.free = new Semaphore(mostWaiting);
    }

    /** How many threads had better wait for answers in this process; 0 where a pool takes their ends. */
    static int mostWaiting() {
        return new CompletableFuture<Void>().defaultExecutor() instanceof ForkJoinPool ? 0 : MOST_WAITING;
    }

    /**
     * Sends a request, and gives its answer to the handler. Does not block.
     *
     * @return ends when the request has. Cancelling it ends the request
     */
    CompletableFuture<HttpResponse<Void>> send(HttpRequest request, HttpResponse.BodyHandler<Void> handler) {
        if (!free.tryAcquire()) {
            return http.sendAsync(request, handler);
        }
        Waiting waiting = new Waiting(request, handler);
        try {
            threads.execute(waiting);
        } catch (RuntimeException | Error noThread) {
            free.release();
            throw noThread;
        }
        return waiting;
    }

    /** A request for which a thread waits. */
    private final class Waiting extends CompletableFuture<HttpResponse<Void>> implements Runnable {
        private final HttpRequest request;
        private final HttpResponse.BodyHandler<Void> handler;

        /** Invariant: not null only while the thread waits, so that nothing else of its work is interrupted. */
        @GuardedBy("this")
        private @Nullable Thread thread;

        Waiting(HttpRequest request, HttpResponse.BodyHandler<Void> handler) {
            this.request = request;
            this.handler = handler;
        }

        @Override
        public void run() {
            try {
                if (begins()) {
                    answer();
                }
            } finally {
                free.release();
            }
        }

        private synchronized boolean begins() {
            thread = isDone() ? null : Thread.currentThread();
            return thread != null;
        }

        private void answer() {
            HttpResponse<Void> response = null;
            Throwable failure = null;
            try {
                response = http.send(request, handler);
            } catch (Throwable thrown) {
                failure = thrown;
            }
            synchronized (this) {
                thread = null;
                // What a cancellation may have left behind.
                boolean unused = Thread.interrupted();
            }
            if (failure == null) {
                complete(response);
            } else {
                completeExceptionally(failure);
            }
        }

        /** Interrupts the thread that waits, which has the client give the request up. */
        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean cancelled = super.cancel(mayInterrupt);
            synchronized (this) {
                if (cancelled && thread != null) {
                    thread.interrupt();
                }
            }
            return cancelled;
        }
    }
}
