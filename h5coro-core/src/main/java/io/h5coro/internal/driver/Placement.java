// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

/** Says where the bytes of one address space are. Immutable. */
@FunctionalInterface
interface Placement {
    /** Member number of bytes that no member holds: they are zeros. */
    int ZEROS = -1;

    /**
     * The run that holds an address.
     *
     * @param address not negative, below the size of the address space
     */
    Run runAt(long address);

    /**
     * Bytes that are neighbours in the address space and in one member.
     *
     * @param member index of the member, or {@link #ZEROS}
     * @param offset place in the member of the address asked for
     * @param length bytes from there to the end of the run; at least 1
     */
    record Run(int member, long offset, long length) {}

    /**
     * Members of equal size one behind the other: the family driver.
     *
     * @param memberSize bytes of each member, positive
     */
    static Placement family(long memberSize) {
        return address ->
                new Run(Math.toIntExact(address / memberSize), address % memberSize, memberSize - address % memberSize);
    }

    /**
     * Stripes of equal size, dealt to the members in turn: the subfiling driver.
     *
     * @param stripeSize bytes of a stripe, positive
     * @param members number of members, positive
     */
    static Placement stripes(long stripeSize, int members) {
        return address -> {
            long stripe = address / stripeSize;
            long within = address % stripeSize;
            return new Run((int) (stripe % members), stripe / members * stripeSize + within, stripeSize - within);
        };
    }
}
