// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.inflate;

import static io.h5coro.internal.decode.inflate.HuffmanCode.END;
import static io.h5coro.internal.decode.inflate.HuffmanCode.LITERAL;
import static io.h5coro.internal.decode.inflate.HuffmanCode.SPECIAL;
import static io.h5coro.internal.decode.inflate.HuffmanCode.SUB_TABLE;
import static io.h5coro.internal.decode.inflate.InflateTables.CODE_LENGTH_ROOT;
import static io.h5coro.internal.decode.inflate.InflateTables.DISTANCES;
import static io.h5coro.internal.decode.inflate.InflateTables.DISTANCE_ROOT;
import static io.h5coro.internal.decode.inflate.InflateTables.LENGTH_ROOT;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.WideBytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The blocks of a deflate stream (RFC 1951). Confined to one task.
 *
 * <p>Bits wait in a 64-bit window that a whole word refills: the word is shifted in behind the {@code bits} that are
 * there, as many whole bytes as fit count, and what lies above them is put in again, unchanged, by the next refill. The
 * fast loop needs 16 bytes of input and room for four literals and the longest match; near the ends of either array
 * the careful one takes over, a symbol at a time.
 */
final class InflateBlocks {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private static final byte[] CODE_LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    /** Two words. */
    private static final int FAST_INPUT = 16;

    /** Two looks at two literals, the longest match, and what its copy writes behind it. */
    static final int FAST_OUTPUT = 4 + 258 + 24;

    /** Most bits of a distance, its code's and those behind it, and the index of what comes next. */
    private static final int DISTANCE_BITS = 28 + LENGTH_ROOT;

    private final byte[] input;
    private final int inputEnd;
    private final InflateOutput output;
    private final InflateTables tables;
    private int next;
    private long window;
    private int bits;
    private int padding;

    /** Opens a stream. The tables are this object's until it has decoded. */
    InflateBlocks(Span stream, InflateOutput output, InflateTables tables) {
        this.input = stream.array();
        this.next = stream.offset();
        this.inputEnd = stream.end();
        this.output = output;
        this.tables = tables;
    }

    /** Decodes all blocks; returns the index of the byte behind the last. */
    int decode() throws FilterDataException {
        boolean last;
        do {
            refill();
            last = take(1) != 0;
            switch (take(2)) {
                case 0 -> stored();
                case 1 -> {
                    tables.buildFixed();
                    symbols();
                }
                case 2 -> {
                    dynamicCodes();
                    symbols();
                }
                default -> throw new FilterDataException("a zlib block of type 3");
            }
        } while (!last);
        alignToByte();
        return next;
    }

    private void stored() throws FilterDataException {
        alignToByte();
        if (inputEnd - next < 4) {
            throw cutOff();
        }
        int length = u16(next);
        if (length != (~u16(next + 2) & 0xffff)) {
            throw new FilterDataException("a stored zlib block whose length is damaged");
        }
        next += 4;
        if (length > inputEnd - next) {
            throw cutOff();
        }
        output.need(length);
        System.arraycopy(input, next, output.array, output.length, length);
        next += length;
        output.length += length;
    }

    private int u16(int at) {
        return input[at] & 0xff | (input[at + 1] & 0xff) << 8;
    }

    private void dynamicCodes() throws FilterDataException {
        int lengthCount = take(5) + 257;
        int distanceCount = take(5) + 1;
        int codeLengthCount = take(4) + 4;
        if (lengthCount > 286 || distanceCount > 30) {
            throw new FilterDataException("a zlib block of " + lengthCount + " and " + distanceCount + " codes");
        }
        byte[] lengths = tables.codeLengths;
        Arrays.fill(lengths, 0, CODE_LENGTH_ORDER.length, (byte) 0);
        for (int i = 0; i < codeLengthCount; i++) {
            refill();
            lengths[CODE_LENGTH_ORDER[i]] = (byte) take(3);
        }
        readLengths(lengths, lengthCount + distanceCount);
        if (lengths[256] == 0) {
            throw new FilterDataException("a zlib block without an end");
        }
        tables.build(lengthCount, distanceCount);
    }

