// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.FilterDataException;

/**
 * One of the three alphabets of sequences with the table that decodes it in the current block. Confined to one task.
 *
 * <pre>
 * alphabet         codes  most accuracy  predefined   value of code c
 * literal lengths  36     9              6            c up to 15; then a base and 1 to 16 extra bits
 * match lengths    53     9              6            c + 3 up to 31; then a base and 1 to 16 extra bits
 * offsets          32     8              5            2^c and c extra bits
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.3.2.1">RFC 8878, 3.1.1.3.2.1</a>
 */
final class SequenceCodes {
    private static final int[] LITERAL_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16
    };
    private static final int[] LITERAL_COUNTS = {
        4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1
    };
    private static final int[] MATCH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, //
        1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    };
    private static final int[] MATCH_COUNTS = {
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, //
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
    };
    private static final int[] OFFSET_COUNTS = {
        1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1
    };
    private static final int[] OFFSET_BITS = upTo(31);
    private static final int[] OFFSET_BASES = powers(31);
    private static final int[] LITERAL_BASES = running(0, LITERAL_BITS);
    private static final int[] MATCH_BASES = running(3, MATCH_BITS);
    private static final FseTable LITERAL_DEFAULT = FseTable.predefined(6, LITERAL_COUNTS, LITERAL_BASES, LITERAL_BITS);
    private static final FseTable MATCH_DEFAULT = FseTable.predefined(6, MATCH_COUNTS, MATCH_BASES, MATCH_BITS);
    private static final FseTable OFFSET_DEFAULT = FseTable.predefined(5, OFFSET_COUNTS, OFFSET_BASES, OFFSET_BITS);

    private final int maximumLog;
    private final int[] bases;
    private final int[] extraBits;
    private final FseTable predefined;
    private final FseTable own = FseTable.empty();
    /** Either {@link #predefined}, which is shared and not changed, or {@link #own}. */
    private FseTable current;
    /** Whether a later block may repeat the table. False at the start of a frame, and after a malformed description. */
    private boolean known;

    private SequenceCodes(int maximumLog, int[] bases, int[] extraBits, FseTable predefined) {
        this.maximumLog = maximumLog;
        this.bases = bases;
        this.extraBits = extraBits;
        this.predefined = predefined;
        this.current = predefined;
    }

    static SequenceCodes literalLengths() {
        return new SequenceCodes(9, LITERAL_BASES, LITERAL_BITS, LITERAL_DEFAULT);
    }

    static SequenceCodes matchLengths() {
        return new SequenceCodes(9, MATCH_BASES, MATCH_BITS, MATCH_DEFAULT);
    }

    static SequenceCodes offsets() {
        return new SequenceCodes(8, OFFSET_BASES, OFFSET_BITS, OFFSET_DEFAULT);
    }

    private static int[] upTo(int last) {
        int[] numbers = new int[last + 1];
        for (int i = 0; i <= last; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    private static int[] powers(int last) {
        int[] numbers = new int[last + 1];
        for (int i = 0; i <= last; i++) {
            numbers[i] = 1 << i;
        }
        return numbers;
    }

    /** The value of each code when code n+1 begins where the values of code n end. */
    private static int[] running(int first, int[] extraBits) {
        int[] bases = new int[extraBits.length];
        int next = first;
        for (int i = 0; i < bases.length; i++) {
            bases[i] = next;
            next += 1 << extraBits[i];
        }
        return bases;
    }

    /** Forgets the table: a new frame begins. */
    void reset() {
        known = false;
    }

    /** The table of the current block. */
    FseTable table() {
        return current;
    }

    /**
     * Chooses the table of the current block.
     *
     * @param mode 0 predefined, 1 a single code that follows, 2 a distribution that follows, 3 as in the block before
     * @return the index behind what followed
     * @throws FilterDataException when the table's description is malformed
     */
    int choose(int mode, byte[] in, int at, int end) throws FilterDataException {
        if (mode == 3) {
            if (!known) {
                throw new FilterDataException("Zstandard block repeats a table that was not given");
            }
            return at;
        }
        int after = at;
        known = false;
        current = mode == 0 ? predefined : own;
        if (mode == 1) {
            int code = at < end ? in[at] & 0xff : bases.length;
            if (code >= bases.length) {
                throw new FilterDataException("Zstandard block has only sequence code " + code);
            }
            own.single(bases[code], extraBits[code]);
            after = at + 1;
        } else if (mode == 2) {
            after = own.build(in, at, end, maximumLog, bases, extraBits);
        }
        known = true;
        return after;
    }
}
