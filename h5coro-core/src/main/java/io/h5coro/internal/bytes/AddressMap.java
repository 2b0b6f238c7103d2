// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

/**
 * What the addresses that a file stores mean as positions in one address space. They differ only where a file consists
 * of several whose addresses are far apart. Immutable.
 */
@FunctionalInterface
public interface AddressMap {
    /** Addresses are positions; those above 2^63 - 1 are none. */
    AddressMap SAME = stored -> stored;

    /**
     * The position of a stored address, read as an unsigned number; negative when it has none. Pure and thread-safe:
     * cursors of all threads share the map of their file.
     *
     * @param stored the number in the file; the base address is not added
     */
    long place(long stored);
}
