// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says it holds: bytes {@code [start, end)} of an object of {@code total} bytes (RFC 9110, 14.4).
 *
 * @param start first byte
 * @param end behind the last byte
 * @param total size of the object; empty when the server writes {@code *}
 */
record ContentRange(long start, long end, OptionalLong total) {
    private static final String NUMBER = "(\\d{1,18})";
    private static final Pattern PART = Pattern.compile("bytes " + NUMBER + "-" + NUMBER + "/(?:" + NUMBER + "|\\*)");
    private static final Pattern NONE = Pattern.compile("bytes \\*/" + NUMBER);

    /** The header of a 206; empty when it is missing or makes no sense. */
    static Optional<ContentRange> parse(@Nullable String header) {
        Matcher matcher = PART.matcher(header == null ? "" : header.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long start = Long.parseLong(matcher.group(1));
        long end = Long.parseLong(matcher.group(2)) + 1;
        @Nullable String size = matcher.group(3);
        OptionalLong total = size == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(size));
        boolean sound = start < end && end <= total.orElse(Long.MAX_VALUE);
        return sound ? Optional.of(new ContentRange(start, end, total)) : Optional.empty();
    }

    /** The size in the header of a 416, which has a star in place of the part. */
    static OptionalLong sizeOfUnsatisfied(@Nullable String header) {
        Matcher matcher = NONE.matcher(header == null ? "" : header.trim());
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
