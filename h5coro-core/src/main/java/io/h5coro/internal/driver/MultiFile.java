// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.DriverInfo;
import io.h5coro.storage.RangeReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A member for each usage of bytes, whose addresses are far apart, up to 2^64. The members become neighbours in one
 * address space.
 *
 * <pre>
 * information  map(6): which usage's member holds each of superblock, B-tree, raw, global heap, local heap, header; 0:
 *              its own
 *              0(2)   for each member in the order of the map: first address(8) bytes(8)
 *              for each member: name, "%s" for the common part, NUL, padded to a multiple of 8
 * </pre>
 *
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5FDmulti.c">H5FDmulti.c</a>
 */
final class MultiFile {
    /** Kinds of bytes that can have a member: superblock, B-tree, raw data, global heap, local heap, object header. */
    private static final int USAGES = 6;

    private MultiFile() {}

    /**
     * Opens the members.
     *
     * @param location the common part of the names, or that of the first member
     * @param suffix what follows it in the name of the first member
     */
    static MountedFile open(String location, String suffix, Members members) {
        String base = location.endsWith(suffix) ? location.substring(0, location.length() - suffix.length()) : location;
        RangeReader first = members.open(base + suffix);
        Optional<DriverInfo> info = members.information(first).info();
        if (info.isEmpty() || !info.get().name().equals(DriverInfo.MULTI)) {
            throw new UnsupportedFeatureException(
                    Where.source(first.source()),
                    "a split or multi file whose first member has no information of the multi driver");
        }
        Cursor c = info.get().information().copy();
        int count = uniqueMembers(c);
        MemberMap map = map(c, count);
        List<RangeReader> readers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = base + suffix(c);
            readers.add(name.equals(base + suffix) ? first : members.open(name));
        }
        return new MountedFile(new JoinedRangeReader(members.shown(), readers, map, map.size()), map);
    }

    /** The number of different members in the map, which a split file has two of; moves behind the map. */
    private static int uniqueMembers(Cursor c) {
        Set<Integer> unique = new LinkedHashSet<>();
        for (int usage = 1; usage <= USAGES; usage++) {
            int member = c.u8();
            if (member > USAGES) {
                throw c.malformed("member map with entry " + member + ", expected at most " + USAGES);
            }
            unique.add(member == 0 ? usage : member);
        }
        c.skip(2);
        return unique.size();
    }

    /** Start and size of each member. Starts have to differ, and sizes to sum up to less than 2^63. */
    private static MemberMap map(Cursor c, int count) {
        long[] starts = new long[count];
        long[] sizes = new long[count];
        long left = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            starts[i] = c.i64();
            sizes[i] = c.i64();
            long start = starts[i];
            if (sizes[i] < 0 || sizes[i] > left || Arrays.stream(starts, 0, i).anyMatch(s -> s == start)) {
                throw c.malformed(
                        "member of " + Long.toUnsignedString(sizes[i]) + " bytes at 0x" + Long.toHexString(starts[i]));
            }
            left -= sizes[i];
        }
        return new MemberMap(starts, sizes);
    }

    /** What follows the common part in a name; a name that leads to another place is refused. */
    private static String suffix(Cursor c) {
        int before = c.remaining();
        String name = c.nulTerminated();
        c.skip(Math.min(c.remaining(), (8 - (before - c.remaining()) % 8) % 8));
        String suffix = name.startsWith("%s") ? name.substring(2) : "/";
        if (suffix.isEmpty()
                || suffix.chars().anyMatch(l -> l == '/' || l == '\\' || l == '%' || l == ':' || l == '?')) {
            throw c.unsupported("member name '" + name + "', which is not of the form %s-x.h5,");
        }
        return suffix;
    }
}
