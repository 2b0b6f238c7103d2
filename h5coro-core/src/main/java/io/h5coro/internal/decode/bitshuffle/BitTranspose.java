// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.bitshuffle;

import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.WideBytes;
import io.h5coro.internal.decode.stage.StageBuffers;

/**
 * Undoes the transposition of the bits of n elements, n a multiple of 8. Transposed data are {@code 8 * size} rows of n
 * bits, lowest bit first: row {@code 8 * b + k} holds bit k of byte b of every element.
 *
 * <p>64 elements are a column: a word, of 8 bytes, from each row. The words of the 8 rows of a byte b become, by
 * exchanging bits, words that hold byte b of elements j, j + 8, … for j from 0 to 7; those, 8 at a time in the order
 * (j, b), become by exchanging bytes 8 successive bytes of the result each, whatever the element size.
 *
 * <p>Many columns are handled together, each row in an array of its own: an exchange is then a loop over two arrays,
 * which the compiler does with vectors. Rows of one block are too short for that, so successive blocks are taken
 * together. Holds scratch arrays: confined to one task.
 */
public final class BitTranspose {
    /** Bytes of the rows that are handled together: with what is read and written they stay in the nearest caches. */
    private static final int TILE_BYTES = 32 << 10;

    private static final int LEAST_COLUMNS = 32;
    private static final int COLUMN_ELEMENTS = 64;

    /** Elements longer than this are done byte by byte: they have as many rows as others have bytes. */
    private static final int WIDEST = 256;

    /** What stays in the lower of two rows that are 4, 2 and 1 apart. */
    private static final long[] BITS = {0x0F0F0F0F0F0F0F0FL, 0x3333333333333333L, 0x5555555555555555L};

    private static final long[] BYTES = {0x00000000FFFFFFFFL, 0x0000FFFF0000FFFFL, 0x00FF00FF00FF00FFL};

    private final int size;
    private final int mostColumns;

    /** Row {@code k * size + b} has bit k of byte b. None before they are used. */
    private long[][] rows = {};

    /** Columns in the rows. */
    private int columns;

    /**
     * For elements of a size.
     *
     * @param size bytes of an element; positive
     */
    public BitTranspose(int size) {
        this.size = size;
        this.mostColumns = Math.max(LEAST_COLUMNS, TILE_BYTES / COLUMN_ELEMENTS / size);
    }

    /** That of the chunk before, when it had elements of the same size. */
    static BitTranspose of(int size, StageBuffers buffers) {
        BitTranspose known = buffers.scratch(BitTranspose.class);
        if (known != null && known.size == size) {
            return known;
        }
        BitTranspose made = new BitTranspose(size);
        buffers.keepScratch(made);
        return made;
    }

    /** Bytes of an element. */
    public int size() {
        return size;
    }

    /** Blocks of so many elements that are best undone by one call. */
    int blocksAtOnce(int elements) {
        return isWhole(elements) ? Math.max(1, mostColumns / (elements / COLUMN_ELEMENTS)) : 1;
    }

    private boolean isWhole(int elements) {
        return elements % COLUMN_ELEMENTS == 0 && elements > 0;
    }

    /**
     * Undoes the transposition of successive blocks.
     *
     * @param out as long as the input; another array
     * @param elements elements of a block, a multiple of 8
     */
    void undo(Span in, Span out, int elements) {
        int blockBytes = elements * size;
        int together = blocksAtOnce(elements);
        if (together == 1 || size > WIDEST) {
            for (int at = 0; at < in.length(); at += blockBytes) {
                undo(in.array(), in.offset() + at, out.array(), out.offset() + at, elements);
            }
            return;
        }
        for (int at = 0; at < in.length(); at += together * blockBytes) {
            makeRows(mostColumns);
            int end = Math.min(in.length(), at + together * blockBytes);
            for (int block = at; block < end; block += blockBytes) {
                load(in.array(), in.offset() + block, elements / 8, elements / COLUMN_ELEMENTS);
            }
            exchangeAndStore(out.array(), out.offset() + at);
        }
    }

    /**
     * Undoes the transposition of {@code elements} elements from {@code from} on, into {@code out} from {@code to} on.
     *
     * @param elements a multiple of 8
     */
    public void undo(byte[] in, int from, byte[] out, int to, int elements) {
        int rowBytes = elements / 8;
        int wide = size > WIDEST ? 0 : rowBytes / 8;
        for (int first = 0; first < wide; first += mostColumns) {
            int count = Math.min(mostColumns, wide - first);
            makeRows(Math.min(mostColumns, wide));
            load(in, from + 8 * first, rowBytes, count);
            exchangeAndStore(out, to + COLUMN_ELEMENTS * size * first);
        }
        for (int group = 8 * wide; group < rowBytes; group++) {
            for (int b = 0; b < size; b++) {
                eightElements(in, from + 8 * b * rowBytes + group, rowBytes, out, to + 8 * group * size + b);
            }
        }
    }

