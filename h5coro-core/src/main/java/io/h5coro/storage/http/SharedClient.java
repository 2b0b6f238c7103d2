// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.object.ProxySettings;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The client of all readers that share their options, made when the first of them reads. Thread-safe.
 *
 * <p>Some seconds after the last of them was closed it is given up, with its connections. On Java 21 and later that
 * happens at once; before, the JDK's client ends its one thread and closes its connections when it is garbage
 * collected.
 */
final class SharedClient {
    /** A job that opens granule after granule finds the connections of the one before. */
    private static final long LINGER_MILLIS = 5_000;

    private static final long KEEP_ALIVE_MILLIS = 2_000;

    /** An open client and the threads that run its work. */
    record Live(HttpClient http, ThreadPoolExecutor threads) {}

    /**
     * What a client is made with.
     *
     * @param cookies whether it keeps cookies, which end with it
     */
    record Settings(Duration connectTimeout, @Nullable SSLContext sslContext, boolean cookies, ProxySettings proxies) {}

    private final Settings settings;

    @GuardedBy("this")
    private @Nullable Live live;

    @GuardedBy("this")
    private int users;
    /** Counts uses, so that a farewell that was planned before the latest one is void. */
    @GuardedBy("this")
    private long uses;

    SharedClient(Settings settings) {
        this.settings = settings;
    }

    boolean fits(Settings wanted) {
        return settings.equals(wanted);
    }

    /** The client, which stays open at least until the matching {@link #release()}. */
    synchronized Live acquire() {
        users++;
        uses++;
        Live open = live;
        if (open == null) {
            open = open();
            live = open;
        }
        return open;
    }

    synchronized void release() {
        users--;
        if (users == 0) {
            long planned = uses;
            CompletableFuture<Void> unused = new CompletableFuture<Void>()
                    .completeOnTimeout(null, LINGER_MILLIS, TimeUnit.MILLISECONDS)
                    .thenRun(() -> retire(planned));
        }
    }

    private void retire(long planned) {
        Live idle;
        synchronized (this) {
            if (users > 0 || uses != planned) {
                return;
            }
            idle = live;
            live = null;
        }
        if (idle != null) {
            shutDown(idle.http());
        }
    }

    private static void shutDown(HttpClient http) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(http);
        } catch (ReflectiveOperationException e) {
            // Before Java 21 there is no such method, and the garbage collector does it.
            return;
        }
    }

    private Live open() {
        // No bound: the number of requests under way is bounded, and a caller's callback that waits must not stop
        // others.
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, KEEP_ALIVE_MILLIS, TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "h5coro-http");
                    thread.setDaemon(true);
                    return thread;
                });
        // HTTP/2 would send all ranges through one connection, whose bandwidth is what we want to multiply.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .proxy(Route.selector(settings.proxies()))
                .executor(threads);
        if (settings.sslContext() != null) {
            builder.sslContext(settings.sslContext());
        }
        if (settings.cookies()) {
            builder.cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER));
        }
        return new Live(builder.build(), threads);
    }
}
