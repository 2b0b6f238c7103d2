// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Content-Range} header (RFC 9110, 14.4), {@code bytes first-last/total}, as a half-open range
 * {@code [start, end)}. Immutable.
 *
 * @param start first byte
 * @param end end of the range, exclusive
 * @param total size of the whole object; empty when the server writes {@code *}
 */
public record ContentRange(long start, long end, OptionalLong total) {
    /** At most 18 digits, so that every number fits. */
    private static final String NUMBER = "([0-9]{1,18})";

    /** Group 1 is the first byte, group 2 the last one, group 3 the size, which is null for {@code *}. */
    private static final Pattern SATISFIED =
            Pattern.compile("(?i:bytes) +" + NUMBER + "-" + NUMBER + "/(?:" + NUMBER + "|\\*)");

    private static final Pattern UNSATISFIED = Pattern.compile("(?i:bytes) +\\*/" + NUMBER);

    /**
     * Parses the header of a 206 response.
     *
     * @return empty when it is missing, malformed or contradicts itself
     */
    public static Optional<ContentRange> parse(@Nullable String header) {
        Matcher matcher = SATISFIED.matcher(header == null ? "" : header.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String size = matcher.group(3);
        OptionalLong total = size == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(size));
        ContentRange range =
                new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)) + 1, total);
        boolean sound = range.start < range.end && range.end <= total.orElse(Long.MAX_VALUE);
        return sound ? Optional.of(range) : Optional.empty();
    }

    /**
     * Parses the header of a 416 response, {@code bytes *}{@code /total}.
     *
     * @return the size of the object; empty when the header does not state it
     */
    public static OptionalLong sizeOfUnsatisfied(@Nullable String header) {
        Matcher matcher = UNSATISFIED.matcher(header == null ? "" : header.strip());
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** Returns the number of bytes in the range. */
    public long length() {
        return end - start;
    }
}
