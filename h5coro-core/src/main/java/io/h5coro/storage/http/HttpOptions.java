// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.Backoff;
import java.net.URI;
import java.net.http.HttpRequest;
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
 * <p>Readers that are opened with the same instance, or with ones derived from it by {@link #toBuilder()}, share connections; so
 * make one instance and keep it. It holds secrets: {@link #toString()} shows none.
 */
public final class HttpOptions {
    /** Covers a handshake across the world on a bad line; a host that is down is told soon enough. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Longer than any healthy store thinks before its first byte; shorter costs needless second requests. */
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);

    /** A range of 64 MiB at 250 kB/s; whatever takes longer is as good as lost. */
    private static final Duration TOTAL_TIMEOUT = Duration.ofMinutes(5);

    /** With one request in ten failing, one range in a hundred million fails for good. */
    private static final int MAX_ATTEMPTS = 8;

    /** One full set of connections may use all its attempts; further ranges of a server that is down then fail at once. */
    private static final int RETRY_BUDGET = 256;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    /** As many as browsers and curl follow, roughly; a login by redirects takes four or five. */
    private static final int MAX_REDIRECTS = 10;

    private static final int MAX_CONCURRENT_REQUESTS = 32;

    private static final HttpOptions DEFAULTS = new HttpOptions(new Builder());

    /** What requests for ranges say themselves. */
    private static final Set<String> OUR_HEADERS =
            Set.of("range", "if-match", "if-range", "accept-encoding", "user-agent");

    final @Nullable Supplier<String> token;
    final @Nullable Supplier<URI> renewedUrl;
    final Map<String, String> headers;
    final Duration connectTimeout;
    final Duration stallTimeout;
    final Duration totalTimeout;
    final int maxAttempts;
    final int retryBudget;
    final Backoff backoff;
    final int maxRedirects;
    final int maxConcurrentRequests;
    final boolean allowChanging;
    final @Nullable SSLContext sslContext;
    final SharedClient client;

    private HttpOptions(Builder builder) {
        token = builder.token;
        renewedUrl = builder.renewedUrl;
        headers = Map.copyOf(builder.headers);
        connectTimeout = builder.connectTimeout;
        stallTimeout = builder.stallTimeout;
        totalTimeout = builder.totalTimeout;
        maxAttempts = builder.maxAttempts;
        retryBudget = builder.retryBudget;
        backoff = builder.backoff;
        maxRedirects = builder.maxRedirects;
        maxConcurrentRequests = builder.maxConcurrentRequests;
        allowChanging = builder.allowChanging;
        sslContext = builder.sslContext;
        SharedClient shared = builder.client;
        client = shared != null && shared.fits(connectTimeout, sslContext)
                ? shared
                : new SharedClient(connectTimeout, sslContext);
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
                + "headers " + headers.keySet() + ", attempts " + maxAttempts + ", concurrent "
                + maxConcurrentRequests + "]";
    }

    /** Collects options. Confined to one thread. */
    public static final class Builder {
        private @Nullable Supplier<String> token;
        private @Nullable Supplier<URI> renewedUrl;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private Duration connectTimeout = CONNECT_TIMEOUT;
        private Duration stallTimeout = STALL_TIMEOUT;
        private Duration totalTimeout = TOTAL_TIMEOUT;
        private int maxAttempts = MAX_ATTEMPTS;
        private int retryBudget = RETRY_BUDGET;
        private Backoff backoff = BACKOFF;
        private int maxRedirects = MAX_REDIRECTS;
        private int maxConcurrentRequests = MAX_CONCURRENT_REQUESTS;
        private boolean allowChanging;
        private @Nullable SSLContext sslContext;
        private @Nullable SharedClient client;

        private Builder() {}

        private Builder(HttpOptions from) {
            token = from.token;
            renewedUrl = from.renewedUrl;
            headers.putAll(from.headers);
            connectTimeout = from.connectTimeout;
            stallTimeout = from.stallTimeout;
            totalTimeout = from.totalTimeout;
            maxAttempts = from.maxAttempts;
            retryBudget = from.retryBudget;
            backoff = from.backoff;
            maxRedirects = from.maxRedirects;
            maxConcurrentRequests = from.maxConcurrentRequests;
            allowChanging = from.allowChanging;
            sslContext = from.sslContext;
            client = from.client;
        }

        /** Sends {@code Authorization: Bearer} with this token to the object's own host, never to one it redirects to. */
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
         * Asks for a new URL of the same object when the server denies access, e.g. because a presigned URL has expired.
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

        /** How long to wait for the first byte of an answer, and for each next one; 30 s. */
        public Builder stallTimeout(Duration timeout) {
            stallTimeout = positive(timeout);
            return this;
        }

        /** How long one range may take from its first request on, with all retries and pauses; 5 min. */
        public Builder totalTimeout(Duration timeout) {
            totalTimeout = positive(timeout);
            return this;
        }

        /** How many requests are sent for one range at most; 8. A broken body is asked for from where it broke. */
        public Builder maxAttempts(int attempts) {
            maxAttempts = positive(attempts);
            return this;
        }

        /**
         * How many requests of one open object are sent again at most, besides one for each four that were answered; 256.
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
         * The longest pause before the second request, doubled for each next one up to the longest of all; 100 ms and 10 s. A
         * random part of it is waited. A server's {@code Retry-After} takes its place.
         */
        public Builder backoff(Duration first, Duration longest) {
            backoff = new Backoff(positive(first), positive(longest));
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
        public Builder maxConcurrentRequests(int requests) {
            maxConcurrentRequests = positive(requests);
            return this;
        }

        /**
         * Sets whether the size of an object alone tells that it is still the same; false unless set. For servers that refuse
         * every {@code If-Match}, or give one object several tags or times. What is read is a mixture when the object is
         * replaced meanwhile by one of the same size; a warning is logged for each reader.
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
