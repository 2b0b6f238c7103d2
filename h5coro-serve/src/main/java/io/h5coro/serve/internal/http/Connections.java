// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Ends connections that send no whole request in the time allowed, be it that they send nothing or one byte now and
 * then; and those that take their answers too slowly. Thread-safe.
 */
final class Connections implements Connection.Listener {
    private static final long BUSY = Long.MAX_VALUE;

    private final ServerConnector connector;
    private final SlowClients clients;
    private final long timeNanos;

    /** When each connection began to wait for a request; {@link #BUSY} while one is answered. */
    private final Map<EndPoint, Long> waiting = new ConcurrentHashMap<>();

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "h5coro-serve-watch");
        thread.setDaemon(true);
        return thread;
    });

    Connections(ServerConnector connector, SlowClients clients, Duration time) {
        this.connector = connector;
        this.clients = clients;
        this.timeNanos = time.toNanos();
        long millis = Math.max(20, Math.min(1000, time.toMillis() / 4));
        Future<?> unused = watch.scheduleWithFixedDelay(this::endLate, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        waiting.putIfAbsent(CountedEndPoint.of(connection.getEndPoint()), System.nanoTime());
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(CountedEndPoint.of(connection.getEndPoint()));
    }

    /** Answers a request; its connection is not late meanwhile. */
    boolean whileBusy(Request request, Callable<Boolean> answer) throws Exception {
        EndPoint point = CountedEndPoint.of(request);
        waiting.replace(point, BUSY);
        try {
            return answer.call();
        } finally {
            waiting.replace(point, System.nanoTime());
        }
    }

    private void endLate() {
        long now = System.nanoTime();
        waiting.keySet().retainAll(connector.getConnectedEndPoints());
        waiting.forEach((point, since) -> {
            if (since != BUSY && now - since > timeNanos) {
                point.close();
            }
        });
        clients.endSlow();
    }

    void close() {
        watch.shutdownNow();
    }
}
