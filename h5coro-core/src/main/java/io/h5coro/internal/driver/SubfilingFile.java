// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.storage.RangeReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stripes dealt to subfiles in turn. A small text beside the file, {@code NAME.subfile_INODE.config}, says stripe size
 * and number of subfiles, which are {@code NAME.subfile_INODE_k_of_n}, k from 1 on with as many digits as n. Objects of
 * a store and copied files have no inode; their names have none then ({@code NAME.subfile.config}).
 *
 * <p>Example: 4 subfiles and stripes of 32 MiB. Address 200 MiB is in stripe 6, which is the second one of subfile 3 of
 * 4 (index 2), at its byte 32 MiB + 8 MiB.
 *
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5FDsubfiling/H5subfiling_common.c">source</a>
 */
final class SubfilingFile {
    /** The text is two short lines, and one name for each subfile. */
    private static final int CONFIG_BYTES = 64 << 10;

    /** Subfiles are opened one by one, so a damaged number must not make us open billions. */
    private static final int MOST_SUBFILES = 1 << 16;

    /** A stripe shorter than this would make a read of some megabytes millions of pieces. */
    private static final int LEAST_STRIPE = 64;

    private SubfilingFile() {}

    /**
     * Opens the subfiles.
     *
     * @param inode the number in the names; empty when they have none
     */
    static MountedFile open(String location, OptionalLong inode, Members members) {
        String prefix = location + ".subfile" + (inode.isPresent() ? "_" + inode.getAsLong() : "");
        RangeReader config = members.open(prefix + ".config");
        String text = new String(members.read(config, 0, CONFIG_BYTES), StandardCharsets.ISO_8859_1);
        config.close();
        long stripe = number(config, text, "stripe_size");
        long count = number(config, text, "subfile_count");
        if (stripe < LEAST_STRIPE || stripe > Long.MAX_VALUE / 2 || count < 1 || count > MOST_SUBFILES) {
            throw new MalformedFileException(
                    Where.source(config.source()), count + " subfiles with stripes of " + stripe + " bytes");
        }
        List<RangeReader> subfiles = new ArrayList<>();
        int digits = Long.toString(count).length();
        for (int k = 1; k <= count; k++) {
            subfiles.add(members.open(prefix + String.format(Locale.ROOT, "_%0" + digits + "d_of_%d", k, count)));
        }
        long size = size(members.sizes(subfiles), stripe);
        Placement placement = Placement.stripes(stripe, (int) count);
        return new MountedFile(new JoinedRangeReader(members.shown(), subfiles, placement, size), AddressMap.SAME);
    }

    /**
     * A number of the configuration.
     *
     * @throws MalformedFileException when the text has no such key, or its number more than 18 digits
     */
    private static long number(RangeReader config, String text, String key) {
        Matcher matcher = Pattern.compile(key + "=([0-9]{1,18})(?![0-9])").matcher(text);
        if (!matcher.find()) {
            throw new MalformedFileException(
                    Where.source(config.source()), "subfiling configuration without a number for " + key);
        }
        return Long.parseLong(matcher.group(1));
    }

    /**
     * The address behind the last byte that a subfile holds. Example: with two subfiles and stripes of 100 bytes, a
     * first one of 150 bytes ends at address 250, and a second one of 100 bytes at 200: the file has 250.
     */
    private static long size(long[] sizes, long stripe) {
        long end = 0;
        for (int k = 0; k < sizes.length; k++) {
            if (sizes[k] > 0) {
                long last = sizes[k] - 1;
                long address = (last / stripe * sizes.length + k) * stripe + last % stripe;
                end = Math.max(end, address + 1);
            }
        }
        return end;
    }
}
