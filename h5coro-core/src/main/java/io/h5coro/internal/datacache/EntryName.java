// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import io.h5coro.storage.ByteRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of an entry's file. It says which range the entry holds, so that a list of names is an index of the object. Only
 * an entry of several ranges has to be opened to know them.
 *
 * @param version of {@link ObjectKey#shortVersion}
 * @param offset first byte
 * @param end last byte, exclusive
 * @param count number of ranges
 * @param digest tells entries apart that differ in the ranges between; 0 for one range
 */
record EntryName(String version, long offset, long end, int count, int digest) {
    /** All files of entries, and no other ones. */
    static final Pattern PATTERN =
            Pattern.compile("([0-9a-f]{16})-([0-9a-f]{1,15})-([0-9a-f]{1,15})-([0-9a-f]{1,7})-([0-9a-f]{8})\\.h5data");

    /** The name of an entry of ranges, which are ascending and disjoint. */
    static EntryName of(ObjectKey key, List<ByteRange> ranges) {
        return new EntryName(
                key.shortVersion(),
                ranges.get(0).offset(),
                ranges.get(ranges.size() - 1).end(),
                ranges.size(),
                ranges.size() == 1 ? 0 : ranges.hashCode());
    }

    /** The name in a text; empty when it is another file's. */
    static Optional<EntryName> parse(String text) {
        Matcher name = PATTERN.matcher(text);
        if (!name.matches()) {
            return Optional.empty();
        }
        EntryName parsed = new EntryName(
                name.group(1),
                Long.parseLong(name.group(2), 16),
                Long.parseLong(name.group(3), 16),
                Integer.parseInt(name.group(4), 16),
                Integer.parseUnsignedInt(name.group(5), 16));
        return parsed.count > 0 && parsed.offset < parsed.end ? Optional.of(parsed) : Optional.empty();
    }

    /** The file's name. */
    String text() {
        return String.format(Locale.ROOT, "%s-%x-%x-%x-%08x.h5data", version, offset, end, count, digest);
    }

    /** Its range, where it is one. */
    Optional<ByteRange> range() {
        return count == 1 ? Optional.of(new ByteRange(offset, end - offset)) : Optional.empty();
    }
}
