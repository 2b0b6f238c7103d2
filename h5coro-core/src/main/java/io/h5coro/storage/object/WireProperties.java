// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text properties that all storages over a network have: {@code connections}, {@code attempt_timeout},
 * {@code connect_timeout}, {@code total_timeout}, {@code retries}, {@code user_agent} and {@code header.NAME}. A time
 * is a number of seconds, or a number with {@code ms}, {@code s}, {@code m} or {@code h}. Immutable; no message repeats
 * a value.
 */
public final class WireProperties {
    private static final String HEADER = "header.";
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h|)");

    private final Map<String, String> given;

    private WireProperties(Map<String, String> given) {
        this.given = given;
    }

    /** The names of the properties; one that ends in a dot stands for all that begin so. */
    public static Set<String> names() {
        return Set.of(
                "connections", "attempt_timeout", "connect_timeout", "total_timeout", "retries", "user_agent", HEADER);
    }

    /** Those of all text properties that are meant here. */
    public static WireProperties of(Map<String, String> properties) {
        Map<String, String> ours = new LinkedHashMap<>();
        for (String name : new TreeSet<>(properties.keySet())) {
            if (names().contains(name) || name.startsWith(HEADER)) {
                ours.put(name, properties.get(name));
            }
        }
        return new WireProperties(ours);
    }

    /** The name of one that is given, if any is. */
    public Optional<String> any() {
        return given.keySet().stream().findFirst();
    }

    /**
     * A time to wait.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when it is none
     */
    public Optional<Duration> time(String name) throws StorageException {
        String text = given.get(name);
        if (text == null) {
            return Optional.empty();
        }
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw unusable(name, "a time such as 30, 30s, 500ms or 2m");
        }
        double unit = switch (matcher.group(2)) {
            case "ms" -> 1;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 1_000;
        };
        long millis = Math.round(Double.parseDouble(matcher.group(1)) * unit);
        if (millis == 0) {
            throw unusable(name, "a time of at least 1 ms");
        }
        return Optional.of(Duration.ofMillis(millis));
    }

    /**
     * A number.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when it is none
     */
    public OptionalInt number(String name) throws StorageException {
        String text = given.get(name);
        if (text == null) {
            return OptionalInt.empty();
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw unusable(name, "a whole number");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    /** How the reader names itself to servers. */
    public Optional<String> userAgent() {
        return Optional.ofNullable(given.get("user_agent"));
    }

    /** The headers to send, by name. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                headers.put(name.substring(HEADER.length()), value);
            }
        });
        return headers;
    }

    private static StorageException unusable(String name, String expected) {
        return new StorageException(Kind.INVALID, "option " + name + " of the storage must be " + expected);
    }
}
