// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.internal.grid.AscendingOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Where many chunks are stored, in few bytes each: what a chunk differs in from the one before. Those that follow the
 * one before in the grid and in the file, as long as that one, are only counted. Filled by one task, then read by many.
 *
 * <p>An entry is the difference of the place to the next one, of the address to the end of the chunk before, and of the
 * stored size, each with its sign in bit 0; the filter mask, exclusive or with that before; and how many chunks follow
 * in the same way. Each number takes a byte for 7 bits.
 *
 * <p>Example: chunks of 20 bytes, places 0 to 999 one behind the other from address 2048 on, then place 1000 of 18
 * bytes at 30000. The entries are (0, 4096, 40, 0, 999) and (0, 15904, 3, 0, 0): 6 and 6 bytes.
 */
final class ChunkList {
    /** Entries do not cross segments. */
    private static final int SEGMENT_BYTES = 1 << 14;

    /** No entry is longer: three numbers of 64 bits and two of 32. */
    private static final int MOST_ENTRY_BYTES = 3 * 10 + 2 * 5;

    private final List<byte[]> segments = new ArrayList<>();
    private final Chunk last = new Chunk();
    private int used = SEGMENT_BYTES;
    private int count;
    private int follow;
    private int descents;

    /** A chunk, as it is written or read. */
    static class Chunk {
        /** Its number in the box. */
        long place = -1;

        /** First stored byte, in the source. */
        long address;

        /** Stored bytes. */
        int size;

        int mask;

        /** The first byte behind it. */
        final long end() {
            return address + size;
        }

        private void set(Chunk other) {
            place = other.place;
            address = other.address;
            size = other.size;
            mask = other.mask;
        }
    }

    /** Adds a chunk. */
    void add(Chunk next) {
        boolean follows = count > 0
                && next.place == last.place + 1
                && next.address == last.end()
                && next.size == last.size
                && next.mask == last.mask;
        if (follows) {
            follow++;
        } else {
            descents += count > 0 && next.address < last.end() ? 1 : 0;
            finish();
            if (used > SEGMENT_BYTES - MOST_ENTRY_BYTES) {
                segments.add(new byte[SEGMENT_BYTES]);
                used = 0;
            }
            writeSigned(next.place - last.place - 1);
            writeSigned(next.address - last.end());
            writeSigned(next.size - last.size);
            write(Integer.toUnsignedLong(next.mask ^ last.mask));
        }
        last.set(next);
        count++;
    }

    /** Ends the last entry; nothing is added behind the end of the list. */
    void finish() {
        if (count > 0) {
            write(follow);
            follow = 0;
        }
    }

    /** Chunks in the list. */
    int count() {
        return count;
    }

    /** How many chunks stand in the file before the end of the one before. */
    int descents() {
        return descents;
    }

    /** Bytes of memory that the list takes. */
    long bytes() {
        return (long) segments.size() * SEGMENT_BYTES;
    }

    private void writeSigned(long number) {
        write(number << 1 ^ number >> 63);
    }

    private void write(long number) {
        byte[] segment = segments.get(segments.size() - 1);
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            segment[used++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        segment[used++] = (byte) rest;
    }

    /** Reads the list, which is finished, from its start. */
    Reader reader() {
        return new Reader(segments);
    }

    /** The same chunks in the order of their addresses. Takes 32 bytes a chunk meanwhile. */
    ChunkList sorted() {
        long[] addresses = new long[count];
        long[] places = new long[count];
        long[] sizesAndMasks = new long[count];
        Reader reader = reader();
        for (int i = 0; i < count; i++) {
            reader.next();
            addresses[i] = reader.address;
            places[i] = reader.place;
            sizesAndMasks[i] = (long) reader.size << 32 | Integer.toUnsignedLong(reader.mask);
        }
        ChunkList sorted = new ChunkList();
        Chunk chunk = new Chunk();
        for (int i : AscendingOrder.of(addresses)) {
            chunk.place = places[i];
            chunk.address = addresses[i];
            chunk.size = (int) (sizesAndMasks[i] >>> 32);
            chunk.mask = (int) sizesAndMasks[i];
            sorted.add(chunk);
        }
        sorted.finish();
        return sorted;
    }

    /** A place in a list, and the chunk in front of it. Confined to one task; copies may be read by others. */
    static final class Reader extends Chunk {
        private final List<byte[]> segments;
        private int segment;
        private int at;
        private int follow;

        private Reader(List<byte[]> segments) {
            this.segments = segments;
        }

        /** The same place. */
        Reader copy() {
            Reader copy = new Reader(segments);
            ((Chunk) copy).set(this);
            copy.segment = segment;
            copy.at = at;
            copy.follow = follow;
            return copy;
        }

        /** Goes to the next chunk, which there is. */
        void next() {
            if (follow > 0) {
                follow--;
                place++;
                address += size;
                return;
            }
            if (at > SEGMENT_BYTES - MOST_ENTRY_BYTES) {
                segment++;
                at = 0;
            }
            place += 1 + readSigned();
            address = end() + readSigned();
            size += (int) readSigned();
            mask ^= (int) read();
            follow = (int) read();
        }

        private long readSigned() {
            long number = read();
            return number >>> 1 ^ -(number & 1);
        }

        private long read() {
            byte[] bytes = segments.get(segment);
            long number = 0;
            int shift = 0;
            byte next;
            do {
                next = bytes[at++];
                number |= (next & 0x7fL) << shift;
                shift += 7;
            } while (next < 0);
            return number;
        }
    }
}
