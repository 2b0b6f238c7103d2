// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.model.Dataspace;
import io.h5coro.model.Shape;

/**
 * Parses the dataspace message (0x01).
 *
 * <pre>
 * version 1: version(1) rank(1) flags(1) 0(5)        dimensions(L each) [maxima(L each) if bit 0]
 *            [permutation(L each) if bit 1]
 * version 2: version(1) rank(1) flags(1) type(1)     dimensions(L each) [maxima(L each) if bit 0]
 * </pre>
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.b</a>,
 *     H5Osdspace.c
 */
public final class DataspaceMessage {
    /** Most dimensions of the format (H5S_MAX_RANK): what a message claims beyond it is damage. */
    private static final int MAX_RANK = 32;

    private DataspaceMessage() {}

    /**
     * Parses the body of a message. Version 1 has no type: rank 0 is a scalar there, and it cannot state a null
     * dataspace.
     *
     * @throws io.h5coro.error.MalformedFileException when type and rank contradict each other, a maximum is below its
     *     length, or the elements are more than 2^63 - 1
     */
    public static Dataspace parse(Cursor c) {
        int version = c.version("dataspace message", 1, 2);
        int rank = c.u8();
        if (rank > MAX_RANK) {
            throw c.malformed("dataspace of rank " + rank + ", expected at most " + MAX_RANK);
        }
        int flags = c.u8();
        int type = rank == 0 ? 0 : 1;
        if (version == 2) {
            type = c.u8();
        } else {
            c.skip(5);
        }
        if (type == 2) {
            if (rank != 0) {
                throw c.malformed("null dataspace of rank " + rank);
            }
            return Dataspace.none();
        }
        if (type > 2 || (type == 0) != (rank == 0)) {
            throw c.malformed("dataspace of type " + type + " and rank " + rank);
        }
        return rank == 0 ? Dataspace.scalar() : simple(c, rank, (flags & 1) != 0);
    }

    /**
     * Parses the dimensions. The permutation that may follow in version 1 stays unread.
     *
     * @param maxima whether maximum lengths follow; without them each maximum is the current length
     */
    private static Dataspace simple(Cursor c, int rank, boolean maxima) {
        long[] dimensions = new long[rank];
        for (int i = 0; i < rank; i++) {
            dimensions[i] = c.length();
            if (dimensions[i] < 0) {
                throw c.malformed("dimension " + i + " is unlimited, expected a current length");
            }
        }
        long[] maximum = dimensions.clone();
        for (int i = 0; maxima && i < rank; i++) {
            maximum[i] = c.length();
            if (maximum[i] != Dataspace.UNLIMITED && maximum[i] < dimensions[i]) {
                throw c.malformed(
                        "dimension " + i + " has length " + dimensions[i] + ", above its maximum " + maximum[i]);
            }
        }
        Shape shape = Shape.of(dimensions);
        try {
            shape.elementCount();
        } catch (ArithmeticException e) {
            throw c.malformed("dataspace " + shape + " has more than 2^63 - 1 elements");
        }
        return new Dataspace(Dataspace.Kind.SIMPLE, shape, maximum);
    }
}
