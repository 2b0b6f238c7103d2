// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.object.WireProperties;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parses the text properties of storage over HTTP. No message repeats a value. Pure, except for the netrc file that it
 * reads.
 */
final class HttpProperties {
    /** Two names of one property. They alone may stand beside an {@link HttpOptions}, whose own token comes first. */
    private static final Set<String> TOKENS = Set.of("token", "bearer_token");
    /** Properties beside the token and the shared ones. */
    private static final Set<String> OWN = Set.of("netrc", "cookies", "index_pages");

    private static final Set<String> TRUE = Set.of("true", "1", "yes", "on");
    /** Values that mean no; the empty one is that of a variable which is set to nothing. */
    private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "");

    private HttpProperties() {}

    static Set<String> names() {
        return Stream.of(TOKENS, OWN, WireProperties.names())
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The options that {@code options} hold, as an {@link HttpOptions} or as text properties.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when a value is unusable, or both forms are given
     */
    static HttpOptions read(StorageOptions options) throws StorageException {
        Map<String, String> given = options.properties();
        WireProperties wire = WireProperties.of(given);
        Optional<HttpOptions> object = options.object(HttpOptions.class);
        Optional<String> ours = wire.any()
                .or(() -> OWN.stream().filter(given::containsKey).sorted().findFirst());
        if (object.isPresent() && ours.isPresent()) {
            throw invalid("HTTP options are given twice: as HttpOptions and as the property "
                    + (ours.get().startsWith("header.") ? "header" : ours.get()));
        }
        HttpOptions http = object.orElse(HttpOptions.defaults());
        Optional<String> token = options.property("token").or(() -> options.property("bearer_token"));
        if (ours.isEmpty() && (token.isEmpty() || http.token != null)) {
            return http;
        }
        HttpOptions.Builder builder = http.toBuilder();
        apply(wire, builder);
        netrc(given, builder);
        flags(given, builder);
        if (token.isPresent() && http.token == null) {
            token(token.get(), builder);
        }
        return builder.build();
    }

    /**
     * Refuses values that cannot be used. The netrc file is not looked for.
     *
     * @throws StorageException of kind {@link Kind#INVALID}
     */
    static void check(Map<String, String> given) throws StorageException {
        HttpOptions.Builder builder = HttpOptions.builder();
        apply(WireProperties.of(given), builder);
        flags(given, builder);
        for (String name : TOKENS) {
            if (given.containsKey(name)) {
                token(given.getOrDefault(name, ""), builder);
            }
        }
    }

    /** Hands the shared properties to the builder, which checks them. */
    private static void apply(WireProperties wire, HttpOptions.Builder builder) throws StorageException {
        try {
            wire.time("attempt_timeout").ifPresent(builder::attemptTimeout);
            wire.time("connect_timeout").ifPresent(builder::connectTimeout);
            wire.time("total_timeout").ifPresent(builder::totalTimeout);
            wire.number("connections").ifPresent(builder::connections);
            wire.number("retries").ifPresent(builder::retries);
            wire.userAgent().ifPresent(builder::userAgent);
            wire.headers().forEach(builder::header);
        } catch (IllegalArgumentException e) {
            // The builder's messages hold no secret: the name of a header, or a number.
            throw invalid("an HTTP option is not usable: " + e.getMessage());
        }
    }

    /**
     * Hands over the netrc file. A yes means the user's file; any other text is a path.
     */
    private static void netrc(Map<String, String> given, HttpOptions.Builder builder) throws StorageException {
        String netrc = given.getOrDefault("netrc", "");
        String small = netrc.toLowerCase(Locale.ROOT);
        if (!FALSE.contains(small)) {
            try {
                builder.netrc(TRUE.contains(small) ? Netrc.ofUser() : Path.of(netrc));
            } catch (InvalidPathException e) {
                throw invalid("HTTP option netrc must be true or the path of a file");
            }
        }
    }

    private static void flags(Map<String, String> given, HttpOptions.Builder builder) throws StorageException {
        if (given.containsKey("index_pages")) {
            builder.indexPages(flag(given, "index_pages"));
        }
        if (given.containsKey("cookies")) {
            builder.cookies(flag(given, "cookies"));
        }
    }

    private static void token(String token, HttpOptions.Builder builder) throws StorageException {
        try {
            builder.bearerToken(token);
        } catch (IllegalArgumentException e) {
            throw invalid("the token holds characters that a header cannot have");
        }
    }

    private static boolean flag(Map<String, String> given, String name) throws StorageException {
        String value = given.getOrDefault(name, "").toLowerCase(Locale.ROOT);
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            throw invalid("HTTP option " + name + " must be true or false");
        }
        return TRUE.contains(value);
    }

    private static StorageException invalid(String message) {
        return new StorageException(Kind.INVALID, message);
    }
}
