// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.machine.Machine;
import io.h5coro.storage.object.ProxySettings;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The client of all readers with the same options. The first read of any of them makes it. Thread-safe.
 *
 * <p>It is closed, with its connections, some seconds after the last of these readers. On Java 21 and later that
 * happens at once; before, the JDK's client ends its thread and closes its connections when it is garbage collected.
 */
final class SharedClient {
    /**
     * How long a client stays open without a user. A job that opens granule after granule finds the connections of
     * the one before. Shorter, and each file costs new TLS handshakes; longer, and idle connections outlive the
     * job.
     */
    private static final Duration LINGER = Duration.ofSeconds(5);

    /** How long a thread waits for work before it ends. It only has to last from one answer to the next. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);

    /**
     * An open client and the threads that run its work.
     *
     * @param http the client
     * @param sender sends requests with it
     * @param threads run the client's work, the callbacks of exchanges, and thereby callbacks of callers
     * @param machine has the clock, and sets timers
     */
    record Live(HttpClient http, Sender sender, Executor threads, Machine machine) {}

    /**
     * Where clients live.
     *
     * @param machine runs them
     * @param making makes a client as its builder says
     * @param mostWaiting threads that may wait for answers: see {@link Sender}
     */
    record Ground(Machine machine, Function<HttpClient.Builder, HttpClient> making, int mostWaiting) {
        static final Ground OF_THIS_PROCESS =
                new Ground(Machine.ofThisProcess(), HttpClient.Builder::build, Sender.mostWaiting());
    }

    /**
     * What a client is made with.
     *
     * @param connectTimeout how long a connection may take to be made
     * @param sslContext for https; null for the JVM's
     * @param cookies whether it keeps cookies, which end with it
     * @param proxies finds the proxy for each host
     * @param ground where it lives
     */
    record Settings(
            Duration connectTimeout,
            @Nullable SSLContext sslContext,
            boolean cookies,
            ProxySettings proxies,
            Ground ground) {}

    /*
     * Why uses are counted beside users:
     *   at     0 ms: the last reader closes; users 0, uses 7; farewell A is planned for 5,000 ms, void unless uses
     * is 7
     *   at 3,000 ms: a reader opens; users 1, uses 8
     *   at 4,000 ms: it closes; users 0; farewell B is planned for 9,000 ms, void unless uses is 8
     *   at 5,000 ms: A finds no user, but uses 8: the client has been idle for one second only and stays open
     *   at 9,000 ms: B closes it
     */

    private final Settings settings;

    /** Invariant: not null while {@link #users} is positive. */
    @GuardedBy("this")
    private @Nullable Live live;

    /** Invariant: the number of {@link #acquire} without their {@link #release}; not negative. */
    @GuardedBy("this")
    private int users;
    /** Counts uses, so that a farewell that was planned before the latest one is void. */
    @GuardedBy("this")
    private long uses;

    SharedClient(Settings settings) {
        this.settings = settings;
    }

    /** Returns whether readers with these settings can share this client. */
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

    /** Ends one use. The last one plans the farewell, which any other use before it makes void. */
    synchronized void release() {
        users--;
        if (users == 0) {
            long planned = uses;
            Runnable unused = machine().after(LINGER.toNanos(), Runnable::run, () -> retire(planned));
        }
    }

    private Machine machine() {
        return settings.ground().machine();
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

    /** Closes a client by a method of Java 21, which a release of 17 cannot name. */
    private static void shutDown(HttpClient http) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(http);
        } catch (ReflectiveOperationException e) {
            // Before Java 21 there is no such method, and the garbage collector does it.
            return;
        }
    }

    /** Makes the client and its threads. They are daemons, so an idle client does not keep the process alive. */
    private Live open() {
        // No bound: the number of requests under way is bounded, and a caller's callback that waits must not stop
        // others.
        Executor threads = machine().threads("h5coro-http", Integer.MAX_VALUE, KEEP_ALIVE);
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
        HttpClient http = settings.ground().making().apply(builder);
        Sender sender = new Sender(http, threads, settings.ground().mostWaiting());
        return new Live(http, sender, threads, machine());
    }
}
