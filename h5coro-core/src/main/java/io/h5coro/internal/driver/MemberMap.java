// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import io.h5coro.internal.bytes.AddressMap;
import java.util.Arrays;

/**
 * Members whose addresses are unsigned numbers far apart, put one behind the other. Immutable.
 *
 * <p>Example: members of 10 bytes at 0 and of 20 bytes at 2^63 become one address space of 30 bytes, in which the
 * stored address 2^63 + 5 is 15.
 */
final class MemberMap implements AddressMap, Placement {
    /** First stored address of each member, unsigned, in no particular order. */
    private final long[] starts;

    /** Bytes of each member; none is negative. */
    private final long[] sizes;

    /** Invariant: where each member starts in the address space, ascending in the order of the members. */
    private final long[] bases;

    /**
     * Members in their order.
     *
     * @param starts first stored address of each, all different
     * @param sizes bytes of each, together at most 2^63 - 1
     */
    MemberMap(long[] starts, long[] sizes) {
        this.starts = starts.clone();
        this.sizes = sizes.clone();
        this.bases = new long[starts.length];
        for (int i = 1; i < bases.length; i++) {
            bases[i] = bases[i - 1] + sizes[i - 1];
        }
    }

    /** Bytes of all members. */
    long size() {
        return Arrays.stream(sizes).sum();
    }

    /**
     * The place of an address, or of the first one behind a member; an address belongs to the last member that starts
     * before.
     */
    @Override
    public long place(long stored) {
        int member = -1;
        for (int i = 0; i < starts.length; i++) {
            if (Long.compareUnsigned(starts[i], stored) <= 0
                    && (member < 0 || Long.compareUnsigned(starts[i], starts[member]) > 0)) {
                member = i;
            }
        }
        if (member < 0) {
            return -1;
        }
        long within = stored - starts[member];
        return Long.compareUnsigned(within, sizes[member]) > 0 ? -1 : bases[member] + within;
    }

    /** {@inheritDoc} Members are few (six at most), so they are searched one after the other. */
    @Override
    public Run runAt(long address) {
        int member = 0;
        while (address - bases[member] >= sizes[member]) {
            member++;
        }
        long within = address - bases[member];
        return new Run(member, within, sizes[member] - within);
    }
}
