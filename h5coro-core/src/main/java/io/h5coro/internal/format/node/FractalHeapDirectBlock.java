// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.Lookup3;

/**
 * A direct block of a fractal heap: managed objects, whose offsets count from the block's first byte.
 *
 * <pre>
 * "FHDB" | version 0 | heap address (O) | offset in heap | checksum u32 (if the heap says so) | objects
 * </pre>
 *
 * The checksum covers the whole plain block with the checksum itself taken as zero.
 *
 * @param bytes the whole plain block
 * @param headBytes bytes that hold no object
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification III.G</a>,
 *     H5HFcache.c
 */
public record FractalHeapDirectBlock(Cursor bytes, int headBytes) {
    /**
     * Checks a block after its filters were undone.
     *
     * @param plain the whole block; must not change afterwards
     */
    public static FractalHeapDirectBlock parse(
            byte[] plain, Cursor.Origin origin, long address, FractalHeapHeader header, long offset, boolean verify) {
        Cursor at = Cursor.of(plain, origin, address);
        at.signature("FHDB").version("fractal heap direct block", 0, 0);
        FractalHeapIndirectBlock.checkOwner(at, header, offset);
        if (header.checksumBlocks()) {
            int field = at.offset();
            int expected = at.i32();
            if (verify) {
                verify(plain, field, expected, at);
            }
        }
        return new FractalHeapDirectBlock(at, at.offset());
    }

    private static void verify(byte[] plain, int field, int expected, Cursor at) {
        byte[] copy = plain.clone();
        for (int i = 0; i < Integer.BYTES; i++) {
            copy[field + i] = 0;
        }
        int found = Lookup3.hash(copy, 0, copy.length);
        if (found != expected) {
            throw new MalformedFileException(
                    new Where(at.origin().source(), null, at.position() - field - Integer.BYTES),
                    "fractal heap direct block has checksum 0x" + Integer.toHexString(found) + ", the file says 0x"
                            + Integer.toHexString(expected));
        }
    }

    /** An object of the block. */
    public Cursor object(long offset, long length) {
        int size = bytes.offset() + bytes.remaining();
        if (offset < headBytes || length < 0 || offset > size - length) {
            throw bytes.malformed(
                    "fractal heap object of " + length + " bytes at byte " + offset + " of its block of " + size);
        }
        return bytes.part((int) offset, (int) length);
    }
}
