// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code Content-Range} header of 206: {@code bytes first-last/total} (RFC 9110, 14.4), as a half-open range.
 *
 * @param start first byte
 * @param end the byte behind the last
 * @param sizeBytes size of the whole object
 */
record ContentRange(long start, long end, long sizeBytes) {
    /** At most 18 digits, so that every number fits. */
    private static final Pattern SATISFIED = Pattern.compile("(?i:bytes) +([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

    private static final Pattern UNSATISFIED = Pattern.compile("(?i:bytes) +\\*/([0-9]{1,18})");

    /** Empty when the header is malformed, contradicts itself or leaves out the size. */
    static Optional<ContentRange> parse(String header) {
        Matcher matcher = SATISFIED.matcher(header.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        ContentRange range = new ContentRange(number(matcher, 1), number(matcher, 2) + 1, number(matcher, 3));
        return range.start < range.end && range.end <= range.sizeBytes ? Optional.of(range) : Optional.empty();
    }

    /** The size that the {@code Content-Range} of a 416 tells. */
    static OptionalLong parseUnsatisfied(String header) {
        Matcher matcher = UNSATISFIED.matcher(header.strip());
        return matcher.matches() ? OptionalLong.of(number(matcher, 1)) : OptionalLong.empty();
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group));
    }

    long length() {
        return end - start;
    }
}
