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
 * The text properties that all storages over a network share: {@code connections}, {@code attempt_timeout},
 * {@code connect_timeout}, {@code total_timeout}, {@code retries}, {@code user_agent} and {@code header.NAME}. A time
 * is a number of seconds, or a number with {@code ms}, {@code s}, {@code m} or {@code h}. Immutable; no message repeats
 * a value.
 */
public final class WireProperties {
    private static final String HEADER = "header.";
    /** Group 1 is the number, group 2 the unit, which is empty for seconds: {@code 30}, {@code 1.5m}, {@code 500ms}. */
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h|)");

    private final Map<String, String> given;

    private WireProperties(Map<String, String> given) {
        this.given = given;
    }

    /** Returns the names of the properties; one that ends in a dot stands for all that start with it. */
    public static Set<String> names() {
        return Set.of(
                "connections", "attempt_timeout", "connect_timeout", "total_timeout", "retries", "user_agent", HEADER);
    }

    /** Picks the shared properties out of all text properties. */
    public static WireProperties of(Map<String, String> properties) {
        Map<String, String> ours = new LinkedHashMap<>();
        for (String name : new TreeSet<>(properties.keySet())) {
            if (names().contains(name) || name.startsWith(HEADER)) {
                ours.put(name, properties.get(name));
            }
        }
        return new WireProperties(ours);
    }

    /** Returns the name of one property that is set; empty when none is. */
    public Optional<String> any() {
        return given.keySet().stream().findFirst();
    }

    /**
     * Returns the value of a property as a time; empty when it is not set.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when the value is not a time
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
     * Returns the value of a property as a number; empty when it is not set.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when the value is not a number
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

    /** Returns the reader's name for servers; empty when it is not set. */
    public Optional<String> userAgent() {
        return Optional.ofNullable(given.get("user_agent"));
    }

    /** Returns the headers to send, by name. */
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
