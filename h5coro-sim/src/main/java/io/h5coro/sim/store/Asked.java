// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as it arrives.
 *
 * @param method GET or HEAD
 * @param path as it came
 * @param key path without its first slash, decoded
 * @param query decoded parameters
 * @param headers by names in any case
 */
record Asked(String method, String path, String key, Map<String, String> query, Map<String, String> headers) {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,19})");

    /**
     * A range, both ends included in the header, half-open here.
     *
     * @param start first byte
     * @param end behind the last byte
     */
    record Span(long start, long end) {}

    /** Reads a request as clients make them. */
    static Asked of(String method, URI uri, Map<String, List<String>> headers) {
        Map<String, String> query = new TreeMap<>();
        String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String part : raw.split("&", -1)) {
            String[] both = part.split("=", 2);
            query.put(decoded(both[0]), both.length == 2 ? decoded(both[1]) : "");
        }
        Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> first.put(name, values.get(0)));
        String key = decoded(uri.getRawPath().substring(1).replace("+", "%2B"));
        return new Asked(method, uri.getRawPath(), key, query, first);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Returns the range; empty for the whole object. */
    Optional<Span> range() {
        Matcher matcher = RANGE.matcher(headers.getOrDefault("Range", ""));
        return matcher.matches()
                ? Optional.of(new Span(Long.parseLong(matcher.group(1)), saturated(matcher.group(2))))
                : Optional.empty();
    }

    /** Returns what follows a number; the largest one for numbers that are as large. */
    private static long saturated(String last) {
        BigInteger end = new BigInteger(last).add(BigInteger.ONE);
        return end.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
    }

    Optional<String> condition() {
        return Optional.ofNullable(headers.get("If-Match"));
    }

    /** Returns who asks: what the reader calls itself. */
    String who() {
        return headers.getOrDefault("User-Agent", "");
    }

    boolean isListing() {
        return query.containsKey("list-type");
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Returns the prefix whose faults it shares: all up to the last slash. */
    String prefix() {
        String at = isListing() ? key + "/" + query.getOrDefault("prefix", "") : key;
        return at.substring(0, at.lastIndexOf('/') + 1);
    }

    /** Returns the token that it brings; empty for none. */
    Optional<String> token() {
        String bearer = headers.getOrDefault("Authorization", "");
        if (bearer.startsWith("Bearer ")) {
            return Optional.of(bearer.substring("Bearer ".length()));
        }
        return Optional.ofNullable(headers.get("x-amz-security-token")).or(this::signature);
    }

    Optional<String> signature() {
        return Optional.ofNullable(query.get("X-Amz-Signature"));
    }

    /** Shows it in a trace. */
    String shown() {
        return method + " " + key
                + range().map(r -> " [" + r.start() + ", " + r.end() + ")").orElse("")
                + (isListing() ? " list " + query.getOrDefault("prefix", "") : "")
                + condition().map(tag -> " if " + tag).orElse("");
    }
}
