// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.object.WireProperties;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Parses the text properties of S3: h5coro's credential map and the options of the command line.
 *
 * <p>The identity is chosen in h5coro's order: {@code annon} (its spelling) or {@code anon}, {@code role},
 * {@code profile}, {@code aws_access_key_id} and its companions, {@code accessKeyId} and its companions, otherwise the
 * environment. No message repeats a value.
 */
final class S3Properties {
    private static final Set<String> TRUE = Set.of("true", "1", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "none", "");

    private static final List<String> ANONYMOUS = List.of("annon", "anon", "anonymous");
    private static final List<String> SNAKE =
            List.of("aws_access_key_id", "aws_secret_access_key", "aws_session_token");
    private static final List<String> CAMEL = List.of("accessKeyId", "secretAccessKey", "sessionToken");
    private static final List<String> PLACE =
            List.of("role", "profile", "endpoint", "region", "path_style", "requester_pays");

    /**
     * A part of the credential maps that stores hand out. It is accepted and not used: longer reads need a provider.
     */
    private static final Set<String> PASSED = Set.of("expiration");

    private static final Set<String> OWNED =
            Stream.of(ANONYMOUS, SNAKE, CAMEL, PLACE).flatMap(List::stream).collect(Collectors.toUnmodifiableSet());

    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

    private final Map<String, String> given;

    /** The names of all properties that S3 takes. */
    static Set<String> names() {
        return Stream.of(OWNED, PASSED, WireProperties.names())
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private S3Properties(Map<String, String> given) {
        this.given = given;
    }

    /**
     * Returns the options that {@code options} hold, as an {@link S3Options} or as text properties. Properties of other
     * providers pass.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when a value is unusable, half of a pair of keys is
     *     missing, or both forms are given
     */
    static S3Options read(StorageOptions options) throws StorageException {
        S3Properties properties = new S3Properties(options.properties());
        Optional<S3Options> object = options.object(S3Options.class);
        Optional<String> owned = properties.given.keySet().stream()
                .filter(OWNED::contains)
                .sorted()
                .findFirst()
                .or(() -> WireProperties.of(properties.given)
                        .any()
                        .map(name -> name.startsWith("header.") ? "header" : name));
        if (object.isPresent()) {
            if (owned.isPresent()) {
                throw invalid("S3 options are given twice: as S3Options and as the property " + owned.get());
            }
            return object.get();
        }
        return owned.isPresent() ? properties.toOptions() : S3Options.defaults();
    }

    /**
     * Refuses values that cannot be used, where there are properties that only S3 takes.
     *
     * @throws StorageException as {@link #read}
     */
    static void check(StorageOptions options) throws StorageException {
        if (options.properties().keySet().stream().anyMatch(OWNED::contains)) {
            S3Options unused = new S3Properties(options.properties()).toOptions();
        }
    }

    private S3Options toOptions() throws StorageException {
        S3Options.Builder builder = S3Options.builder();
        identity(builder);
        try {
            if (given.containsKey("region")) {
                builder.region(value("region"));
            }
            if (given.containsKey("endpoint")) {
                builder.endpoint(new URI(value("endpoint")));
            }
            if (given.containsKey("path_style")) {
                builder.pathStyle(flag("path_style"));
            }
            wire(WireProperties.of(given), builder);
            return builder.requesterPays(flag("requester_pays")).build();
        } catch (URISyntaxException e) {
            throw invalid("S3 option endpoint must be http(s)://host[:port]");
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static void wire(WireProperties wire, S3Options.Builder builder) throws StorageException {
        wire.time("attempt_timeout").ifPresent(builder::attemptTimeout);
        wire.time("connect_timeout").ifPresent(builder::connectTimeout);
        wire.time("total_timeout").ifPresent(builder::totalTimeout);
        wire.number("connections").ifPresent(builder::connections);
        wire.number("retries").ifPresent(builder::retries);
        wire.userAgent().ifPresent(builder::userAgent);
        wire.headers().forEach(builder::header);
    }

    private void identity(S3Options.Builder builder) throws StorageException {
        Optional<AwsCredentials> keys = keys();
        boolean anonymous = false;
        for (String name : ANONYMOUS) {
            anonymous |= flag(name);
        }
        boolean role = role();
        if (anonymous) {
            builder.anonymous(true);
        } else if (!role && given.containsKey("profile")) {
            builder.profile(value("profile"));
        } else if (!role && keys.isPresent()) {
            builder.credentials(new FixedCredentials(keys.get()));
        }
    }

    /** In h5coro the flag asks for the identity of the machine or session; it is no name of a role. */
    private boolean role() throws StorageException {
        if (given.getOrDefault("role", "").startsWith("arn:")) {
            throw invalid("S3 option role is a flag; to assume a role name a profile that has role_arn");
        }
        return flag("role");
    }

    private Optional<AwsCredentials> keys() throws StorageException {
        Optional<AwsCredentials> snake = keys(SNAKE);
        Optional<AwsCredentials> camel = keys(CAMEL);
        if (snake.isPresent() && camel.isPresent() && !snake.equals(camel)) {
            throw invalid("S3 keys are given twice and differ: as " + SNAKE.get(0) + " and as " + CAMEL.get(0));
        }
        return snake.isPresent() ? snake : camel;
    }

    private Optional<AwsCredentials> keys(List<String> names) throws StorageException {
        String id = names.get(0);
        String secret = names.get(1);
        String token = given.getOrDefault(names.get(2), "");
        if (!given.containsKey(id) && !given.containsKey(secret)) {
            if (!token.isEmpty()) {
                throw invalid("S3 option " + names.get(2) + " needs " + id + " and " + secret);
            }
            return Optional.empty();
        }
        if (!given.containsKey(id) || !given.containsKey(secret)) {
            throw invalid("S3 options " + id + " and " + secret + " are given together or not at all");
        }
        return Optional.of(
                token.isEmpty()
                        ? AwsBasicCredentials.create(value(id), value(secret))
                        : AwsSessionCredentials.create(value(id), value(secret), value(names.get(2))));
    }

    /** A value that must be there; printable and without blanks, as all of ours but the name of a profile are. */
    private String value(String name) throws StorageException {
        String value = Objects.requireNonNullElse(given.get(name), "");
        if (value.isBlank()) {
            throw invalid("S3 option " + name + " is empty");
        }
        if (!name.equals("profile") && !PRINTABLE.matcher(value).matches()) {
            throw invalid("S3 option " + name + " has a blank or a letter outside of ASCII");
        }
        return value;
    }

    private boolean flag(String name) throws StorageException {
        @Nullable String value = given.get(name);
        if (value == null || FALSE.contains(value.toLowerCase(Locale.ROOT))) {
            return false;
        }
        if (TRUE.contains(value.toLowerCase(Locale.ROOT))) {
            return true;
        }
        throw invalid("S3 option " + name + " must be true or false");
    }

    private static StorageException invalid(String message) {
        return new StorageException(Kind.INVALID, message);
    }
}
