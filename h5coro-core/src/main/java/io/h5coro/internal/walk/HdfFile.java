// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.Cursor.Origin;
import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.Superblock;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file once its superblock, and its extension, have been read. Immutable.
 *
 * @param superblock the superblock as stored
 * @param space its address space
 * @param headers its object headers
 * @param shared messages that object headers share
 * @param heapDecoder undoes the filters of fractal heaps
 * @param extension the superblock extension; null without one
 */
public record HdfFile(
        Superblock superblock,
        FileSpace space,
        ObjectHeaders headers,
        SharedMessages shared,
        FractalHeap.Decoder heapDecoder,
        @Nullable ObjectHeader extension) {
    private static final int FIRST_USER_BLOCK = 512;

    /**
     * Finds and reads the superblock at 0, 512, 1024, ... of a source.
     *
     * @param size the source's size; asked for only after a read
     * @throws MalformedFileException when there is none, or the file is shorter than it says
     */
    public static HdfFile open(
            BlockCache cache, LongSupplier size, String source, ReadOptions options, FractalHeap.Decoder heapDecoder) {
        cache.prefetch(List.of(new ByteRange(0, Superblock.MAX_BYTES)));
        long base = find(cache, size, source);
        int length = (int) Math.min(Superblock.MAX_BYTES, size.getAsLong() - base);
        Superblock superblock = Superblock.parse(cache.read(base, length), source, base, options.verifyChecksums());
        checkEnd(superblock, base, size.getAsLong(), source, options);
        Origin origin = new Origin(source, superblock.sizeOfOffsets(), superblock.sizeOfLengths());
        FileSpace space = new FileSpace(cache, origin, base, size.getAsLong() - base, options);
        SharedMessageTable shared = new SharedMessageTable(space, heapDecoder);
        ObjectHeaders headers = new ObjectHeaders(space, shared);
        ObjectHeader extension = superblock.extensionAddress() < 0 ? null : headers.read(superblock.extensionAddress());
        if (extension != null) {
            refuseCacheImage(extension, space);
            headers.body(extension, RawMessage.SHARED_TABLE).ifPresent(shared::locate);
        }
        return new HdfFile(superblock, space, headers, shared, heapDecoder, extension);
    }

    /** The fractal heap at an address. */
    FractalHeap heap(long address) {
        return FractalHeap.open(space, address, heapDecoder);
    }

    private static long find(BlockCache cache, LongSupplier size, String source) {
        long at = 0;
        do {
            byte[] start = readIfThere(cache, size, at);
            if (Superblock.startsHere(start)) {
                return at;
            }
            at = at == 0 ? FIRST_USER_BLOCK : 2 * at;
        } while (at < size.getAsLong() && at > 0);
        throw new MalformedFileException(
                Where.source(source),
                "not an HDF5 file: no superblock signature at 0, 512, 1024, ... of " + size.getAsLong() + " bytes");
    }

    private static byte[] readIfThere(BlockCache cache, LongSupplier size, long at) {
        int length = Superblock.SIGNATURE_BYTES;
        if (at > 0) {
            return size.getAsLong() - at < length ? new byte[0] : cache.read(at, length);
        }
        try {
            return cache.read(0, length);
        } catch (MalformedFileException shorter) {
            return new byte[0];
        }
    }

    /**
     * The stored end of file counts from the start of the source, the stored base address included; where a file was
     * moved behind a user block later, both are off by the same amount (H5Fsuper.c).
     */
    private static void checkEnd(Superblock superblock, long base, long size, String source, ReadOptions options) {
        if (superblock.baseAddress() < 0 || superblock.endOfFile() < 0 || superblock.rootHeader() < 0) {
            throw new MalformedFileException(
                    new Where(source, null, base), "superblock with undefined base address, end of file or root group");
        }
        long end = superblock.endOfFile() - superblock.baseAddress() + base;
        if (size < end && !options.allowTruncated()) {
            throw new MalformedFileException(
                    new Where(source, null, base),
                    "truncated file: it has " + size + " bytes, its superblock says " + end
                            + " (ReadOptions.allowTruncated opens it all the same)");
        }
    }

    /** With a metadata cache image the metadata in the file may be stale: its copies in the image are the true ones. */
    private static void refuseCacheImage(ObjectHeader extension, FileSpace space) {
        extension.first(RawMessage.CACHE_IMAGE).ifPresent(message -> {
            Cursor c = message.cursor().skip(1);
            long address = c.address();
            if (address >= 0 && c.length() > 0) {
                throw new UnsupportedFeatureException(
                        new Where(space.origin().source(), null, space.base() + address), "metadata cache image");
            }
        });
    }
}
