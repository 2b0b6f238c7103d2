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
 * How to read from web servers. Immutable, thread-safe.
 *
 * <pre>{@code
 * HttpOptions options = HttpOptions.builder()
 *         .bearerToken(token)
 *         .connections(16)
 *         .build();
 * H5Coro file = H5Coro.open(
 *         "https://host/granule.h5",
 *         ReadOptions.defaults(),
 *         StorageOptions.none().with(HttpOptions.class, options));
 * }</pre>
 *
 * <p>Readers share connections when they are opened with the same instance, or with ones derived from it by
 * {@link #toBuilder()}. So make one instance and keep it. Proxies are those of the environment or of the JVM's
 * properties. The options hold secrets; {@link #toString()} shows none.
 */
public final class HttpOptions {
    /** Covers a handshake across the world on a bad line, and still reports an unreachable host soon enough. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Longer than any healthy store takes to its first byte. A shorter time would cost needless second requests. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);

    /** A range of 64 MiB at 250 kB/s; whatever takes longer is as good as lost. */
    private static final Duration TOTAL_TIMEOUT = Duration.ofMinutes(5);

    /** With one request in ten failing, one range in a hundred million fails in the end. */
    private static final int RETRIES = 7;

    /**
     * Enough for one full set of connections to use all attempts. Further ranges of a server that is down fail at once.
     */
    private static final int RETRY_BUDGET = 256;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    /** As many as browsers and curl follow, roughly; a login by redirects takes four or five. */
    private static final int MAX_REDIRECTS = 10;

    private static final int CONNECTIONS = 32;

    /** A short answer leaves its connection idle nearly all of the time. */
    private static final int SHORT_REQUESTS = 8 * CONNECTIONS;

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
    final int shortRequests;
    final boolean allowChanging;
    final @Nullable SSLContext sslContext;
    final String userAgent;
    final @Nullable Netrc netrc;
    final boolean cookies;
    final boolean indexPages;
    final ProxySettings proxies;
    final SharedClient.Ground ground;
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
        shortRequests = builder.shortRequests;
        allowChanging = builder.allowChanging;
        sslContext = builder.sslContext;
        userAgent = builder.userAgent;
        netrc = builder.netrc;
        cookies = builder.cookies;
        indexPages = builder.indexPages;
        proxies = builder.proxies;
        ground = builder.ground;
        SharedClient.Settings wanted = new SharedClient.Settings(connectTimeout, sslContext, cookies, proxies, ground);
        SharedClient shared = builder.client;
        client = shared != null && shared.fits(wanted) ? shared : new SharedClient(wanted);
    }

    /** Returns the defaults: no token, no headers, and the limits that the setters of {@link Builder} state. */
    public static HttpOptions defaults() {
        return DEFAULTS;
    }

    /** Returns a builder that starts with the defaults. The options it builds have separate connections. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts with these options and keeps their connections. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public String toString() {
        return "HttpOptions[" + (token == null ? "" : "token, ") + (renewedUrl == null ? "" : "renewed URL, ")
                + "headers " + headers.keySet() + ", retries " + retries + ", connections " + connections
                + (netrc == null ? "" : ", netrc") + (cookies ? ", cookies" : "") + "]";
    }

    /** Collects the options of {@link HttpOptions}. Confined to one thread. */
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
        private int shortRequests = SHORT_REQUESTS;
        private boolean allowChanging;
        private @Nullable SSLContext sslContext;
        private String userAgent = USER_AGENT;
        private @Nullable Netrc netrc;
        private boolean cookies;
        private boolean indexPages;
        private ProxySettings proxies = ProxySettings.ofProcess();
        private SharedClient.Ground ground = SharedClient.Ground.OF_THIS_PROCESS;
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
            shortRequests = from.shortRequests;
            allowChanging = from.allowChanging;
            sslContext = from.sslContext;
            userAgent = from.userAgent;
            netrc = from.netrc;
            cookies = from.cookies;
            indexPages = from.indexPages;
            proxies = from.proxies;
            ground = from.ground;
            client = from.client;
        }

        /** Sets where the client lives. Default: on the machine of this process. */
        Builder ground(SharedClient.Ground other) {
            ground = other;
            return this;
        }

        /**
         * Sends a token as {@code Authorization: Bearer} to the object's host, never to a host it redirects to.
         * Default: none.
         *
         * @param value the token, without the word {@code Bearer}
         * @throws IllegalArgumentException when HTTP does not allow its characters
         */
        public Builder bearerToken(String value) {
            Objects.requireNonNull(value);
            checkHeader("Authorization", value);
            return bearerToken(() -> value);
        }

        /**
         * Sends a token that a supplier gives. The supplier is asked before the first request, and once more whenever
         * the server denies access (401 or 403). Default: none.
         *
         * @param supplier thread-safe; may block; gives the token without the word {@code Bearer}
         */
        public Builder bearerToken(Supplier<String> supplier) {
            token = Objects.requireNonNull(supplier);
            return this;
        }

        /**
         * Asks for a new URL of the same object when the server denies access, for example because a presigned URL has
         * expired. Default: none; the read fails then. It is for one object: {@link io.h5coro.storage.SignedUrls} gives
         * the URLs of many.
         *
         * @param supplier thread-safe; may block
         */
        public Builder renewedUrl(Supplier<URI> supplier) {
            renewedUrl = Objects.requireNonNull(supplier);
            return this;
        }

        /**
         * Sends a header, to the object's host only. Default: none.
         *
         * @throws IllegalArgumentException when HTTP does not allow it, or when the reader sets this header itself
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

        /**
         * Sets how long to wait for a connection. Default: 10 s.
         *
         * @throws IllegalArgumentException when it is not positive or longer than a year
         */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = positive(timeout);
            return this;
        }

        /**
         * Sets how long to wait for the first byte of a response, and for each next one. Default: 30 s.
         *
         * @throws IllegalArgumentException when it is not positive or longer than a year
         */
        public Builder attemptTimeout(Duration timeout) {
            attemptTimeout = positive(timeout);
            return this;
        }

        /**
         * Sets how long one range may take from its first request on, with all retries and pauses. Default: 5 min.
         *
         * @throws IllegalArgumentException when it is not positive or longer than a year
         */
        public Builder totalTimeout(Duration timeout) {
            totalTimeout = positive(timeout);
            return this;
        }

        /**
         * Sets how often a request for one range is sent again at most. Default: 7. After a broken body, only the rest
         * is requested. A server that has never responded is tried three times at most.
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
         * Sets how many requests of one open object are sent again at most, besides one for each four that succeeded.
         * Default: 256.
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
         * Sets the pauses between two requests for one range. Default: up to 100 ms before the second request, doubled
         * for each next one, up to 10 s. A server's {@code Retry-After} takes precedence.
         */
        public Builder backoff(Backoff value) {
            backoff = Objects.requireNonNull(value);
            return this;
        }

        /**
         * Sets how many redirects are followed for one request. Default: 10. Redirects from https to http are never
         * followed.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder maxRedirects(int redirects) {
            if (redirects < 0) {
                throw new IllegalArgumentException("a negative number of redirects");
            }
            maxRedirects = redirects;
            return this;
        }

        /**
         * Sets how many requests of one reader are under way at once. Default: 256. Reads of data send at most 32 of
         * them at once unless they are short ({@link io.h5coro.storage.StorageProfile#shortRequests}). Further requests
         * wait without a thread.
         *
         * @throws IllegalArgumentException when it is not positive
         */
        public Builder connections(int requests) {
            connections = positive(requests);
            shortRequests = connections;
            return this;
        }

        /**
         * Sets whether an object counts as unchanged when only its size is the same. Default: false. It is for servers
         * that refuse every {@code If-Match}, or give one object several tags or times. When the object is replaced by
         * one of the same size during a read, old and new bytes are mixed unnoticed. A warning is logged for each
         * reader.
         */
        public Builder allowChanging(boolean value) {
            allowChanging = value;
            return this;
        }

        /** Sets which certificates to trust, and which one to present. Default: the JVM's. */
        public Builder sslContext(SSLContext context) {
            sslContext = Objects.requireNonNull(context);
            return this;
        }

        /**
         * Sets the reader's name in the header {@code User-Agent}. Default: {@code h5coro-java}.
         *
         * @throws IllegalArgumentException when HTTP does not allow it
         */
        public Builder userAgent(String value) {
            checkHeader("User-Agent", value);
            userAgent = value;
            return this;
        }

        /**
         * Sends the user and password that a netrc file has for a host, as basic authentication, to that host only.
         * They are sent to the object's host when it has no token, and to hosts it redirects to, as NASA's Earthdata
         * login needs. Also turns on {@link #cookies(boolean)}. Default: no file.
         *
         * @param file read now; only its owner may be able to read it
         * @throws StorageException of kind {@code INVALID} when it is missing, readable by others or malformed
         */
        public Builder netrc(Path file) throws StorageException {
            netrc = Netrc.read(file);
            return cookies(true);
        }

        /**
         * Sets whether cookies of servers are sent back to them, across redirects and later requests of all readers
         * with these options. Default: false. Cookies are kept in memory, until some seconds after the last of these
         * readers is closed.
         */
        public Builder cookies(boolean kept) {
            cookies = kept;
            return this;
        }

        /**
         * Sets whether folders are listed by the index pages that Apache, nginx and their like make of them, which is
         * what globs need over HTTP. Default: false; HTTP itself has no listing. A page has at most 16 MiB and 100,000
         * entries, a listing at most 10,000 pages. Only what is directly in a folder is taken from its page.
         */
        public Builder indexPages(boolean read) {
            indexPages = read;
            return this;
        }

        /** Sets where proxies are found; for tests. */
        Builder proxies(ProxySettings settings) {
            proxies = settings;
            return this;
        }

        /** Builds the options. The builder can be used further. */
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
