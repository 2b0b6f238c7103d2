// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.Backoff;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.object.ProxySettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How to talk to web servers. Immutable and thread-safe.
 *
 * <p>Readers that are opened with the same instance, or with ones derived from it by {@link #toBuilder()}, share
 * connections; so make one instance and keep it. Proxies are those of the environment or of the JVM's properties. It
 * holds secrets: {@link #toString()} shows none.
 */
public final class HttpOptions {
    /** Covers a handshake across the world on a bad line; a host that is down is told soon enough. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Longer than any healthy store thinks before its first byte; shorter costs needless second requests. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);

    /** A range of 64 MiB at 250 kB/s; whatever takes longer is as good as lost. */
    private static final Duration TOTAL_TIMEOUT = Duration.ofMinutes(5);

    /** With one request in ten failing, one range in a hundred million fails for good. */
    private static final int RETRIES = 7;

    /**
     * One full set of connections may use all its attempts; further ranges of a server that is down then fail at once.
     */
    private static final int RETRY_BUDGET = 256;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    /** As many as browsers and curl follow, roughly; a login by redirects takes four or five. */
    private static final int MAX_REDIRECTS = 10;

    private static final int CONNECTIONS = 32;

    private static final String USER_AGENT = "h5coro-java";

    private static final HttpOptions DEFAULTS = new HttpOptions(new Builder());

    /** What requests for ranges say themselves. */
    private static final Set<String> OUR_HEADERS =
            Set.of("range", "if-match", "if-range", "accept-encoding", "user-agent");

    final @Nullable Supplier<String> token;
    final @Nullable Supplier<URI> renewedUrl;
    final Map<String, String> headers;
    final Duration connectTimeout;
    final Duration attemptTimeout;
    final Duration totalTimeout;
    final int retries;
    final int retryBudget;
    final Backoff backoff;
    final int maxRedirects;
    final int connections;
    final boolean allowChanging;
    final @Nullable SSLContext sslContext;
    final String userAgent;
    final @Nullable Netrc netrc;
    final boolean cookies;
    final ProxySettings proxies;
    final SharedClient client;

    private HttpOptions(Builder builder) {
        token = builder.token;
        renewedUrl = builder.renewedUrl;
        headers = Map.copyOf(builder.headers);
        connectTimeout = builder.connectTimeout;
        attemptTimeout = builder.attemptTimeout;
        totalTimeout = builder.totalTimeout;
        retries = builder.retries;
        retryBudget = builder.retryBudget;
        backoff = builder.backoff;
        maxRedirects = builder.maxRedirects;
        connections = builder.connections;
        allowChanging = builder.allowChanging;
        sslContext = builder.sslContext;
        userAgent = builder.userAgent;
        netrc = builder.netrc;
        cookies = builder.cookies;
        proxies = builder.proxies;
        SharedClient.Settings wanted = new SharedClient.Settings(connectTimeout, sslContext, cookies, proxies);
        SharedClient shared = builder.client;
        client = shared != null && shared.fits(wanted) ? shared : new SharedClient(wanted);
    }

    /** No token, no headers, and the limits named at the setters of {@link Builder}. */
    public static HttpOptions defaults() {
        return DEFAULTS;
    }

    /** Options to be changed, starting from the defaults, with connections of their own. */
    public static Builder builder() {
        return new Builder();
    }

    /** Options to be changed, starting from these. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public String toString() {
        return "HttpOptions[" + (token == null ? "" : "token, ") + (renewedUrl == null ? "" : "renewed URL, ")
                + "headers " + headers.keySet() + ", retries " + retries + ", connections " + connections
                + (netrc == null ? "" : ", netrc") + (cookies ? ", cookies" : "") + "]";
    }

    /** Collects options. Confined to one thread. */
    public static final class Builder {
        private @Nullable Supplier<String> token;
        private @Nullable Supplier<URI> renewedUrl;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private Duration connectTimeout = CONNECT_TIMEOUT;
        private Duration attemptTimeout = ATTEMPT_TIMEOUT;
        private Duration totalTimeout = TOTAL_TIMEOUT;
        private int retries = RETRIES;
        private int retryBudget = RETRY_BUDGET;
        private Backoff backoff = BACKOFF;
        private int maxRedirects = MAX_REDIRECTS;
        private int connections = CONNECTIONS;
        private boolean allowChanging;
        private @Nullable SSLContext sslContext;
        private String userAgent = USER_AGENT;
        private @Nullable Netrc netrc;
        private boolean cookies;
        private ProxySettings proxies = ProxySettings.ofProcess();
        private @Nullable SharedClient client;

        private Builder() {}

        private Builder(HttpOptions from) {
            token = from.token;
            renewedUrl = from.renewedUrl;
            headers.putAll(from.headers);
            connectTimeout = from.connectTimeout;
            attemptTimeout = from.attemptTimeout;
            totalTimeout = from.totalTimeout;
            retries = from.retries;
            retryBudget = from.retryBudget;
            backoff = from.backoff;
            maxRedirects = from.maxRedirects;
            connections = from.connections;
            allowChanging = from.allowChanging;
            sslContext = from.sslContext;
            userAgent = from.userAgent;
            netrc = from.netrc;
            cookies = from.cookies;
            proxies = from.proxies;
            client = from.client;
        }

        /**
         * Sends {@code Authorization: Bearer} with this token to the object's own host, never to one it redirects to.
         */
        public Builder bearerToken(String value) {
            Objects.requireNonNull(value);
            checkHeader("Authorization", value);
            return bearerToken(() -> value);
        }

        /**
         * Asks for the token before the first request and once more whenever the server denies access (401 or 403).
         *
         * @param supplier thread-safe; may block; a token without the word {@code Bearer}
         */
        public Builder bearerToken(Supplier<String> supplier) {
            token = Objects.requireNonNull(supplier);
            return this;
        }

        /**
         * Asks for a new URL of the same object when the server denies access, e.g. because a presigned URL has
         * expired.
         *
         * @param supplier thread-safe; may block
         */
        public Builder renewedUrl(Supplier<URI> supplier) {
            renewedUrl = Objects.requireNonNull(supplier);
            return this;
        }

        /**
         * Sends a header of your own, to the object's own host only.
         *
         * @throws IllegalArgumentException when HTTP does not allow it or requests for ranges need it themselves
         */
        public Builder header(String name, String value) {
            if (OUR_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the header " + name + " cannot be set");
            }
            checkHeader(name, value);
            headers.put(name, value);
            return this;
        }

        private static void checkHeader(String name, String value) {
            try {
                HttpRequest.newBuilder().setHeader(name, value);
            } catch (IllegalArgumentException e) {
                // The exception holds the value, which may be a secret; so it is not the cause.
                throw new IllegalArgumentException("the header " + name + " or its value is not allowed");
            }
        }

        /** How long to wait for a connection; 10 s. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = positive(timeout);
            return this;
        }

        /** How long to wait for the first byte of an answer, and for each next one; 30 s. {@link #retries} */
        public Builder attemptTimeout(Duration timeout) {
            attemptTimeout = positive(timeout);
            return this;
        }

        /** How long one range may take from its first request on, with all retries and pauses; 5 min. */
        public Builder totalTimeout(Duration timeout) {
            totalTimeout = positive(timeout);
            return this;
        }

        /**
         * How often a request for one range is sent again at most; 7. A broken body is asked for from where it broke. A
         * server that has not answered once is asked three times.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder retries(int value) {
            if (value < 0) {
                throw new IllegalArgumentException("a negative number of retries");
            }
            retries = value;
            return this;
        }

        /**
         * How many requests of one open object are sent again at most, besides one for each four that were answered;
         * 256.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder retryBudget(int retries) {
            if (retries < 0) {
                throw new IllegalArgumentException("a negative number of retries");
            }
            retryBudget = retries;
            return this;
        }

        /**
         * The longest pause before the second request, doubled for each next one up to the longest of all; 100 ms and
         * 10 s. A random part of it is waited. A server's {@code Retry-After} takes its place.
         */
        public Builder backoff(Backoff value) {
            backoff = Objects.requireNonNull(value);
            return this;
        }

        /** How many redirects are followed for one request; 10. From https to http none is. */
        public Builder maxRedirects(int redirects) {
            if (redirects < 0) {
                throw new IllegalArgumentException("a negative number of redirects");
            }
            maxRedirects = redirects;
            return this;
        }

        /** How many requests of one reader are under way at once; 32. Others wait for their turn without a thread. */
        public Builder connections(int requests) {
            connections = positive(requests);
            return this;
        }

        /**
         * Sets whether the size of an object alone tells that it is still the same; false unless set. For servers that
         * refuse every {@code If-Match}, or give one object several tags or times. What is read is a mixture when the
         * object is replaced meanwhile by one of the same size; a warning is logged for each reader.
         */
        public Builder allowChanging(boolean value) {
            allowChanging = value;
            return this;
        }

        /** Whom to trust, and which certificate to show; the JVM's default. */
        public Builder sslContext(SSLContext context) {
            sslContext = Objects.requireNonNull(context);
            return this;
        }

        /**
         * How the reader names itself to servers; {@code h5coro-java}.
         *
         * @throws IllegalArgumentException when HTTP does not allow it
         */
        public Builder userAgent(String value) {
            checkHeader("User-Agent", value);
            userAgent = value;
            return this;
        }

        /**
         * Sends the user and password that a netrc file has for a host, as basic authentication, to that host only: to
         * the object's own where it has no token, and to those it redirects to, as NASA's Earthdata login does. Keeps
         * cookies too.
         *
         * @param file readable by its owner alone; read now
         * @throws StorageException of kind {@code INVALID} when it is missing, open to others or not understood
         */
        public Builder netrc(Path file) throws StorageException {
            netrc = Netrc.read(file);
            return cookies(true);
        }

        /**
         * Whether cookies that servers set are sent back to them, across redirects and later requests of all readers
         * with these options; no. They are kept in memory, for some seconds after the last of these readers is closed.
         */
        public Builder cookies(boolean kept) {
            cookies = kept;
            return this;
        }

        /** Where proxies are found; for tests. */
        Builder proxies(ProxySettings settings) {
            proxies = settings;
            return this;
        }

        /** The options collected so far. */
        public HttpOptions build() {
            return new HttpOptions(this);
        }

        private static Duration positive(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofDays(365)) > 0) {
                throw new IllegalArgumentException("not a time to wait: " + timeout);
            }
            return timeout;
        }

        private static int positive(int number) {
            if (number <= 0) {
                throw new IllegalArgumentException("not a positive number: " + number);
            }
            return number;
        }
    }
}
