// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.WideBytes;

/**
 * The sequences section of a block: decodes and executes it in one pass. Keeps the tables and the three recent
 * distances for later blocks of the frame. Confined to one task.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.3.2">RFC 8878, 3.1.1.3.2</a>
 */
final class Sequences {
    /** Bytes behind a sequence that may be written: its copies begin with three words and go on in steps of two. */
    private static final int SLACK = 32;

    /** From here on a library copy beats a loop of words. */
    private static final int LONG_COPY = 128;

    private final SequenceCodes literalLengths = SequenceCodes.literalLengths();
    private final SequenceCodes offsets = SequenceCodes.offsets();
    private final SequenceCodes matchLengths = SequenceCodes.matchLengths();
    private int recent1;
    private int recent2;
    private int recent3;

    /** Forgets tables and distances: a new frame begins. */
    void reset() {
        literalLengths.reset();
        offsets.reset();
        matchLengths.reset();
        recent1 = 1;
        recent2 = 4;
        recent3 = 8;
    }

    /**
     * Decodes a section with the block's literals.
     *
     * @return the index behind the block's last byte in the room
     * @throws FilterDataException when the section is malformed or gives too much
     */
    int decode(Span section, Literals literals, BlockRoom room) throws FilterDataException {
        byte[] in = section.array();
        int from = section.offset();
        int end = section.end();
        int at = from + 1;
        int count = from < end ? in[from] & 0xff : 0;
        if (from >= end || end - at < (count < 128 ? 0 : count < 255 ? 1 : 2)) {
            throw malformed("section ends within its header");
        }
        if (count == 255) {
            count = WideBytes.shortAt(in, at) + 0x7f00;
            at += 2;
        } else if (count >= 128) {
            count = ((count - 128) << 8) + (in[at++] & 0xff);
        }
        if (count == 0) {
            if (at != end) {
                throw malformed("section of 0 sequences has data");
            }
            return copyRest(literals, literals.start(), room, room.start());
        }
        int modes = at < end ? in[at++] & 0xff : 3;
        if ((modes & 3) != 0) {
            throw malformed("section has reserved modes");
        }
        at = literalLengths.choose(modes >>> 6, in, at, end);
        at = offsets.choose((modes >>> 4) & 3, in, at, end);
        at = matchLengths.choose((modes >>> 2) & 3, in, at, end);
        return execute(count, new Span(in, at, end - at), literals, room);
    }

    private static int copyRest(Literals literals, int from, BlockRoom room, int to) throws FilterDataException {
        int rest = literals.end() - from;
        if (rest > room.end() - to) {
            throw tooLong();
        }
        System.arraycopy(literals.bytes(), from, room.array(), to, rest);
        return to + rest;
    }

