// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.cache.Purpose;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.format.CacheImage;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The address space of one HDF5 file: addresses relative to its base address, read through the block cache.
 * Thread-safe. The one way in which metadata is read.
 */
public final class FileSpace {
    private final BlockCache cache;
    private final Cursor.Origin origin;

    /** Position in the source of address 0; the user block is in front of it. */
    private final long base;

    /** Relative to {@link #base}. Invariant: no range that reaches over it is ever asked of the cache. */
    private final long end;

    private final ReadOptions options;

    /** Metadata that overrides what the file holds at its address; empty for nearly all files. */
    private final CacheImage image;

    /**
     * Where a file lies in its source.
     *
     * @param base position in the source of address 0
     * @param end first address behind the file, relative to {@code base}; bounds every address
     */
    public record Extent(long base, long end) {}

    /** A file's address space. */
    public FileSpace(BlockCache cache, Cursor.Origin origin, Extent extent, ReadOptions options) {
        this.cache = cache;
        this.origin = origin;
        this.base = extent.base;
        this.end = extent.end;
        this.options = options;
        this.image = CacheImage.none();
    }

    private FileSpace(BlockCache cache, FileSpace plain, CacheImage image) {
        this.cache = cache;
        this.origin = plain.origin;
        this.base = plain.base;
        this.end = plain.end;
        this.options = plain.options;
        this.image = image;
    }

    /** The same address space, some of whose metadata stands in a cache image. */
    FileSpace with(CacheImage cacheImage) {
        return new FileSpace(cache, this, cacheImage);
    }

    /** The same address space, read through another cache. */
    FileSpace over(BlockCache other) {
        return new FileSpace(other, this, image);
    }

    /** What keeps its blocks. */
    BlockCache cache() {
        return cache;
    }

    /** Source and widths, for cursors. */
    public Cursor.Origin origin() {
        return origin;
    }

    /** The options of the open file. */
    public ReadOptions options() {
        return options;
    }

    /** Position in the source of address 0. */
    public long base() {
        return base;
    }

    /** First address behind the file. */
    public long end() {
        return end;
    }

    /**
     * Reads bytes of metadata; blocks until they are there.
     *
     * @param address relative to the base address
     * @param what the structure, for messages
     * @param length at most {@link io.h5coro.internal.bytes.JavaArray#MOST}
     * @return a cursor over a copy that only the caller has; its positions are those of the source
     * @throws MalformedFileException when they are not all inside the file
     * @throws io.h5coro.error.ReadAbortedException when the call's deadline has passed
     */
    public Cursor read(long address, long length, String what) {
        check(address, length, what);
        Deadline.check(origin.source());
        byte[] bytes = cache.read(base + address, (int) length);
        if (!image.isEmpty()) {
            image.overlay(address, bytes);
        }
        return Cursor.of(bytes, origin, base + address);
    }

    /**
     * As many bytes of {@code length} as the file has from {@code address} on; for structures whose length is in their
     * head.
     */
    public Cursor readUpTo(long address, long length, String what) {
        check(address, 1, what);
        return read(address, Math.min(length, end - address), what);
    }

    /** Reads several pieces of metadata in one wave of requests, in the order given. */
    public List<Cursor> readAll(List<ByteRange> ranges, String what) {
        prefetch(ranges, what);
        List<Cursor> cursors = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            cursors.add(read(range.offset(), range.length(), what));
        }
        return cursors;
    }

    /**
     * Asks for bytes that will be read soon, all in one wave; does not block. Ranges are relative to the base address.
     */
    public void prefetch(Collection<ByteRange> ranges, String what) {
        prefetch(ranges, Purpose.POINTER, what);
    }

    /** The same for what is not followed further, or not alone. */
    public void prefetch(Collection<ByteRange> ranges, Purpose purpose, String what) {
        List<ByteRange> absolute = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            check(range.offset(), range.length(), what);
            absolute.add(new ByteRange(base + range.offset(), range.length()));
        }
        cache.prefetch(absolute, purpose);
    }

    /**
     * Asks for where values are expected, if that may pay; does not block.
     *
     * @param ranges relative to the base address; what is outside of the file is left out
     * @param isSure whether the file itself says so
     */
    public void guess(List<ByteRange> ranges, boolean isSure) {
        List<ByteRange> absolute = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            if (range.offset() < end) {
                long length = Math.min(range.length(), end - range.offset());
                absolute.add(new ByteRange(base + range.offset(), length));
            }
        }
        cache.guess(absolute, isSure);
    }

    /**
     * Whether what stands at an address is known from an earlier opening of the file.
     *
     * @param address relative to the base address; may be undefined
     */
    public boolean isStored(long address) {
        return address >= 0 && address < end && cache.isStored(base + address);
    }

    /** Whether bytes can be read without a request; an address may be undefined or outside of the file. */
    public boolean isHere(long address, long length) {
        return address >= 0
                && length >= 0
                && length <= JavaArray.MOST
                && address <= end - length
                && (length == 0 || cache.has(base + address, (int) length));
    }

    /**
     * A run of bytes of the file, relative to the base address.
     *
     * @throws MalformedFileException when it does not lie in the file
     */
    ByteRange range(long address, long length, String what) {
        check(address, length, what);
        return new ByteRange(address, length);
    }

    /**
     * Checks that a run of bytes lies in the file.
     *
     * @throws MalformedFileException when it does not
     */
    public void check(long address, long length, String what) {
        if (address < 0 || length < 0 || length > JavaArray.MOST || address > end - length) {
            throw new MalformedFileException(
                    new Where(origin.source(), null, address < 0 ? Where.NO_ADDRESS : base + address),
                    what + (address < 0 ? " at an undefined address" : " of " + length + " bytes")
                            + " does not lie in the file, which ends at 0x" + Long.toHexString(base + end));
        }
    }
}
