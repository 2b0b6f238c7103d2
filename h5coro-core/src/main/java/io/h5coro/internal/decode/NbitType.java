// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The type in the client data of n-bit: which bits of an element are stored. Immutable.
 *
 * <pre>
 * 1 number:   1, size, order (0 little-endian, 1 big-endian), precision, offset
 * 2 array:    2, size in all, base type
 * 3 compound: 3, size in all, number of members, then for each member its offset and type
 * 4 other:    4, size; all bytes are stored
 * </pre>
 *
 * <p>Sizes are in bytes, precision and the offset of a number in bits. Invariant: the parts of a type lie in its size,
 * so unpacking an element takes a time bound by size times depth.
 *
 * <p>Example: a big-endian integer of 4 bytes with precision 12 and offset 6 has its bits in bits 6 to 17. They are
 * stored as bits 17-16, 15-8, 7-6. They come back as the two low bits of byte 1, as byte 2 and as the two high bits of
 * byte 3.
 */
sealed interface NbitType {
    /** Bytes of an element. */
    long size();

    /** Stored bits of an element. */
    long bits();

    /** Writes one element at {@code out[at]}, where there are zeros. */
    void unpack(BitSource bits, byte[] out, int at);

    /** Writes as many elements as fill the output, whatever is there. */
    default void unpackAll(BitSource bits, Span out) {
        Arrays.fill(out.array(), out.offset(), out.end(), (byte) 0);
        for (int at = out.offset(); at < out.end(); at += (int) size()) {
            unpack(bits, out.array(), at);
        }
    }

    /**
     * Bits {@code [offset, offset + precision)} of an integer; the most significant of them is stored first.
     *
     * @param size bytes of the element in memory
     * @param bigEndian byte order of the element in memory
     * @param precision number of stored bits
     * @param offset lowest stored bit; {@code offset + precision} is at most {@code 8 * size}
     */
    record Packed(long size, boolean bigEndian, int precision, int offset) implements NbitType {
        /** Numbers that are unpacked at a time. */
        private static final int BATCH = 512;

        @Override
        public void unpackAll(BitSource bits, Span out) {
            if (!ElementBytes.has(size)) {
                NbitType.super.unpackAll(bits, out);
                return;
            }
            ElementBytes elements = new ElementBytes((int) size, bigEndian);
            long[] batch = new long[BATCH];
            int at = out.offset();
            for (int left = out.length() / (int) size; left > 0; left -= BATCH) {
                int count = Math.min(BATCH, left);
                bits.read(precision, batch, count);
                for (int i = 0; i < count; i++) {
                    batch[i] <<= offset;
                }
                elements.put(batch, count, out.array(), at);
                at += count * (int) size;
            }
        }

        @Override
        public long bits() {
            return precision;
        }

        @Override
        public void unpack(BitSource source, byte[] out, int at) {
            int high = offset + precision;
            while (high > offset) {
                int index = (high - 1) >> 3;
                int low = Math.max(offset, 8 * index);
                long value = source.read(high - low) << (low - 8 * index);
                out[bigEndian ? at + (int) size - 1 - index : at + index] = (byte) value;
                high = low;
            }
        }
    }

    /** Bytes as they are. */
    record Bytes(long size) implements NbitType {
        @Override
        public long bits() {
            return 8 * size;
        }

        @Override
        public void unpack(BitSource source, byte[] out, int at) {
            for (int i = 0; i < size; i++) {
                out[at + i] = (byte) source.read(8);
            }
        }
    }

    /**
     * {@code size / base.size} elements; bytes behind the last are not stored.
     *
     * @param size bytes of all elements
     * @param base type of an element
     */
    record Array(long size, NbitType base) implements NbitType {
        @Override
        public long bits() {
            return size / base.size() * base.bits();
        }

        @Override
        public void unpack(BitSource source, byte[] out, int at) {
            int step = (int) base.size();
            for (int done = 0; done <= size - step; done += step) {
                base.unpack(source, out, at + done);
            }
        }
    }

    /**
     * Members in the order of storage.
     *
     * @param size bytes, gaps between members included
     * @param members their sizes sum to at most {@code size}
     * @param bits sum of the members' stored bits
     */
    record Compound(long size, List<Member> members, long bits) implements NbitType {
        @Override
        public void unpack(BitSource source, byte[] out, int at) {
            for (Member member : members) {
                member.type.unpack(source, out, at + member.offset);
            }
        }
    }

    /** A member at an offset in bytes. */
    record Member(int offset, NbitType type) {}

    /** Reads a type; confined to one task. */
    final class Parser {
        /** Deeper than any type that a program declares; a bound for the recursion. */
        private static final int DEEPEST = 64;

        private final int[] values;
        private int next;

        Parser(int[] values, int next) {
            this.values = values;
            this.next = next;
        }

        /**
         * Reads the type that begins at the given value.
         *
         * @throws FilterDataException when it is malformed, or its parts leave their whole
         */
        NbitType parse() throws FilterDataException {
            if (next < values.length && values[next] == 4) {
                throw new FilterDataException("a type of class 4 with packed bits");
            }
            return type(0);
        }

        private NbitType type(int depth) throws FilterDataException {
            if (depth > DEEPEST) {
                throw new FilterDataException("types nested deeper than " + DEEPEST, true);
            }
            long kind = value();
            long size = value();
            if (size == 0 || size > Integer.MAX_VALUE) {
                throw new FilterDataException("a type of " + size + " bytes");
            }
            return switch ((int) Math.min(kind, 5)) {
                case 1 -> packed(size);
                case 2 -> array(size, depth);
                case 3 -> compound(size, depth);
                case 4 -> new Bytes(size);
                default -> throw new FilterDataException("type class " + kind);
            };
        }

        private NbitType packed(long size) throws FilterDataException {
            long order = value();
            long precision = value();
            long offset = value();
            if (order > 1 || precision + offset > 8 * size || precision + offset > Integer.MAX_VALUE) {
                throw new FilterDataException(
                        "byte order " + order + ", " + precision + " bits at " + offset + " of " + size + " bytes");
            }
            return new Packed(size, order == 1, (int) precision, (int) offset);
        }

        private NbitType array(long size, int depth) throws FilterDataException {
            NbitType base = type(depth + 1);
            if (base instanceof Bytes) {
                return new Bytes(size);
            }
            if (base.size() > size) {
                throw new FilterDataException("an array of " + size + " bytes with elements of " + base.size());
            }
            return new Array(size, base);
        }

        private NbitType compound(long size, int depth) throws FilterDataException {
            long count = value();
            List<Member> members = new ArrayList<>();
            long used = 0;
            long bits = 0;
            for (long i = 0; i < count; i++) {
                long offset = value();
                NbitType type = type(depth + 1);
                used += type.size();
                bits += type.bits();
                if (used > size || offset + type.size() > size) {
                    throw new FilterDataException("a member of " + type.size() + " bytes at " + offset
                            + " of a compound of " + size + " bytes");
                }
                members.add(new Member((int) offset, type));
            }
            return new Compound(size, List.copyOf(members), bits);
        }

        private long value() throws FilterDataException {
            if (next >= values.length) {
                throw new FilterDataException("the client data end inside the type");
            }
            return Integer.toUnsignedLong(values[next++]);
        }
    }
}
