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
 * How to reach S3. Immutable; equal options share one client and its connections.
 *
 * <p>What is not set comes from where the AWS SDK looks: system properties, environment ({@code AWS_REGION},
 * {@code AWS_ENDPOINT_URL_S3}, {@code AWS_ENDPOINT_URL}, {@code AWS_PROFILE}, keys), {@code ~/.aws}, the machine's
 * role. {@link #toString()} shows no credential.
 */
public final class S3Options {
    private static final S3Options DEFAULTS = builder().build();

    private final Builder set;

    private S3Options(Builder set) {
        this.set = set;
    }

    /** Everything from the surroundings. */
    public static S3Options defaults() {
        return DEFAULTS;
    }

    /** Starts with {@link #defaults()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts with these options. */
    public Builder toBuilder() {
        return new Builder(set);
    }

    /** The region; empty: from the surroundings, else {@code us-east-1}, following the bucket into its own region. */
    public Optional<String> region() {
        return Optional.ofNullable(set.region);
    }

    /** Another server than Amazon's, {@code http(s)://host[:port]}; empty: from the surroundings, else Amazon. */
    public Optional<URI> endpoint() {
        return Optional.ofNullable(set.endpoint);
    }

    /** Whether the bucket is part of the path, not of the host name; empty: yes where there is an endpoint. */
    public Optional<Boolean> pathStyle() {
        return Optional.ofNullable(set.pathStyle);
    }

    /** Whether requests are not signed; no credentials are looked for then. */
    public boolean anonymous() {
        return set.anonymous;
    }

    /** The profile of {@code ~/.aws} to take credentials and region from. */
    public Optional<String> profile() {
        return Optional.ofNullable(set.profile);
    }

    /** Whether the caller pays for the transfer from a requester-pays bucket. */
    public boolean requesterPays() {
        return set.requesterPays;
    }

    /** The caller's source of credentials. It stays the caller's: it is not closed. */
    public Optional<AwsCredentialsProvider> credentials() {
        return Optional.ofNullable(set.credentials);
    }

    /** The caller's client. It stays the caller's: it is not closed, and its own time-outs and retries hold. */
    public Optional<S3Client> client() {
        return Optional.ofNullable(set.client);
    }

    /** How many requests are under way at once, and how many connections there are at most; 64 unless set. */
    public int connections() {
        return set.connections;
    }

    /** How long one attempt may take to its response, and how long its body may stand still; 30 s unless set. */
    public Duration attemptTimeout() {
        return set.attemptTimeout;
    }

    /** How long connecting may take; 5 s unless set. */
    public Duration connectTimeout() {
        return set.connectTimeout;
    }

    /** How long one range may take from its first request on, with all retries and pauses; 5 min unless set. */
    public Duration totalTimeout() {
        return set.totalTimeout;
    }

    /**
     * How often a request for one range is sent again, the missing tail of a broken body included; 7 unless set: with
     * one request in ten failing, one range in a hundred million fails for good. A server that has not answered once is
     * asked three times. The SDK's own retries are off.
     */
    public int retries() {
        return set.retries;
    }

    /**
     * How many requests of one open object are sent again, besides one for each four that were answered; 256 unless
     * set.
     */
    public int retryBudget() {
        return set.retryBudget;
    }

    /**
     * Whether the size of an object alone tells that it is still the same; false unless set. What is read is a mixture
     * when the object is replaced meanwhile by one of the same size; a warning is logged for each reader.
     */
    public boolean allowChanging() {
        return set.allowChanging;
    }

    /**
     * How long to wait before that; up to 100 ms, doubled up to 10 s, unless set. A server's Retry-After takes its
     * place.
     */
    public Backoff backoff() {
        return set.backoff;
    }

    /**
     * How the reader names itself to the server, behind what the SDK says of itself; {@code h5coro-java} unless set.
     */
    public String userAgent() {
        return set.userAgent;
    }

    /** The names of the headers that are sent besides; their values are not shown. */
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

    /** Collects options. Confined to one thread. */
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
         * Sets {@link S3Options#region()}.
         *
         * @throws IllegalArgumentException when it cannot be the name of a region
         */
        public Builder region(String value) {
            require(value.matches("[A-Za-z0-9-]{1,64}"), "region", "letters, digits and -");
            region = value;
            return this;
        }

        /**
         * Sets {@link S3Options#endpoint()}.
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

        /** Sets {@link S3Options#pathStyle()}. */
        public Builder pathStyle(boolean value) {
            pathStyle = value;
            return this;
        }

        /** Sets {@link S3Options#anonymous()}. */
        public Builder anonymous(boolean value) {
            anonymous = value;
            return this;
        }

        /**
         * Sets {@link S3Options#profile()}.
         *
         * @throws IllegalArgumentException when it is blank
         */
        public Builder profile(String value) {
            require(!value.isBlank(), "profile", "a name");
            profile = value;
            return this;
        }

        /** Sets {@link S3Options#allowChanging()}. */
        public Builder allowChanging(boolean value) {
            allowChanging = value;
            return this;
        }

        /** Sets {@link S3Options#requesterPays()}. */
        public Builder requesterPays(boolean value) {
            requesterPays = value;
            return this;
        }

        /** Sets {@link S3Options#credentials()}. */
        public Builder credentials(AwsCredentialsProvider value) {
            credentials = value;
            return this;
        }

        /** Sets {@link S3Options#client()}. */
        public Builder client(S3Client value) {
            client = value;
            return this;
        }

        /**
         * Sets {@link S3Options#connections()}.
         *
         * @throws IllegalArgumentException when it is not 1 to 1024
         */
        public Builder connections(int value) {
            require(value >= 1 && value <= MAX_CONNECTIONS, "connections", "1 to " + MAX_CONNECTIONS);
            connections = value;
            return this;
        }

        /**
         * Sets {@link S3Options#attemptTimeout()}.
         *
         * @throws IllegalArgumentException when it is not 1 ms to 1 h
         */
        public Builder attemptTimeout(Duration value) {
            attemptTimeout = timeout("attemptTimeout", value);
            return this;
        }

        /**
         * Sets {@link S3Options#connectTimeout()}.
         *
         * @throws IllegalArgumentException when it is not 1 ms to 1 h
         */
        public Builder connectTimeout(Duration value) {
            connectTimeout = timeout("connectTimeout", value);
            return this;
        }

        /**
         * Sets {@link S3Options#totalTimeout()}.
         *
         * @throws IllegalArgumentException when it is not 1 ms to 1 h
         */
        public Builder totalTimeout(Duration value) {
            totalTimeout = timeout("totalTimeout", value);
            return this;
        }

        /**
         * Sets {@link S3Options#retryBudget()}.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder retryBudget(int value) {
            require(value >= 0, "retryBudget", "0 or more");
            retryBudget = value;
            return this;
        }

        /** Sets {@link S3Options#backoff()}. */
        public Builder backoff(Backoff value) {
            backoff = value;
            return this;
        }

        /**
         * Sets {@link S3Options#retries()}.
         *
         * @throws IllegalArgumentException when it is not 0 to 20
         */
        public Builder retries(int value) {
            require(value >= 0 && value <= MAX_RETRIES, "retries", "0 to " + MAX_RETRIES);
            retries = value;
            return this;
        }

        /**
         * Sets {@link S3Options#userAgent()}.
         *
         * @throws IllegalArgumentException when it is blank or has letters that a header cannot have
         */
        public Builder userAgent(String value) {
            require(value.matches("[ -~]*[!-~][ -~]*"), "userAgent", "printable ASCII");
            userAgent = value;
            return this;
        }

        /**
         * Sends a header with each request for bytes; it is signed with it.
         *
         * @throws IllegalArgumentException when HTTP does not allow it, or requests need it themselves
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
         * The options set so far.
         *
         * @throws IllegalArgumentException when two of them contradict each other: more than one of anonymous, profile
         *     and credentials, or a caller's client next to what only a client of our own can follow
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
