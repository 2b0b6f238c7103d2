// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;

/**
 * Where an old-style group's links are: the symbol table message (0x11), {@code B-tree(O) local heap(O)}.
 *
 * @param btree B-tree of version 1
 * @param heap local heap of the names
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.r</a>,
 *     H5Ostab.c
 */
public record SymbolTableMessage(long btree, long heap) {
    /** Parses the body of a message. */
    public static SymbolTableMessage parse(Cursor c) {
        return new SymbolTableMessage(c.address(), c.address());
    }
}
