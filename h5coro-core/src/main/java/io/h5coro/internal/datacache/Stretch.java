// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import io.h5coro.storage.ByteRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes of an object from an offset on.
 *
 * @param offset of the first byte in the object
 * @param array holds the bytes; never changed
 * @param from index of the first byte in the array
 * @param length number of bytes, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
record Stretch(long offset, byte[] array, int from, int length) {
    /** All bytes of an array. */
    static Stretch of(long offset, byte[] bytes) {
        return new Stretch(offset, bytes, 0, bytes.length);
    }

    ByteRange range() {
        return new ByteRange(offset, length);
    }

    long end() {
        return offset + length;
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(array, from, length);
    }

    /** A copy of some of the bytes, which all are here. */
    byte[] copy(ByteRange range) {
        int start = from + (int) (range.offset() - offset);
        return Arrays.copyOfRange(array, start, start + (int) range.length());
    }

    /** The same bytes in an array that holds nothing else. */
    Stretch alone() {
        return length == array.length ? this : of(offset, copy(range()));
    }

    /**
     * Ascending, with those that overlap or touch joined; joining copies.
     *
     * <p>Example: [10, 20), [0, 10), [15, 25), [40, 41) become [0, 25) and [40, 41).
     */
    static List<Stretch> joined(List<Stretch> stretches) {
        List<Stretch> sorted = new ArrayList<>(stretches);
        sorted.sort((a, b) -> Long.compare(a.offset, b.offset));
        List<Stretch> joined = new ArrayList<>();
        for (int from = 0; from < sorted.size(); ) {
            long end = sorted.get(from).end();
            int to = from + 1;
            while (to < sorted.size() && sorted.get(to).offset <= end) {
                end = Math.max(end, sorted.get(to).end());
                to++;
            }
            joined.add(to == from + 1 ? sorted.get(from) : one(sorted.subList(from, to), end));
            from = to;
        }
        return joined;
    }

    private static Stretch one(List<Stretch> parts, long end) {
        long start = parts.get(0).offset;
        byte[] all = new byte[Math.toIntExact(end - start)];
        for (Stretch part : parts) {
            System.arraycopy(part.array, part.from, all, (int) (part.offset - start), part.length);
        }
        return of(start, all);
    }

    /** Lists in the same order, none of which has more bytes than allowed; longer stretches are cut. */
    static List<List<Stretch>> cut(List<Stretch> stretches, long mostBytes) {
        List<List<Stretch>> lists = new ArrayList<>();
        List<Stretch> list = new ArrayList<>();
        long left = mostBytes;
        for (Stretch stretch : stretches) {
            for (int done = 0; done < stretch.length; ) {
                if (left == 0) {
                    lists.add(list);
                    list = new ArrayList<>();
                    left = mostBytes;
                }
                int part = (int) Math.min(left, stretch.length - done);
                list.add(new Stretch(stretch.offset + done, stretch.array, stretch.from + done, part));
                done += part;
                left -= part;
            }
        }
        if (!list.isEmpty()) {
            lists.add(list);
        }
        return lists;
    }
}
