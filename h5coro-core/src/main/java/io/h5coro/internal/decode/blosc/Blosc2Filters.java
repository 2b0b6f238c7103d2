// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterDataException;
import io.h5coro.internal.decode.bitshuffle.BitTranspose;
import io.h5coro.internal.decode.bitshuffle.ByteTranspose;

/**
 * The filters of a Blosc2 chunk and their undoing. A delta is undone by the caller, since it refers to the chunk's
 * first block. Keeps scratch space: confined to one task. (c-blosc2 {@code blosc2.c}, {@code bytedelta.c})
 */
final class Blosc2Filters {
    private static final int SLOTS = 6;
    private static final int NONE = 0;
    private static final int SHUFFLE = 1;
    private static final int BITSHUFFLE = 2;
    private static final int DELTA = 3;
    private static final int TRUNCATE_FLOATS = 4;
    private static final int BYTE_DELTA = 35;
    private static final int TRUNCATE_INTEGERS = 36;

    private final int[] filters;
    private final int[] parameters;
    private final int elementSize;
    private final BitTranspose bits;
    private final int transposes;
    private final boolean delta;
    private byte[] spare = new byte[0];

    private Blosc2Filters(int[] filters, int[] parameters, BitTranspose bits, int transposes, boolean delta) {
        this.filters = filters;
        this.parameters = parameters;
        this.elementSize = bits.size();
        this.transposes = transposes;
        this.delta = delta;
        this.bits = bits;
    }

    /** No filters. */
    static Blosc2Filters none() {
        return new Blosc2Filters(new int[0], new int[0], new BitTranspose(1), 0, false);
    }

    /**
     * Reads the filters of the chunk whose header is at {@code start}.
     *
     * @param bits undoes the transposition of bits of the chunk's elements
     * @param itemSize bytes of an element of the frame
     * @throws FilterDataException unsupported, when a filter or its parameter is not known
     */
    static Blosc2Filters read(byte[] in, int start, BitTranspose bits, int itemSize) throws FilterDataException {
        int[] filters = new int[SLOTS];
        int[] parameters = new int[SLOTS];
        int transposes = 0;
        boolean delta = false;
        for (int i = 0; i < SLOTS; i++) {
            filters[i] = in[start + 16 + i] & 0xff;
            parameters[i] = in[start + 24 + i] & 0xff;
            boolean transpose = filters[i] == SHUFFLE || filters[i] == BITSHUFFLE;
            boolean known = transpose
                    ? parameters[i] == 0
                    : filters[i] == NONE || isTruncation(filters[i]) || filters[i] == BYTE_DELTA;
            if (filters[i] == DELTA && transposes == 0 && !delta && !contains(filters, BYTE_DELTA)) {
                delta = true;
            } else if (!known) {
                throw new FilterDataException("Blosc2 filter " + filters[i] + " with " + parameters[i], true);
            }
            if (filters[i] == BYTE_DELTA && parameters[i] == 0) {
                parameters[i] = itemSize;
            }
            transposes += transpose ? 1 : 0;
        }
        return new Blosc2Filters(filters, parameters, bits, transposes, delta);
    }

    private static boolean isTruncation(int filter) {
        return filter == TRUNCATE_FLOATS || filter == TRUNCATE_INTEGERS;
    }

    private static boolean contains(int[] filters, int wanted) {
        for (int filter : filters) {
            if (filter == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Whether blocks are differences to the first block, which remain to be undone after {@link #undo}. */
    boolean delta() {
        return delta;
    }

    /** Whether {@link #undo} needs its input in an array of its own. */
    boolean moves() {
        return transposes > 0;
    }

    /**
     * Undoes the filters of one block but for a delta.
     *
     * @param block array whose first {@code length} bytes are the block when {@link #moves()}, and are overwritten;
     *     else not used
     * @param out array that gets the block from {@code to} on; holds it already when not {@link #moves()}
     */
    void undo(byte[] block, byte[] out, int to, int length) {
        byte[] from = block;
        int left = transposes;
        for (int i = filters.length - 1; i >= 0; i--) {
            if (filters[i] == BYTE_DELTA) {
                boolean moved = left == 0;
                sum(moved ? out : from, moved ? to : 0, length, parameters[i]);
            } else if (filters[i] == SHUFFLE || filters[i] == BITSHUFFLE) {
                left--;
                byte[] target = left == 0 ? out : otherThan(from, block, length);
                transpose(filters[i], from, target, left == 0 ? to : 0, length);
                from = target;
            }
        }
    }

    private byte[] otherThan(byte[] used, byte[] block, int length) {
        if (used != block) {
            return block;
        }
        if (spare.length < length) {
            spare = new byte[length];
        }
        return spare;
    }

    private void transpose(int filter, byte[] from, byte[] out, int to, int length) {
        if (filter == SHUFFLE) {
            ByteTranspose.undo(elementSize, from, 0, out, to, length);
            return;
        }
        int elements = length / elementSize & -8;
        int moved = elements * elementSize;
        bits.undo(from, 0, out, to, elements);
        System.arraycopy(from, moved, out, to + moved, length - moved);
    }

    /** Undoes differences of successive bytes in each of {@code streams} equal parts. */
    private static void sum(byte[] bytes, int start, int length, int streams) {
        int part = length / streams;
        for (int stream = 0; stream < streams; stream++) {
            int end = start + (stream + 1) * part;
            byte sum = 0;
            for (int i = end - part; i < end; i++) {
                sum += bytes[i];
                bytes[i] = sum;
            }
        }
    }

    /**
     * Undoes the differences of the first block: each word against the word before.
     *
     * @param elementSize bytes of an element; words are 2, 4 or 8 bytes for such elements, 8 for multiples, else 1
     */
    static void undoFirstDelta(byte[] bytes, int start, int length, int elementSize) {
        int word = wordOf(elementSize);
        int end = start + length / word * word;
        for (int i = start + word; i < end; i++) {
            bytes[i] ^= bytes[i - word];
        }
    }

    /** Undoes the differences of another block, which are to the same bytes of the first block. */
    static void undoDelta(byte[] first, byte[] bytes, int start, int length, int elementSize) {
        int word = wordOf(elementSize);
        int end = length / word * word;
        for (int i = 0; i < end; i++) {
            bytes[start + i] ^= first[i];
        }
    }

    private static int wordOf(int elementSize) {
        return switch (elementSize) {
            case 1, 2, 4, 8 -> elementSize;
            default -> elementSize % 8 == 0 ? 8 : 1;
        };
    }
}
