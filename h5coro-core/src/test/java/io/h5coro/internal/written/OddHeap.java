// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.Lookup3;
import io.h5coro.internal.bytes.MessageBytes;
import java.util.ArrayList;
import java.util.List;

/**
 * A fractal heap of managed objects, whose doubling table is narrower and lower than libhdf5's, with blocks left out
 * and indirect blocks below indirect blocks.
 */
final class OddHeap {
    private static final int ID_BYTES = 7;

    private final OddFile file;
    private final Draw draw;
    private final long address;
    private final int width;
    private final int start;
    private final int largest;
    private final int heapBits;
    private final boolean checksums;
    private final int longest;

    private final List<byte[]> objects;
    private final List<byte[]> ids = new ArrayList<>();

    /** Bytes of direct blocks. */
    private long allocated;

    /** Where a heap is, and the ids of its objects in their order. */
    record Written(long address, List<byte[]> ids) {}

    private OddHeap(OddFile file, List<byte[]> objects) {
        this.file = file;
        this.draw = file.draw();
        this.objects = objects;
        this.longest = objects.stream().mapToInt(o -> o.length).max().orElse(1);
        this.width = draw.any(1, 2, 4);
        int overhead = 5 + draw.offsets() + 4 + 4;
        this.start = 1 << draw.between(6, 8);
        // An indirect block has a row at least.
        int needed = start * width;
        while (needed < overhead + longest) {
            needed *= 2;
        }
        this.largest = needed << draw.between(0, 2);
        this.heapBits = draw.between(24, 32);
        this.checksums = draw.flag();
        this.address = file.reserve(26 + 12 * draw.lengths() + 3 * draw.offsets());
    }

    static Written write(OddFile file, List<byte[]> objects) {
        OddHeap heap = new OddHeap(file, objects);
        heap.write();
        return new Written(heap.address, heap.ids);
    }

    private int offsetWidth() {
        return (heapBits + 7) / 8;
    }

    /** The smaller of what the largest direct block and the largest managed object need. */
    private int lengthWidth() {
        int byBlock = (Integer.numberOfTrailingZeros(largest) + 7) / 8;
        int byObject = (31 - Integer.numberOfLeadingZeros(largest)) / 8 + 1;
        return Math.min(byBlock, byObject);
    }

    private int headBytes() {
        return 5 + draw.offsets() + offsetWidth() + (checksums ? 4 : 0);
    }

    private long blockSize(int row) {
        return row == 0 ? start : (long) start << (row - 1);
    }

    private int rowsOf(long size) {
        return Long.numberOfTrailingZeros(size) - Integer.numberOfTrailingZeros(start * width) + 1;
    }

    private void write() {
        int total = objects.stream().mapToInt(o -> o.length).sum();
        boolean single = headBytes() + total <= start && draw.flag();
        int rows = single ? 0 : 1;
        long root;
        if (single) {
            root = direct(0, start);
        } else {
            // Rows until all objects have a place; blocks that are left out make it more than the bytes say.
            List<Slot> slots = plan();
            rows = 1 + slots.stream().mapToInt(s -> s.row).max().orElse(0);
            root = indirect(0, rows, slots);
        }
        MessageBytes head = draw.bytes()
                .text("FRHP")
                .u8(0)
                .u16(ID_BYTES, 0)
                .u8(checksums ? 2 : 0)
                .u32(largest)
                .length(0)
                .address(-1)
                .length(0)
                .address(-1);
        // libhdf5 finds no object behind the managed space that the statistics tell.
        long space = rows == 0 ? start : (long) start * width << (rows - 1);
        head.length(space, allocated, space, objects.size(), 0, 0, 0, 0);
        head.u16(width).length(start, largest).u16(heapBits, 1).address(root).u16(rows);
        file.place(address, head.checksum().toArray());
    }

    /**
     * A block of an indirect block that exists.
     *
     * @param below the blocks of an indirect block; empty for a direct one
     */
    private record Slot(int row, int column, int objects, List<Slot> below) {}

    /** Which blocks of the root exist, and how many of the objects, in their order, each holds. */
    private List<Slot> plan() {
        int[] next = {0};
        List<Slot> slots = plan(next, Integer.MAX_VALUE);
        if (next[0] < objects.size()) {
            throw new AssertionError("no room for " + (objects.size() - next[0]) + " objects");
        }
        return slots;
    }

    private List<Slot> plan(int[] next, int rows) {
        List<Slot> slots = new ArrayList<>();
        for (int row = 0; row < rows && next[0] < objects.size(); row++) {
            long size = blockSize(row);
            for (int column = 0; column < width && next[0] < objects.size(); column++) {
                if (draw.between(0, 3) == 0) {
                    continue;
                }
                if (size <= largest) {
                    int fit = fit(next[0], (int) size);
                    if (fit > 0) {
                        slots.add(new Slot(row, column, fit, List.of()));
                        next[0] += fit;
                    }
                } else {
                    slots.add(new Slot(row, column, 0, plan(next, rowsOf(size))));
                }
            }
        }
        return slots;
    }

    /** How many of the objects from one on a block takes; some blocks are not filled. */
    private int fit(int from, int size) {
        int room = size - headBytes();
        int fit = 0;
        while (from + fit < objects.size() && objects.get(from + fit).length <= room) {
            room -= objects.get(from + fit++).length;
        }
        return fit == 0 ? 0 : draw.between(1, fit);
    }

    private long indirect(long offset, int rows, List<Slot> slots) {
        long[] addresses = new long[rows * width];
        java.util.Arrays.fill(addresses, -1);
        for (Slot slot : slots) {
            long at = offset
                    + (slot.row == 0 ? 0 : (long) start * width << (slot.row - 1))
                    + slot.column * blockSize(slot.row);
            addresses[slot.row * width + slot.column] = slot.objects > 0
                    ? direct(at, (int) blockSize(slot.row), slot.objects)
                    : indirect(at, rowsOf(blockSize(slot.row)), slot.below);
        }
        MessageBytes bytes = draw.bytes().text("FHIB").u8(0).address(address);
        HeaderWriters.number(bytes, offset, offsetWidth()).address(addresses).checksum();
        return file.put(bytes);
    }

    private long direct(long offset, int size) {
        return direct(offset, size, objects.size());
    }

    private long direct(long offset, int size, int count) {
        MessageBytes bytes = draw.bytes().text("FHDB").u8(0).address(address);
        HeaderWriters.number(bytes, offset, offsetWidth());
        int field = bytes.size();
        bytes.zeros(checksums ? 4 : 0);
        for (int i = 0; i < count; i++) {
            byte[] object = objects.get(ids.size());
            MessageBytes id = draw.bytes().u8(0);
            HeaderWriters.number(id, offset + bytes.size(), offsetWidth());
            HeaderWriters.number(id, object.length, lengthWidth());
            ids.add(java.util.Arrays.copyOf(id.toArray(), ID_BYTES));
            HeaderWriters.raw(bytes, object);
        }
        byte[] whole = HeaderWriters.raw(bytes, draw.junk(size - bytes.size())).toArray();
        if (checksums) {
            byte[] sum = draw.bytes().u32(Lookup3.hash(whole, 0, whole.length)).toArray();
            System.arraycopy(sum, 0, whole, field, 4);
        }
        allocated += size;
        return file.put(whole);
    }
}
