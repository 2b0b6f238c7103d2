// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.cache.Purpose;
import io.h5coro.internal.format.Superblock;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.testdata.Fixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;

/** The address space of bytes in memory, which notes each read and each wave. */
public final class FixtureSpace implements BlockCache {
    private final byte[] bytes;
    private final FileSpace space;
    private final List<ByteRange> reads = new ArrayList<>();
    private final List<Collection<ByteRange>> waves = new ArrayList<>();

    private FixtureSpace(byte[] bytes, Cursor.Origin origin, FileSpace.Extent extent, ReadOptions options) {
        this.bytes = bytes;
        this.space = new FileSpace(this, origin, extent, options);
    }

    /** A file of the fixture set; its superblock is found and parsed. */
    public static FixtureSpace of(String fixture) {
        return of(Fixtures.bytes(fixture), fixture);
    }

    /** A whole file. */
    public static FixtureSpace of(byte[] file, String name) {
        return of(file, name, ReadOptions.defaults());
    }

    /** A whole file. */
    public static FixtureSpace of(byte[] file, String name, ReadOptions options) {
        for (int base = 0; base < file.length; base = base == 0 ? 512 : 2 * base) {
            byte[] head = Arrays.copyOfRange(file, base, Math.min(file.length, base + Superblock.MAX_BYTES));
            if (Superblock.startsHere(head)) {
                Superblock block = Superblock.parse(head, new Cursor.Origin(name, 8, 8), base, true);
                Cursor.Origin origin = block.origin(name, AddressMap.SAME);
                return new FixtureSpace(file, origin, new FileSpace.Extent(base, file.length - base), options);
            }
        }
        throw new IllegalArgumentException(name + " has no superblock");
    }

    /** Bytes without a superblock, with 8-byte offsets and lengths. */
    public static FixtureSpace bare(byte[] bytes, ReadOptions options) {
        return new FixtureSpace(
                bytes, new Cursor.Origin("bytes", 8, 8), new FileSpace.Extent(0, bytes.length), options);
    }

    /** The address space. */
    public FileSpace space() {
        return space;
    }

    /** What was read so far. */
    public List<ByteRange> reads() {
        return List.copyOf(reads);
    }

    /** Prefetches so far. */
    public int waves() {
        return waves.size();
    }

    /** Checksum of bytes of the file, as 8 hexadecimal digits. */
    public String crc32(long address, long length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, (int) (space.base() + address), (int) length);
        return String.format("%08x", crc.getValue());
    }

    /** Forgets what was read. */
    public void forget() {
        reads.clear();
        waves.clear();
    }

    @Override
    public byte[] read(long position, int length) {
        if (position > bytes.length - length) {
            throw new MalformedFileException(new Where("bytes", null, position), "file ends");
        }
        reads.add(new ByteRange(position, length));
        return Arrays.copyOfRange(bytes, (int) position, (int) position + length);
    }

    @Override
    public int blockBytes() {
        return 1;
    }

    @Override
    public byte[] cached(long position, int length) {
        return read(position, length);
    }

    @Override
    public CompletableFuture<Void> coming(Collection<ByteRange> ranges) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void prefetch(Collection<ByteRange> ranges, Purpose purpose) {
        waves.add(ranges);
    }
}
