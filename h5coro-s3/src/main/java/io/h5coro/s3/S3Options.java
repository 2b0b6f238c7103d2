// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.Backoff;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How to read from S3. Immutable; equal options share one client and its connections.
 *
 * <pre>{@code
 * S3Options options = S3Options.builder()
 *         .region("us-west-2")
 *         .anonymous(true)
 *         .build();
 * H5Coro file = H5Coro.open(
 *         "s3://bucket/granule.h5",
 *         ReadOptions.defaults(),
 *         StorageOptions.none().with(S3Options.class, options));
 * }</pre>
 *
 * <p>What is not set comes from where the AWS SDK looks: system properties, environment ({@code AWS_REGION},
 * {@code AWS_ENDPOINT_URL_S3}, {@code AWS_ENDPOINT_URL}, {@code AWS_PROFILE}, keys), {@code ~/.aws}, and the machine's
 * role. {@link #toString()} shows no credential.
 */
public final class S3Options {
    private static final S3Options DEFAULTS = builder().build();

    private final Builder set;

    private S3Options(Builder set) {
        this.set = set;
    }

    /** Returns the defaults: the environment decides region, endpoint and credentials. */
    public static S3Options defaults() {
        return DEFAULTS;
    }

    /** Returns a builder that starts with {@link #defaults()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts with these options. */
    public Builder toBuilder() {
        return new Builder(set);
    }

    /**
     * Returns the region.
     *
     * @return empty by default: the environment decides, otherwise {@code us-east-1}; a bucket elsewhere is followed to
     *     its region
     */
    public Optional<String> region() {
        return Optional.ofNullable(set.region);
    }

    /**
     * Returns the address of a server other than Amazon's, {@code http(s)://host[:port]}; empty by default, when the
     * environment decides.
     */
    public Optional<URI> endpoint() {
        return Optional.ofNullable(set.endpoint);
    }

    /**
     * Returns whether the bucket is part of the path instead of the host name; empty by default, which means yes when
     * there is an endpoint.
     */
    public Optional<Boolean> pathStyle() {
        return Optional.ofNullable(set.pathStyle);
    }

    /**
     * Returns whether requests are sent without a signature, and so without looking for credentials. Default: false.
     */
    public boolean anonymous() {
        return set.anonymous;
    }

    /** Returns the profile of {@code ~/.aws} from which credentials and region are taken; empty by default. */
    public Optional<String> profile() {
        return Optional.ofNullable(set.profile);
    }

    /** Returns whether the caller pays for the transfer from a requester-pays bucket. Default: false. */
    public boolean requesterPays() {
        return set.requesterPays;
    }

    /**
     * Returns the caller's source of credentials, which stays the caller's to close; empty by default, when the
     * environment decides.
     */
    public Optional<AwsCredentialsProvider> credentials() {
        return Optional.ofNullable(set.credentials);
    }

    /** Returns the caller's client, which keeps its time-outs and is the caller's to close; empty by default. */
    public Optional<S3Client> client() {
        return Optional.ofNullable(set.client);
    }

    /** Returns the largest number of requests under way at once, and so of connections. Default: 64. */
    public int connections() {
        return set.connections;
    }

    /** Returns how long one attempt may wait for its response, and for each next part of it. Default: 30 s. */
    public Duration attemptTimeout() {
        return set.attemptTimeout;
    }

    /** Returns how long connecting may take. Default: 5 s. */
    public Duration connectTimeout() {
        return set.connectTimeout;
    }

    /** Returns how long one range may take from its first request on, with all retries and pauses. Default: 5 min. */
    public Duration totalTimeout() {
        return set.totalTimeout;
    }

    /**
     * Returns how often a request for one range is sent again at most; after a broken body, only the rest is requested.
     * Default: 7. With one request in ten failing, one range in a hundred million then fails in the end. A server that
     * has never responded is tried three times at most. The SDK's retries are off.
     */
    public int retries() {
        return set.retries;
    }

    /**
     * Returns how many requests of one open object are sent again at most, besides one for each four that succeeded.
     * Default: 256.
     */
    public int retryBudget() {
        return set.retryBudget;
    }

    /**
     * Returns whether an object counts as unchanged when only its size is the same. Default: false. When the object is
     * replaced by one of the same size during a read, old and new bytes are mixed unnoticed. A warning is logged for
     * each reader.
     */
    public boolean allowChanging() {
        return set.allowChanging;
    }

    /**
     * Returns the pauses between two requests for one range. Default: up to 100 ms before the second request, doubled
     * for each next one, up to 10 s. A server's {@code Retry-After} takes precedence.
     */
    public Backoff backoff() {
        return set.backoff;
    }

    /**
     * Returns the reader's name in the header {@code User-Agent}, which follows what the SDK states there. Default:
     * {@code h5coro-java}.
     */
    public String userAgent() {
        return set.userAgent;
    }

    /** Returns the names of the additional headers. Their values are not shown. */
    public Set<String> headerNames() {
        return Set.copyOf(set.headers.keySet());
    }

    Map<String, String> headers() {
        return Map.copyOf(set.headers);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof S3Options options && set.values().equals(options.set.values());
    }

    @Override
    public int hashCode() {
        return set.values().hashCode();
    }

    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        region().ifPresent(value -> shown.add("region=" + value));
        endpoint().ifPresent(value -> shown.add("endpoint=" + value));
        pathStyle().ifPresent(value -> shown.add("pathStyle=" + value));
        profile().ifPresent(value -> shown.add("profile=" + value));
        credentials().ifPresent(value -> shown.add("credentials=(hidden)"));
        client().ifPresent(value -> shown.add("client=(the caller's)"));
        shown.add("anonymous=" + anonymous());
        shown.add("requesterPays=" + requesterPays());
        shown.add("connections=" + connections());
        shown.add("attemptTimeout=" + attemptTimeout());
        shown.add("connectTimeout=" + connectTimeout());
        shown.add("totalTimeout=" + totalTimeout());
        shown.add("retries=" + retries());
        shown.add("headers=" + set.headers.keySet());
        shown.add("retryBudget=" + retryBudget());
        shown.add("backoff=" + backoff().first() + " to " + backoff().longest());
        return "S3Options" + shown;
    }

    /**
     * Collects the options of {@link S3Options}. Confined to one thread. Setters throw {@link IllegalArgumentException}
     * for values outside of the range that they state.
     */
    public static final class Builder {
        private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
        private static final Set<String> OUR_HEADERS = Set.of(
                "range", "if-match", "host", "authorization", "user-agent", "connection", "content-length", "expect");
        private static final int MAX_CONNECTIONS = 1024;
        private static final int MAX_RETRIES = 20;
        private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

        private @Nullable String region;
        private @Nullable URI endpoint;
        private @Nullable Boolean pathStyle;
        private boolean anonymous;
        private @Nullable String profile;
        private boolean requesterPays;
        private boolean allowChanging;
        private @Nullable AwsCredentialsProvider credentials;
        private @Nullable S3Client client;
        private int connections = 64;
        private Duration attemptTimeout = Duration.ofSeconds(30);
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration totalTimeout = Duration.ofMinutes(5);
        private int retries = 7;
        private int retryBudget = 256;
        private String userAgent = "h5coro-java";
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

        private Builder() {}

        private Builder(Builder from) {
            region = from.region;
            endpoint = from.endpoint;
            pathStyle = from.pathStyle;
            anonymous = from.anonymous;
            profile = from.profile;
            requesterPays = from.requesterPays;
            allowChanging = from.allowChanging;
            credentials = from.credentials;
            client = from.client;
            connections = from.connections;
            attemptTimeout = from.attemptTimeout;
            connectTimeout = from.connectTimeout;
            totalTimeout = from.totalTimeout;
            retries = from.retries;
            retryBudget = from.retryBudget;
            userAgent = from.userAgent;
            headers.putAll(from.headers);
            backoff = from.backoff;
        }

        /**
         * Sets the region. Default: from the environment, otherwise {@code us-east-1}.
         *
         * @param value letters, digits and {@code -}
         * @throws IllegalArgumentException when it cannot be the name of a region
         */
        public Builder region(String value) {
            require(value.matches("[A-Za-z0-9-]{1,64}"), "region", "letters, digits and -");
            region = value;
            return this;
        }

        /**
         * Sets the address of a server other than Amazon's. Default: from the environment, otherwise Amazon.
         *
         * @throws IllegalArgumentException when it is not {@code http(s)://host[:port][/path]}
         */
        public Builder endpoint(URI value) {
            String scheme = String.valueOf(value.getScheme()).toLowerCase(Locale.ROOT);
            boolean plain =
                    value.getRawUserInfo() == null && value.getRawQuery() == null && value.getRawFragment() == null;
            boolean web = scheme.equals("http") || scheme.equals("https");
            require(web && value.getHost() != null && plain, "endpoint", "http(s)://host[:port]");
            endpoint = value;
            return this;
        }

        /**
         * Sets whether the bucket is part of the path instead of the host name. Default: yes when there is an endpoint.
         */
        public Builder pathStyle(boolean value) {
            pathStyle = value;
            return this;
        }

        /** Sets whether requests are sent without a signature. Default: false. */
        public Builder anonymous(boolean value) {
            anonymous = value;
            return this;
        }

        /**
         * Sets the profile of {@code ~/.aws} from which credentials and region are taken. Default: from the
         * environment.
         *
         * @throws IllegalArgumentException when it is blank
         */
        public Builder profile(String value) {
            require(!value.isBlank(), "profile", "a name");
            profile = value;
            return this;
        }

        /** Sets whether an object counts as unchanged when only its size is the same. Default: false. */
        public Builder allowChanging(boolean value) {
            allowChanging = value;
            return this;
        }

        /** Sets whether the caller pays for the transfer from a requester-pays bucket. Default: false. */
        public Builder requesterPays(boolean value) {
            requesterPays = value;
            return this;
        }

        /**
         * Sets the source of credentials. Default: the environment decides.
         *
         * @param value belongs to the caller and is not closed
         */
        public Builder credentials(AwsCredentialsProvider value) {
            credentials = value;
            return this;
        }

        /**
         * Sets the client. Default: the reader makes one. It excludes region, endpoint, path style, headers and every
         * identity.
         *
         * @param value belongs to the caller and is not closed; its time-outs and retries apply
         */
        public Builder client(S3Client value) {
            client = value;
            return this;
        }

        /** Sets the largest number of requests under way at once, 1 to 1024. Default: 64. */
        public Builder connections(int value) {
            require(value >= 1 && value <= MAX_CONNECTIONS, "connections", "1 to " + MAX_CONNECTIONS);
            connections = value;
            return this;
        }

        /**
         * Sets how long one attempt may take until its response, and how long its body may stand still, 1 ms to 1 h.
         * Default: 30 s.
         */
        public Builder attemptTimeout(Duration value) {
            attemptTimeout = timeout("attemptTimeout", value);
            return this;
        }

        /** Sets how long connecting may take, 1 ms to 1 h. Default: 5 s. */
        public Builder connectTimeout(Duration value) {
            connectTimeout = timeout("connectTimeout", value);
            return this;
        }

        /**
         * Sets how long one range may take from its first request on, with all retries and pauses, 1 ms to 1 h.
         * Default: 5 min.
         */
        public Builder totalTimeout(Duration value) {
            totalTimeout = timeout("totalTimeout", value);
            return this;
        }

        /**
         * Sets how many requests of one open object are sent again at most, besides one for each four that succeeded,
         * at least 0. Default: 256.
         */
        public Builder retryBudget(int value) {
            require(value >= 0, "retryBudget", "0 or more");
            retryBudget = value;
            return this;
        }

        /**
         * Sets the pauses between two requests for one range. Default: up to 100 ms, doubled for each next one, up to
         * 10 s.
         */
        public Builder backoff(Backoff value) {
            backoff = value;
            return this;
        }

        /** Sets how often a request for one range is sent again at most, 0 to 20. Default: 7. */
        public Builder retries(int value) {
            require(value >= 0 && value <= MAX_RETRIES, "retries", "0 to " + MAX_RETRIES);
            retries = value;
            return this;
        }

        /**
         * Sets the reader's name in the header {@code User-Agent}. Default: {@code h5coro-java}.
         *
         * @param value printable ASCII
         * @throws IllegalArgumentException when it is blank or has other characters
         */
        public Builder userAgent(String value) {
            require(value.matches("[ -~]*[!-~][ -~]*"), "userAgent", "printable ASCII");
            userAgent = value;
            return this;
        }

        /**
         * Sends a header with each request for bytes; the signature covers it. Default: none.
         *
         * @param value printable ASCII
         * @throws IllegalArgumentException when HTTP does not allow it, or when the reader sets this header itself
         */
        public Builder header(String name, String value) {
            require(
                    HEADER.matcher(name).matches() && value.matches("[ -~\\t]*"),
                    "header",
                    "a name and printable ASCII");
            require(
                    !OUR_HEADERS.contains(name.toLowerCase(Locale.ROOT)),
                    "header",
                    "none that requests need themselves");
            headers.put(name, value);
            return this;
        }

        /**
         * Builds the options. The builder can be used further.
         *
         * @throws IllegalArgumentException when options contradict each other: more than one of anonymous, profile and
         *     credentials, or a caller's client with options that only a client of the reader can follow
         */
        public S3Options build() {
            int identities = (anonymous ? 1 : 0) + (profile != null ? 1 : 0) + (credentials != null ? 1 : 0);
            require(identities <= 1, "identity", "one of anonymous, profile and credentials");
            boolean shaped = identities > 0 || region != null || endpoint != null || pathStyle != null;
            require(client == null || !shaped, "client", "used without region, endpoint, pathStyle and credentials");
            require(client == null || headers.isEmpty(), "client", "used without headers");
            return new S3Options(new Builder(this));
        }

        private static Duration timeout(String name, Duration value) {
            boolean usable = value.toMillis() >= 1 && value.compareTo(MAX_TIMEOUT) <= 0;
            require(usable, name, "1 ms to " + MAX_TIMEOUT.toHours() + " h");
            return value;
        }

        /** The value is not repeated in the message: it may be a secret in the wrong place. */
        private static void require(boolean usable, String name, String expected) {
            if (!usable) {
                throw new IllegalArgumentException("S3 option " + name + " must be " + expected);
            }
        }

        private List<Object> values() {
            return List.of(
                    Objects.requireNonNullElse(region, ""),
                    Optional.ofNullable(endpoint),
                    Optional.ofNullable(pathStyle),
                    anonymous,
                    Objects.requireNonNullElse(profile, ""),
                    requesterPays,
                    allowChanging,
                    Optional.ofNullable(credentials),
                    Optional.ofNullable(client),
                    connections,
                    attemptTimeout,
                    connectTimeout,
                    totalTimeout,
                    retries,
                    retryBudget,
                    backoff,
                    userAgent,
                    Map.copyOf(headers));
        }
    }
}