    private void makeRows(int length) {
        columns = 0;
        if (rows.length == 0 || rows[0].length < length) {
            rows = new long[8 * size][length];
        }
    }

    /** Adds columns, whose first words are {@code rowBytes} apart. */
    private void load(byte[] in, int from, int rowBytes, int count) {
        for (int b = 0; b < size; b++) {
            for (int k = 0; k < 8; k++) {
                long[] row = rows[k * size + b];
                int at = from + (8 * b + k) * rowBytes;
                for (int i = 0; i < count; i++) {
                    row[columns + i] = WideBytes.longAt(in, at + 8 * i);
                }
            }
        }
        columns += count;
    }

    private void exchangeAndStore(byte[] out, int to) {
        for (int b = 0; b < size; b++) {
            exchangeAll(b, size, BITS, 4);
        }
        for (int q = 0; q < size; q++) {
            exchangeAll(8 * q, 1, BYTES, 32);
            store(8 * q, out, to + 8 * q);
        }
    }

    /**
     * Transposes squares of 8 by 8 bits or bytes.
     *
     * @param first the first of 8 rows
     * @param step from one row to the next
     * @param masks what stays, for rows 4, 2 and 1 apart
     * @param shift bits between places that rows 4 apart exchange; half and a quarter of it for the others
     */
    private void exchangeAll(int first, int step, long[] masks, int shift) {
        for (int r = 0; r < 4; r++) {
            exchange(rows[first + r * step], rows[first + (r + 4) * step], shift, masks[0]);
        }
        for (int r = 0; r < 6; r += r == 1 ? 3 : 1) {
            exchange(rows[first + r * step], rows[first + (r + 2) * step], shift / 2, masks[1]);
        }
        for (int r = 0; r < 8; r += 2) {
            exchange(rows[first + r * step], rows[first + (r + 1) * step], shift / 4, masks[2]);
        }
    }

    private void exchange(long[] low, long[] high, int shift, long mask) {
        int count = columns;
        for (int i = 0; i < count; i++) {
            long a = low[i];
            long b = high[i];
            long t = (a >>> shift ^ b) & mask;
            high[i] = b ^ t;
            low[i] = a ^ t << shift;
        }
    }

    /** Writes 8 rows, whose words are {@code size} words apart in the result. */
    private void store(int first, byte[] out, int to) {
        long[] r0 = rows[first];
        long[] r1 = rows[first + 1];
        long[] r2 = rows[first + 2];
        long[] r3 = rows[first + 3];
        long[] r4 = rows[first + 4];
        long[] r5 = rows[first + 5];
        long[] r6 = rows[first + 6];
        long[] r7 = rows[first + 7];
        int step = 8 * size;
        int count = columns;
        for (int i = 0, at = to; i < count; i++, at += 8 * step) {
            WideBytes.putLong(out, at, r0[i]);
            WideBytes.putLong(out, at + step, r1[i]);
            WideBytes.putLong(out, at + 2 * step, r2[i]);
            WideBytes.putLong(out, at + 3 * step, r3[i]);
            WideBytes.putLong(out, at + 4 * step, r4[i]);
            WideBytes.putLong(out, at + 5 * step, r5[i]);
            WideBytes.putLong(out, at + 6 * step, r6[i]);
            WideBytes.putLong(out, at + 7 * step, r7[i]);
        }
    }

    /** One byte of each of 8 elements: an 8 by 8 bit matrix in one word. */
    private void eightElements(byte[] in, int from, int rowBytes, byte[] out, int to) {
        long matrix = 0;
        for (int k = 0; k < 8; k++) {
            matrix |= (in[from + k * rowBytes] & 0xffL) << (8 * k);
        }
        long t = (matrix ^ (matrix >>> 7)) & 0x00AA00AA00AA00AAL;
        matrix ^= t ^ (t << 7);
        t = (matrix ^ (matrix >>> 14)) & 0x0000CCCC0000CCCCL;
        matrix ^= t ^ (t << 14);
        t = (matrix ^ (matrix >>> 28)) & 0x00000000F0F0F0F0L;
        matrix ^= t ^ (t << 28);
        for (int j = 0; j < 8; j++) {
            out[to + j * size] = (byte) (matrix >>> (8 * j));
        }
    }
}
