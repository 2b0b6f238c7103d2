// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.inflate;

import io.h5coro.filter.FilterDataException;
import java.util.Arrays;

/**
 * The two tables of a block of a deflate stream, built again only where a block has other codes than the one before,
 * be it of another stream. Confined to one task.
 */
final class InflateTables {
    static final int LENGTH_ROOT = 11;
    static final int DISTANCE_ROOT = 8;
    static final int CODE_LENGTH_ROOT = 7;

    private static final int[] LENGTH_SYMBOLS = InflateSymbols.literalsAndLengths();
    private static final int[] DISTANCE_SYMBOLS = InflateSymbols.distances();
    private static final int[] CODE_LENGTH_SYMBOLS = InflateSymbols.codeLengths();
    private static final byte[] FIXED = fixed();

    /** Most code lengths of a block, with those of both alphabets that only fixed codes have. */
    private static final int MOST_LENGTHS = 320;

    /** Enough for each complete code of 288 symbols, 15 bits and this root (2342); 32 symbols take 402. */
    private static final int LENGTH_TABLE = 2400;

    private static final int DISTANCE_TABLE = 416;

    /** Where the table of distances begins. */
    static final int DISTANCES = LENGTH_TABLE;

    /**
     * Entries of literals and lengths, then of distances, as {@link HuffmanCode} has them. In one array, so that the
     * loop that decodes needs fewer registers.
     */
    final int[] entries = new int[LENGTH_TABLE + DISTANCE_TABLE];

    /** Code lengths of the block: literals and lengths first, then distances. */
    final byte[] codeLengths = new byte[MOST_LENGTHS];

    private final int[] distances = new int[DISTANCE_TABLE];
    private final int[] codeLengthEntries = new int[1 << CODE_LENGTH_ROOT];
    private final HuffmanCode huffman = new HuffmanCode();

    /** What the tables are of; the counts are 0 while they are of nothing. */
    private final byte[] known = new byte[MOST_LENGTHS];

    private int knownLengths;
    private int knownDistances;

    private static byte[] fixed() {
        byte[] lengths = new byte[MOST_LENGTHS];
        Arrays.fill(lengths, 0, 144, (byte) 8);
        Arrays.fill(lengths, 144, 256, (byte) 9);
        Arrays.fill(lengths, 256, 280, (byte) 7);
        Arrays.fill(lengths, 280, 288, (byte) 8);
        Arrays.fill(lengths, 288, MOST_LENGTHS, (byte) 5);
        return lengths;
    }

    /** The entries of a code of code lengths, whose own lengths are the first 19 of {@link #codeLengths}. */
    int[] ofCodeLengths() throws FilterDataException {
        huffman.build(codeLengths, 0, 19, CODE_LENGTH_SYMBOLS, CODE_LENGTH_ROOT, codeLengthEntries, false);
        return codeLengthEntries;
    }

    /** Makes both tables of the codes that RFC 1951 3.2.6 fixes. */
    void buildFixed() throws FilterDataException {
        System.arraycopy(FIXED, 0, codeLengths, 0, MOST_LENGTHS);
        build(288, MOST_LENGTHS - 288);
    }

    /** Makes both tables of so many {@link #codeLengths}. */
    void build(int lengthCount, int distanceCount) throws FilterDataException {
        int count = lengthCount + distanceCount;
        if (lengthCount == knownLengths
                && distanceCount == knownDistances
                && Arrays.equals(codeLengths, 0, count, known, 0, count)) {
            return;
        }
        knownLengths = 0;
        huffman.build(codeLengths, 0, lengthCount, LENGTH_SYMBOLS, LENGTH_ROOT, entries, false);
        huffman.pair(LENGTH_ROOT, entries, codeLengths);
        huffman.build(codeLengths, lengthCount, distanceCount, DISTANCE_SYMBOLS, DISTANCE_ROOT, distances, true);
        System.arraycopy(distances, 0, entries, DISTANCES, DISTANCE_TABLE);
        System.arraycopy(codeLengths, 0, known, 0, count);
        knownLengths = lengthCount;
        knownDistances = distanceCount;
    }
}