    private void readLengths(byte[] lengths, int count) throws FilterDataException {
        int[] entries = tables.ofCodeLengths();
        int i = 0;
        while (i < count) {
            refill();
            int entry = entries[(int) window & (1 << CODE_LENGTH_ROOT) - 1];
            if ((entry & SPECIAL) != 0) {
                throw new FilterDataException("a zlib block with a wrong code length");
            }
            take(entry & 0xff);
            int symbol = entry >>> 16;
            if (symbol < 16) {
                lengths[i++] = (byte) symbol;
                continue;
            }
            int repeat;
            int value;
            if (symbol == 16) {
                value = i > 0 ? lengths[i - 1] : -1;
                repeat = 3 + take(2);
            } else {
                value = 0;
                repeat = symbol == 17 ? 3 + take(3) : 11 + take(7);
            }
            if (value < 0 || repeat > count - i) {
                throw new FilterDataException("a zlib block with a wrong repeat of code lengths");
            }
            Arrays.fill(lengths, i, i + repeat, (byte) value);
            i += repeat;
        }
    }

    private void symbols() throws FilterDataException {
        boolean end = false;
        while (!end) {
            if (output.room() < FAST_OUTPUT) {
                output.growFor(FAST_OUTPUT);
            }
            boolean fast = inputEnd - next >= FAST_INPUT && output.room() >= FAST_OUTPUT;
            end = fast ? fastSymbols() : symbol();
        }
    }

    /**
     * Decodes symbols until the block ends (then true) or one of the arrays nearly does.
     *
     * <p>A window of 56 bits or more has a look at literals, of 11 bits, a length, of 20, and often a distance. Only
     * the low six bits of {@code n} count: an entry is subtracted as it is. Most matches end within three words, which
     * are copied without asking how many are needed.
     *
     * <p>What limits the speed is that each look waits for the one before. So {@code e}, the entry of the next code, is
     * looked up as soon as the bits before it are taken: ahead of a match's copy, and of the refill, which leaves the
     * low 11 bits of the window as they are. They are there at the end of each turn: 34 bits behind two looks at
     * literals, and behind a distance those that the refill before it leaves.
     */
    private boolean fastSymbols() throws FilterDataException {
        final byte[] in = input;
        final byte[] out = output.array;
        final int[] entries = tables.entries;
        final int inLimit = inputEnd - FAST_INPUT;
        final int outLimit = out.length - FAST_OUTPUT;
        long w = window;
        int n = bits;
        int ip = next;
        int op = output.length;
        boolean end = false;
        if (ip <= inLimit) {
            w |= (long) LONG.get(in, ip) << n;
            ip += 7 - (n >>> 3 & 7);
            n |= 56;
        }
        int e = entries[(int) w & (1 << LENGTH_ROOT) - 1];
        while (ip <= inLimit && op <= outLimit) {
            w |= (long) LONG.get(in, ip) << n;
            ip += 7 - (n >>> 3 & 7);
            n |= 56;
            if (e < 0) {
                w >>>= e;
                n -= e;
                SHORT.set(out, op, (short) (e >>> 8));
                op += e >>> 24 & 3;
                e = entries[(int) w & (1 << LENGTH_ROOT) - 1];
                if (e < 0) {
                    w >>>= e;
                    n -= e;
                    SHORT.set(out, op, (short) (e >>> 8));
                    op += e >>> 24 & 3;
                    e = entries[(int) w & (1 << LENGTH_ROOT) - 1];
                    continue;
                }
            }
            if ((e & SPECIAL) != 0) {
                if ((e & SUB_TABLE) != 0) {
                    w >>>= LENGTH_ROOT;
                    n -= LENGTH_ROOT;
                    e = entries[(e >>> 16) + ((int) w & (1 << (e >>> 8 & 15)) - 1)];
                    if (e < 0) {
                        w >>>= e;
                        n -= e;
                        SHORT.set(out, op, (short) (e >>> 8));
                        op++;
                        e = entries[(int) w & (1 << LENGTH_ROOT) - 1];
                        continue;
                    }
                }
                if ((e & SPECIAL) != 0) {
                    end = isEnd(e);
                    w >>>= e;
                    n -= e;
                    break;
                }
            }
            int length = (e >>> 16) + (((int) w & (1 << e) - 1) >>> (e >>> 8));
            w >>>= e;
            n -= e;
            if ((n & 63) < DISTANCE_BITS) {
                w |= (long) LONG.get(in, ip) << n;
                ip += 7 - (n >>> 3 & 7);
                n |= 56;
            }
            e = entries[DISTANCES + ((int) w & (1 << DISTANCE_ROOT) - 1)];
            if ((e & SPECIAL) != 0) {
                if ((e & SUB_TABLE) == 0) {
                    throw noCode();
                }
                w >>>= DISTANCE_ROOT;
                n -= DISTANCE_ROOT;
                e = entries[DISTANCES + (e >>> 16) + ((int) w & (1 << (e >>> 8 & 15)) - 1)];
                if ((e & SPECIAL) != 0) {
                    throw noCode();
                }
            }
            int distance = (e >>> 16) + (((int) w & (1 << e) - 1) >>> (e >>> 8));
            w >>>= e;
            n -= e;
            if (distance > op) {
                throw tooFarBack(distance, op);
            }
            e = entries[(int) w & (1 << LENGTH_ROOT) - 1];
            if (distance >= 8) {
                int from = op - distance;
                LONG.set(out, op, (long) LONG.get(out, from));
                LONG.set(out, op + 8, (long) LONG.get(out, from + 8));
                LONG.set(out, op + 16, (long) LONG.get(out, from + 16));
                if (length > 24) {
                    WideBytes.repeatWords(out, op + 24, distance, op + length);
                }
            } else {
                WideBytes.repeatShort(out, op, distance, op + length);
            }
            op += length;
        }
        window = w;
        bits = n & 63;
        next = ip;
        output.length = op;
        output.checkLength();
        return end;
    }

