// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.DriverInfo;
import io.h5coro.internal.walk.DriverInformation;
import io.h5coro.storage.RangeReader;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Members of equal size one behind the other, named by a pattern. How large they are is in the driver information (8
 * bytes) or, without it, the size of the first one; how many there are follows from the end of the file.
 *
 * <p>Example: {@code data%05d.h5} with members of 1 GiB and an end of file at 2.5 GiB consists of data00000.h5,
 * data00001.h5 and data00002.h5; address 1.5 GiB is byte 512 MiB of the second one.
 *
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5FDfamily.c">H5FDfamily.c</a>
 */
final class FamilyFile {
    private static final String NUMBER = "(0?)([1-9][0-9]?)?[du]";
    private static final Pattern IN_PATH = Pattern.compile("%" + NUMBER);

    /**
     * In a URL {@code %2d} is a hyphen and {@code %20d} a blank before a letter; of control characters none has a name.
     */
    private static final Pattern IN_URL = Pattern.compile("%(?![2-9A-Fa-f][0-9A-Fa-f])" + NUMBER);

    /** Locations in which a per cent sign begins an escape. */
    private static final Pattern URL = Pattern.compile("(?i)(https?|file):.*", Pattern.DOTALL);

    private FamilyFile() {}

    /** Whether a location names a family: it has one {@code %d} with or without a width, such as {@code %05d}. */
    static boolean isPattern(String location) {
        Matcher matcher = numbers(location);
        return matcher.find() && !matcher.find();
    }

    private static Matcher numbers(String location) {
        return (URL.matcher(location).matches() ? IN_URL : IN_PATH).matcher(location);
    }

    /**
     * The name of a member.
     *
     * @param pattern the location, with one number in it
     * @param number from 0 on; longer than the width when it has more digits
     */
    private static String member(String pattern, int number, Members members) {
        Matcher matcher = numbers(pattern);
        if (!matcher.find()) {
            throw new SelectionException(
                    Where.source(members.shown()),
                    "a family is opened by a name with a printf pattern in place of the number");
        }
        String width = matcher.group(2);
        String digits = width == null
                ? Integer.toString(number)
                : String.format(Locale.ROOT, "%" + matcher.group(1) + width + "d", number);
        return pattern.substring(0, matcher.start()) + digits + pattern.substring(matcher.end());
    }

    /**
     * Opens all members; blocks for the first one's superblock and the last one's size. The last member may be shorter
     * than the others.
     */
    static MountedFile open(String pattern, Members members) {
        RangeReader first = members.open(member(pattern, 0, members));
        DriverInformation.Found found = members.information(first);
        long size = memberSize(found, first);
        long count = Math.max(1, (found.endOfFile() + size - 1) / size);
        RangeReader last = first;
        for (int i = 1; i < count; i++) {
            last = members.open(member(pattern, i, members));
        }
        long total = (count - 1) * size + Math.min(size, members.sizes(List.of(last))[0]);
        return new MountedFile(
                new JoinedRangeReader(members.shown(), members.all(), Placement.family(size), total), AddressMap.SAME);
    }

    /**
     * Bytes of every member but the last.
     *
     * @throws MalformedFileException when it is not positive, or the sum of all members exceeds 2^63 - 1
     */
    private static long memberSize(DriverInformation.Found found, RangeReader first) {
        long size = found.info()
                .filter(info -> info.name().equals(DriverInfo.FAMILY))
                .map(info -> info.information().copy())
                .map(Cursor::i64)
                .orElse(first.size().orElse(0));
        if (size <= 0 || found.endOfFile() > Long.MAX_VALUE - size) {
            throw new MalformedFileException(
                    Where.source(first.source()), "family of members of " + Long.toUnsignedString(size) + " bytes");
        }
        return size;
    }
}
