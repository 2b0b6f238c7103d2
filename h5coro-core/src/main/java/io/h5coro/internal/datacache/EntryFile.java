// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import io.h5coro.storage.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How an entry stands in a file. Numbers are big-endian; checksums are CRC-32C, which notices every change of up to 32
 * bits in a row.
 *
 * <pre>
 * "H5COROD1"   key(32)   number of ranges(4)   range: offset(8) length(4)
 * checksum of each 64 KiB of the body(4)   checksum of all before(4)
 * body: the bytes of all ranges, one behind the other
 * </pre>
 *
 * <p>A read of a few bytes checks the head and the 64 KiB in which they stand. Nothing is forced to the disk when it is
 * written: a file that a power cut left in part does not match its checksums.
 */
final class EntryFile {
    private static final byte[] MAGIC = "H5COROD1".getBytes(StandardCharsets.US_ASCII);

    /** What is checked, and so read, at once. Less costs more checksums; more is read for nothing around a chunk. */
    private static final int BLOCK_BYTES = 64 << 10;

    /** More than any entry takes: a longer file is not read. */
    private static final long LONGEST_FILE = 32L << 20;

    /** More than any entry has. */
    private static final int MOST_RANGES = 8192;

    /** Blocks read with one system call; the JDK copies through a buffer of that size outside of the heap. */
    private static final int BLOCKS_AT_ONCE = 16;

    private static final int KEY_BYTES = 32;
    private static final int RANGE_BYTES = 12;
    private static final int START_BYTES = MAGIC.length + KEY_BYTES + 4;

    private final FileChannel file;
    private final List<ByteRange> ranges;
    private final int[] checksums;
    private final long bodyOffset;
    private final long bodyBytes;

    private EntryFile(FileChannel file, List<ByteRange> ranges, int[] checksums, long bodyBytes) {
        this.file = file;
        this.ranges = ranges;
        this.checksums = checksums;
        this.bodyOffset = headBytes(ranges.size(), bodyBytes);
        this.bodyBytes = bodyBytes;
    }

    private static int headBytes(int ranges, long bodyBytes) {
        return Math.toIntExact(START_BYTES + (long) RANGE_BYTES * ranges + 4L * blocks(bodyBytes) + 4);
    }

    private static int blocks(long bodyBytes) {
        return Math.toIntExact((bodyBytes + BLOCK_BYTES - 1) / BLOCK_BYTES);
    }

    /**
     * The contents of a file.
     *
     * @param stretches ascending and disjoint
     */
    static ByteBuffer[] contents(ObjectKey key, List<Stretch> stretches) {
        long body = stretches.stream().mapToLong(Stretch::length).sum();
        ByteBuffer head = ByteBuffer.allocate(headBytes(stretches.size(), body));
        head.put(MAGIC).put(key.digest()).putInt(stretches.size());
        stretches.forEach(stretch -> head.putLong(stretch.offset()).putInt(stretch.length()));
        CRC32C crc = new CRC32C();
        int inBlock = 0;
        for (Stretch stretch : stretches) {
            for (int done = 0; done < stretch.length(); ) {
                int part = Math.min(BLOCK_BYTES - inBlock, stretch.length() - done);
                crc.update(stretch.array(), stretch.from() + done, part);
                done += part;
                inBlock += part;
                if (inBlock == BLOCK_BYTES) {
                    head.putInt((int) crc.getValue());
                    crc.reset();
                    inBlock = 0;
                }
            }
        }
        if (inBlock > 0) {
            head.putInt((int) crc.getValue());
        }
        head.putInt(checksum(head.array(), head.position())).flip();
        List<ByteBuffer> all = new ArrayList<>(List.of(head));
        stretches.forEach(stretch -> all.add(stretch.buffer()));
        return all.toArray(ByteBuffer[]::new);
    }