    /** Decodes a symbol, with all checks; true at the end of the block. */
    private boolean symbol() throws FilterDataException {
        refill();
        int e = look(0, LENGTH_ROOT);
        if (e < 0) {
            take(e & 0xff);
            output.add((byte) (e >>> 8));
            if ((e >>> 24 & 3) == 2) {
                output.add((byte) (e >>> 16));
            }
            return false;
        }
        if ((e & SPECIAL) != 0) {
            boolean end = isEnd(e);
            take(e & 0xff);
            return end;
        }
        int length = number(e);
        e = look(DISTANCES, DISTANCE_ROOT);
        if ((e & SPECIAL) != 0) {
            throw noCode();
        }
        output.repeat(number(e), length);
        return false;
    }

    /** The entry of the next code; the root bits of a code in a sub-table are taken. */
    private int look(int table, int rootBits) throws FilterDataException {
        int e = tables.entries[table + ((int) window & (1 << rootBits) - 1)];
        if ((e & (LITERAL | SPECIAL | SUB_TABLE)) == (SPECIAL | SUB_TABLE)) {
            take(rootBits);
            e = tables.entries[table + (e >>> 16) + ((int) window & (1 << (e >>> 8 & 15)) - 1)];
        }
        return e;
    }

    private int number(int entry) throws FilterDataException {
        int value = (entry >>> 16) + (((int) window & (1 << entry) - 1) >>> (entry >>> 8 & 15));
        take(entry & 0xff);
        return value;
    }

    private static boolean isEnd(int entry) throws FilterDataException {
        if ((entry & END) == 0) {
            throw noCode();
        }
        return true;
    }

    private int take(int count) throws FilterDataException {
        int value = (int) window & (1 << count) - 1;
        window >>>= count;
        bits -= count;
        if (bits < 8 * padding) {
            throw cutOff();
        }
        return value;
    }

    /** Fills the window to 49 bits or more; with zeros behind the end, which nobody may take. */
    private void refill() {
        if (inputEnd - next >= Long.BYTES) {
            window |= (long) LONG.get(input, next) << bits;
            next += 7 - (bits >>> 3);
            bits |= 56;
            return;
        }
        while (bits <= 48) {
            if (next < inputEnd) {
                window |= (input[next++] & 0xffL) << bits;
            } else {
                padding++;
            }
            bits += 8;
        }
    }

    /** Drops the bits up to the next byte and gives back whole bytes that wait in the window. */
    private void alignToByte() {
        next -= (bits >>> 3) - padding;
        window = 0;
        bits = 0;
        padding = 0;
    }

    private static FilterDataException cutOff() {
        return new FilterDataException("the zlib stream is cut off");
    }

    private static FilterDataException noCode() {
        return new FilterDataException("bits that are no code of their zlib block");
    }

    private static FilterDataException tooFarBack(int distance, int length) {
        return new FilterDataException("a zlib match " + distance + " bytes back, there are only " + length);
    }
}
