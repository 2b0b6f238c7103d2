// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

/** What may go wrong with one operation on a disk. */
public enum DiskFault {
    /** There is no space: a file is not created, or of a write only the first bytes are there. */
    FULL,
    /** A file or folder cannot be read. */
    BROKEN_READ,
    /** Nothing is written, created, moved, deleted, or marked with a time. */
    BROKEN_CHANGE,
    /** Another program holds a file, which is therefore neither moved nor deleted. */
    HELD,
    /** From now on a file has other bits than were written; happens as it is opened to be read. */
    ROT,
    /** A read or write takes some of the bytes only, as it is allowed to. */
    SHORT_TRANSFER,
    /** The operation takes some seconds. */
    SLOW
}