    /*
     * The bits are held as in HuffmanStreams: next bits on top, a mark below that tells how many were taken. A load
     * gives at least 56 bits. An offset takes up to 31, the lengths up to 32, the next states up to 26: one load per
     * sequence is enough unless offset and lengths take more than 30. Only the low six bits of a shift count, so ~n
     * shifts by 63 - n; an offset of 2^31 or more is a negative number.
     *
     * Matches 8 back are what rows of 64-bit numbers consist of, with a literal or two between them. Their first word
     * ends in bytes that were stored by two stores just now, which a load would have to wait for; so it is put
     * together from the last eight bytes written, which end at lastEnd, and the literals.
     */
    private int execute(int count, Span stream, Literals literals, BlockRoom room) throws FilterDataException {
        byte[] in = stream.array();
        int start = stream.offset();
        int end = stream.end();
        byte[] out = room.array();
        int frameStart = room.frameStart();
        int outEnd = room.end();
        long[] llTable = literalLengths.table().entries();
        long[] ofTable = offsets.table().entries();
        long[] mlTable = matchLengths.table().entries();
        int llLog = literalLengths.table().log();
        int ofLog = offsets.table().log();
        int mlLog = matchLengths.table().log();
        byte[] lits = literals.bytes();
        int lit = literals.start();
        int litEnd = literals.end();
        int litFast = Math.min(lits.length - Literals.SLACK, litEnd);
        int fastEnd = outEnd - SLACK;
        int r1 = recent1;
        int r2 = recent2;
        int r3 = recent3;
        int op = room.start();

        int p = end - 8;
        int lowest = start - 8;
        long bits = (WideBytes.longAt(in, p) | 1) << BackwardBits.padding(in, start, end);
        int llState = (int) (bits >>> 1 >>> ~llLog);
        bits <<= llLog;
        int ofState = (int) (bits >>> 1 >>> ~ofLog);
        bits <<= ofLog;
        int mlState = (int) (bits >>> 1 >>> ~mlLog);
        bits <<= mlLog;

        long last = 0;
        int lastEnd = -1;
        for (int n = count; n > 0; n--) {
            int taken = Long.numberOfTrailingZeros(bits);
            p -= taken >>> 3;
            if (p < lowest) {
                throw malformed("stream is too short");
            }
            bits = (WideBytes.longAt(in, p) | 1) << (taken & 7);

            long ll = llTable[llState];
            long of = ofTable[ofState];
            long ml = mlTable[mlState];
            int ofBits = (int) (of >>> 56);
            int llBits = (int) (ll >>> 56);
            int mlBits = (int) (ml >>> 56);
            int offset = (int) of + (int) (bits >>> 1 >>> ~ofBits);
            bits <<= ofBits;
            int matchLength = (int) ml;
            int literalLength = (int) ll;
            if (llBits + mlBits > 0) {
                if (ofBits + llBits + mlBits > 30) {
                    taken = Long.numberOfTrailingZeros(bits);
                    p -= taken >>> 3;
                    if (p < lowest) {
                        throw malformed("stream is too short");
                    }
                    bits = (WideBytes.longAt(in, p) | 1) << (taken & 7);
                }
                matchLength += (int) (bits >>> 1 >>> ~mlBits);
                bits <<= mlBits;
                literalLength += (int) (bits >>> 1 >>> ~llBits);
                bits <<= llBits;
            }
            if (n > 1) {
                if (mlBits + llBits > 24) {
                    taken = Long.numberOfTrailingZeros(bits);
                    p -= taken >>> 3;
                    if (p < lowest) {
                        throw malformed("stream is too short");
                    }
                    bits = (WideBytes.longAt(in, p) | 1) << (taken & 7);
                }
                int width = (int) (ll >>> 48);
                llState = ((int) (ll >>> 32) & 0xffff) + (int) (bits >>> 1 >>> ~width);
                bits <<= width;
                width = (int) (ml >>> 48);
                mlState = ((int) (ml >>> 32) & 0xffff) + (int) (bits >>> 1 >>> ~width);
                bits <<= width;
                width = (int) (of >>> 48);
                ofState = ((int) (of >>> 32) & 0xffff) + (int) (bits >>> 1 >>> ~width);
                bits <<= width;
            }

            int distance;
            if (offset > 3) {
                distance = offset - 3;
                r3 = r2;
                r2 = r1;
                r1 = distance;
            } else {
                if (offset < 0) {
                    throw malformed("distance is " + (Integer.toUnsignedLong(offset) - 3));
                }
                int which = offset + (literalLength == 0 ? 1 : 0);
                if (which == 1) {
                    distance = r1;
                } else {
                    distance = which == 2 ? r2 : which == 3 ? r3 : r1 - 1;
                    r3 = which == 2 ? r3 : r2;
                    r2 = r1;
                    r1 = distance;
                }
            }

            int match = op + literalLength;
            boolean fast = literalLength + matchLength <= fastEnd - op && literalLength <= litFast - lit;
            if (fast && distance == 8 && literalLength <= 8 && op - frameStart >= 8) {
                long literal = WideBytes.longAt(lits, lit);
                long word = behind(lastEnd == op ? last : WideBytes.longAt(out, op - 8), literal, literalLength);
                WideBytes.putLong(out, op, literal);
                WideBytes.putLong(out, match, word);
                WideBytes.putLong(out, match + 8, word);
                WideBytes.putLong(out, match + 16, word);
                lit += literalLength;
                op = match + matchLength;
                for (int at = match + 24; at < op; at += 8) {
                    WideBytes.putLong(out, at, word);
                }
                last = Long.rotateRight(word, 8 * matchLength);
                lastEnd = op;
                continue;
            }
            if (fast && Integer.compareUnsigned(distance - 1, match - frameStart) < 0) {
                WideBytes.putLong(out, op, WideBytes.longAt(lits, lit));
                WideBytes.putLong(out, op + 8, WideBytes.longAt(lits, lit + 8));
                if (literalLength > 16) {
                    copyLiterals(lits, lit + 16, out, op + 16, match);
                }
                if (distance >= 8) {
                    int source = match - distance;
                    WideBytes.putLong(out, match, WideBytes.longAt(out, source));
                    WideBytes.putLong(out, match + 8, WideBytes.longAt(out, source + 8));
                    WideBytes.putLong(out, match + 16, WideBytes.longAt(out, source + 16));
                    if (matchLength > 24) {
                        copyMatch(out, match, distance, match + matchLength, outEnd);
                    }
                } else {
                    WideBytes.repeatShort(out, match, distance, match + matchLength);
                }
            } else {
                if (literalLength > litEnd - lit || matchLength > outEnd - match || match > outEnd) {
                    throw tooLong();
                }
                if (distance <= 0 || distance > match - frameStart) {
                    throw malformed("distance is " + distance + " at byte " + (match - frameStart));
                }
                System.arraycopy(lits, lit, out, op, literalLength);
                WideBytes.copyMatch(out, match, distance, matchLength, outEnd);
            }
            lit += literalLength;
            op = match + matchLength;
        }
        if ((p - start) * 8 + Long.SIZE - Long.numberOfTrailingZeros(bits) != 0) {
            throw malformed("stream has bits left");
        }
        recent1 = r1;
        recent2 = r2;
        recent3 = r3;
        return copyRest(literals, lit, room, op);
    }

    /** Eight little-endian bytes: those of {@code before}, but moved on by the first 0 to 8 of {@code next}. */
    private static long behind(long before, long next, int count) {
        int half = 4 * count; // twice, as a shift by 64 is none
        return before >>> half >>> half | next << 32 - half << 32 - half;
    }

    private static void copyLiterals(byte[] lits, int from, byte[] out, int to, int end) {
        if (end - to <= LONG_COPY) {
            WideBytes.copyWords(lits, from, out, to, end);
        } else {
            System.arraycopy(lits, from, out, to, end - to);
        }
    }

    /** What is behind the first 24 bytes of a match. */
    private static void copyMatch(byte[] out, int match, int distance, int end, int outEnd) {
        if (end - match <= LONG_COPY) {
            WideBytes.repeatWords(out, match + 24, distance, end);
        } else {
            WideBytes.copyMatch(out, match, distance, end - match, outEnd);
        }
    }

    private static FilterDataException malformed(String what) {
        return new FilterDataException("Zstandard sequences: " + what);
    }

    private static FilterDataException tooLong() {
        return new FilterDataException("Zstandard block gives more than its literals or the expected length");
    }
}
