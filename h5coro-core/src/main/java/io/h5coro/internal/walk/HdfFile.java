// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.format.CacheImage;
import io.h5coro.internal.format.DriverInfo;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.Superblock;
import io.h5coro.internal.format.message.FileSpaceInfoMessage;
import io.h5coro.model.FileInfo.FileSpaceInfo;
import io.h5coro.storage.ByteRange;
import java.util.List;
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
 * @param fileSpace how free space is managed
 */
public record HdfFile(
        Superblock superblock,
        FileSpace space,
        ObjectHeaders headers,
        SharedMessages shared,
        FractalHeap.Decoder heapDecoder,
        @Nullable ObjectHeader extension,
        FileSpaceInfo fileSpace) {
    /**
     * Finds and reads the superblock at 0, 512, 1024, ... of a file.
     *
     * @throws MalformedFileException when there is none, or the file is shorter than it says
     */
    public static HdfFile open(RawFile raw, FractalHeap.Decoder heapDecoder) {
        return open(raw, heapDecoder, AddressMap.SAME);
    }

    /**
     * The same for a file that may be put together from several.
     *
     * @param addresses what the file's addresses mean
     * @throws UnsupportedFeatureException when the source is one file of several
     */
    public static HdfFile open(RawFile raw, FractalHeap.Decoder heapDecoder, AddressMap addresses) {
        raw.cache().prefetch(List.of(new ByteRange(0, Superblock.MAX_BYTES)));
        long base = raw.find();
        if (addresses == AddressMap.SAME) {
            refuseMember(raw);
        }
        Superblock superblock = raw.superblock(base, addresses);
        checkEnd(superblock, base, raw);
        long bytes = raw.bytes() - base;
        long end = addresses == AddressMap.SAME ? end(superblock, bytes) : bytes;
        FileSpace space = raw.space(superblock.origin(raw.source(), addresses), new FileSpace.Extent(base, end));
        if (addresses == AddressMap.SAME) {
            DriverInformation.check(space, superblock);
        }
        ObjectHeader extension = superblock.extensionAddress() < 0
                ? null
                : new ObjectHeaders(space, new SharedMessageTable(space, heapDecoder))
                        .read(superblock.extensionAddress());
        FileSpace imaged = imaged(space, extension);
        SharedMessageTable shared = new SharedMessageTable(imaged, heapDecoder);
        ObjectHeaders headers = new ObjectHeaders(imaged, shared);
        FileSpaceInfo fileSpace = FileSpaceInfo.defaults();
        if (extension != null) {
            headers.body(extension, RawMessage.SHARED_TABLE).ifPresent(shared::locate);
            if (extension.first(RawMessage.FILE_SPACE).stream().noneMatch(RawMessage::wasUnknown)) {
                fileSpace = headers.body(extension, RawMessage.FILE_SPACE)
                        .map(FileSpaceInfoMessage::parse)
                        .orElse(fileSpace);
            }
        }
        return new HdfFile(superblock, imaged, headers, shared, heapDecoder, extension, fileSpace);
    }

    /** The same file, read through another cache. Parsed structures are not shared with it. */
    HdfFile over(BlockCache other) {
        FileSpace twin = space.over(other);
        SharedMessageTable table = new SharedMessageTable(twin, heapDecoder);
        ObjectHeaders twinHeaders = new ObjectHeaders(twin, table);
        if (extension != null) {
            twinHeaders.body(extension, RawMessage.SHARED_TABLE).ifPresent(table::locate);
        }
        return new HdfFile(superblock, twin, twinHeaders, table, heapDecoder, extension, fileSpace);
    }

    /**
     * The first address that metadata and data cannot have: the end that the file states, or where it really ends when
     * that is before. While a file is being written the end it states may be stale.
     */
    private static long end(Superblock superblock, long bytes) {
        return superblock.isOpenForWriting()
                ? bytes
                : Math.min(bytes, superblock.endOfFile() - superblock.baseAddress());
    }

    /** The fractal heap at an address. Blocks on its head, which the block cache keeps. */
    FractalHeap heap(long address) {
        return FractalHeap.open(space, address, heapDecoder);
    }

    /** A member on its own has addresses that lie in others; a family that fits into its first member is complete. */
    private static void refuseMember(RawFile raw) {
        DriverInformation.Found found = DriverInformation.found(raw);
        String driver = found.info().map(DriverInfo::name).orElse("");
        if (driver.equals(DriverInfo.MULTI)) {
            throw new UnsupportedFeatureException(
                    Where.source(raw.source()),
                    "one member of a split or multi file, opened alone (ReadOptions.fileDriver joins the members),");
        }
        if (driver.equals(DriverInfo.FAMILY) && raw.bytes() < found.endOfFile()) {
            throw new UnsupportedFeatureException(
                    Where.source(raw.source()),
                    "the first member of a family, opened alone (a name with a printf pattern in place of the number "
                            + "opens all),");
        }
    }

    /**
     * The stored end of file counts from the start of the source, the stored base address included; where a file was
     * moved behind a user block later, both are off by the same amount (H5Fsuper.c).
     */
    private static void checkEnd(Superblock superblock, long base, RawFile raw) {
        if (superblock.baseAddress() < 0 || superblock.endOfFile() < 0 || superblock.rootHeader() < 0) {
            throw new MalformedFileException(
                    new Where(raw.source(), null, base),
                    "superblock with undefined base address, end of file or root group");
        }
        if (superblock.isOpenForWriting() && !raw.options().allowUnclosed()) {
            throw new MalformedFileException(
                    new Where(raw.source(), null, base),
                    "file is open for writing, or its writer did not close it (consistency flags 0x"
                            + Integer.toHexString(superblock.flags())
                            + "): what it holds may not be complete (ReadOptions.allowUnclosed opens it all the same)");
        }
        long end = superblock.endOfFile() - superblock.baseAddress() + base;
        if (raw.bytes() < end && !raw.options().allowTruncated()) {
            throw new MalformedFileException(
                    new Where(raw.source(), null, base),
                    "truncated file: it has " + raw.bytes() + " bytes, its superblock says " + end
                            + " (ReadOptions.allowTruncated opens it all the same)");
        }
    }

    /** The file as its writer knew it: what a metadata cache image holds counts, not what stands in its place. */
    private static FileSpace imaged(FileSpace space, @Nullable ObjectHeader extension) {
        Cursor message = extension == null
                ? null
                : extension
                        .first(RawMessage.CACHE_IMAGE)
                        .map(RawMessage::cursor)
                        .orElse(null);
        if (message == null) {
            return space;
        }
        message.version("metadata cache image message", 0, 0);
        long address = message.address();
        long length = message.length();
        if (address < 0 || length <= 0) {
            return space;
        }
        Cursor block = space.read(address, length, "metadata cache image");
        return space.with(CacheImage.parse(block, space.options().verifyChecksums()));
    }
}
