// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.internal.bytes.Cursor.Origin;
import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.format.ForeignFormat;
import io.h5coro.internal.format.Superblock;
import io.h5coro.model.ReadOptions;
import java.util.function.LongSupplier;

/**
 * A file before its superblock is known: bytes without addresses.
 *
 * @param cache reads its bytes
 * @param size its size; asked for only after a read
 * @param source what messages call it
 * @param options how it is opened
 */
public record RawFile(BlockCache cache, LongSupplier size, String source, ReadOptions options) {
    /** A superblock behind a user block stands at a power of two from here on, so the search doubles the place. */
    private static final int FIRST_USER_BLOCK = 512;

    /** Its size. */
    long bytes() {
        return size.getAsLong();
    }

    /**
     * Looks for the signature at 0, 512, 1024, 2048, ...; blocks.
     *
     * @return the position of the superblock in the source, which is the base address
     * @throws MalformedFileException when there is no signature; the message says what the file is, if its start tells
     */
    long find() {
        long at = 0;
        do {
            byte[] start = readIfThere(at);
            if (Superblock.startsHere(start)) {
                return at;
            }
            at = at == 0 ? FIRST_USER_BLOCK : 2 * at;
        } while (at < bytes() && at > 0);
        long bytes = bytes();
        byte[] head = bytes <= 0 ? new byte[0] : cache.read(0, (int) Math.min(bytes, ForeignFormat.HEAD_BYTES));
        throw new MalformedFileException(
                Where.source(source),
                "not an HDF5 file: "
                        + ForeignFormat.nameOf(head)
                                .map(name -> "it is " + name + "; ")
                                .orElse("")
                        + "no superblock signature at 0, 512, 1024, ... of " + bytes + " bytes");
    }

    /** The eight bytes at a place; none where the source ends before. The first read also makes its size known. */
    private byte[] readIfThere(long at) {
        int length = Superblock.SIGNATURE_BYTES;
        if (at > 0) {
            return bytes() - at < length ? new byte[0] : cache.read(at, length);
        }
        try {
            return cache.read(0, length);
        } catch (MalformedFileException shorter) {
            return new byte[0];
        }
    }

    /** Reads and parses the superblock at a place that {@link #find} gave; blocks. */
    Superblock superblock(long base, AddressMap addresses) {
        int length = (int) Math.min(Superblock.MAX_BYTES, bytes() - base);
        Origin prefix = new Origin(source, 8, 8, addresses);
        return Superblock.parse(cache.read(base, length), prefix, base, options.verifyChecksums());
    }

    /** Its address space, once the superblock says what addresses are. */
    FileSpace space(Origin origin, FileSpace.Extent extent) {
        return new FileSpace(cache, origin, extent, options);
    }
}