    /**
     * Reads the head of a file.
     *
     * @throws DamagedEntryException when it is not one of that version, or not whole
     */
    static EntryFile open(FileChannel file, ObjectKey key) throws IOException {
        long size = file.size();
        if (size > LONGEST_FILE) {
            throw new DamagedEntryException("longer than any entry");
        }
        ByteBuffer start = read(file, 0, (int) Math.min(size, START_BYTES));
        if (start.remaining() < START_BYTES || !Arrays.equals(take(start, MAGIC.length), MAGIC)) {
            throw new DamagedEntryException("not an entry");
        }
        if (!Arrays.equals(take(start, KEY_BYTES), key.digest())) {
            throw new DamagedEntryException("an entry of something else");
        }
        int count = start.getInt();
        if (count <= 0 || count > MOST_RANGES || count > (size - START_BYTES) / RANGE_BYTES) {
            throw new DamagedEntryException("too many ranges");
        }
        List<ByteRange> ranges = ranges(read(file, START_BYTES, Math.multiplyExact(count, RANGE_BYTES)), count);
        long body = ranges.stream().mapToLong(ByteRange::length).sum();
        if (body > size || headBytes(count, body) != size - body) {
            throw new DamagedEntryException("of another length");
        }
        ByteBuffer head = read(file, 0, (int) (size - body));
        int checked = head.remaining() - 4;
        byte[] all = new byte[checked];
        head.get(0, all);
        if (checksum(all, checked) != head.getInt(checked)) {
            throw new DamagedEntryException("head damaged");
        }
        int[] checksums = new int[blocks(body)];
        for (int i = 0; i < checksums.length; i++) {
            checksums[i] = head.getInt(START_BYTES + RANGE_BYTES * count + 4 * i);
        }
        return new EntryFile(file, ranges, checksums, body);
    }

    private static List<ByteRange> ranges(ByteBuffer in, int count) throws DamagedEntryException {
        List<ByteRange> ranges = new ArrayList<>(count);
        long last = 0;
        for (int i = 0; i < count; i++) {
            long offset = in.getLong();
            int length = in.getInt();
            if (offset < last || length <= 0 || offset > Long.MAX_VALUE - length) {
                throw new DamagedEntryException("ranges that are none");
            }
            ranges.add(new ByteRange(offset, length));
            last = offset + length;
        }
        return ranges;
    }

    /** The ranges that it holds, ascending and disjoint. */
    List<ByteRange> ranges() {
        return ranges;
    }

    /**
     * Bytes of a range.
     *
     * @throws DamagedEntryException when they are not here, or are not what was written
     */
    byte[] read(ByteRange range) throws IOException {
        long at = 0;
        for (ByteRange held : ranges) {
            if (held.contains(range)) {
                return body(at + range.offset() - held.offset(), Math.toIntExact(range.length()));
            }
            at += held.length();
        }
        throw new DamagedEntryException("without the range");
    }

    private byte[] body(long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        long end = from + length;
        int block = (int) (from / BLOCK_BYTES);
        while ((long) block * BLOCK_BYTES < end) {
            long start = (long) block * BLOCK_BYTES;
            long most = Math.min(bodyBytes - start, (long) BLOCKS_AT_ONCE * BLOCK_BYTES);
            long wanted = (end - start + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
            byte[] blocks = checked(block, (int) Math.min(most, wanted));
            long copyFrom = Math.max(from, start);
            long copyTo = Math.min(end, start + blocks.length);
            System.arraycopy(
                    blocks, (int) (copyFrom - start), bytes, (int) (copyFrom - from), (int) (copyTo - copyFrom));
            block += BLOCKS_AT_ONCE;
        }
        return bytes;
    }

    /** Bytes from a block on, which are what was written. */
    private byte[] checked(int block, int length) throws IOException {
        byte[] blocks =
                read(file, bodyOffset + (long) block * BLOCK_BYTES, length).array();
        CRC32C crc = new CRC32C();
        for (int done = 0; done < length; done += BLOCK_BYTES) {
            crc.reset();
            crc.update(blocks, done, Math.min(BLOCK_BYTES, length - done));
            if ((int) crc.getValue() != checksums[block + done / BLOCK_BYTES]) {
                throw new DamagedEntryException("bytes damaged");
            }
        }
        return blocks;
    }

    private static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (file.read(into, from + into.position()) < 0) {
                throw new DamagedEntryException("cut off");
            }
        }
        return into.flip();
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
