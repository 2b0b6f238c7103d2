// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * Filter 6, scale-offset: each number less the smallest, in as few bits as the largest takes (H5Zscaleoffset.c).
 *
 * <pre>
 * u32 bits of a code | u8 bytes of the minimum | minimum, little-endian, 8 bytes | 8 bytes | codes from byte 21 on
 * </pre>
 *
 * <p>A float's code is {@code round((value - minimum) * 10^factor)}. With a fill value, the code of all ones stands for
 * it; with 0 bits that is each code. Codes of the element's full width are the numbers themselves.
 *
 * <p>Example: integers 1000, 1003, 1001 with minimum 1000 are the codes 0, 3, 1 of 2 bits. With a fill value they take
 * 3 bits, since 3 would be its code. Floats 1.25, 1.5 with factor 2 are the codes 0 and 25.
 */
public final class ScaleOffsetFilter implements ChunkFilter {
    /** Bytes before the codes. The last eight of them are not used (H5Z__filter_scaleoffset reserves them). */
    private static final int HEADER_BYTES = 21;

    @Override
    public int id() {
        return 6;
    }

    @Override
    public String name() {
        return "scaleoffset";
    }

    @Override
    public String parameters(int[] clientData) {
        if (clientData.length < 2) {
            return "";
        }
        String scale = switch (clientData[0]) {
            case 0 -> "float digits ";
            case 1 -> "float bits ";
            case 2 -> "integer bits ";
            default -> "number " + Integer.toUnsignedString(clientData[0]) + " ";
        };
        return scale + clientData[1];
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        ScaleOffsetParameters p = ScaleOffsetParameters.of(context);
        if (p.storedAsIs()) {
            return input;
        }
        if (p.count() > context.maximumLength() / p.size()) {
            throw new FilterDataException(
                    p.count() + " elements of " + p.size() + " bytes, at the most " + context.maximumLength() + " fit");
        }
        if (input.length() < HEADER_BYTES) {
            throw new FilterDataException(input.length() + " bytes, too few for a header of " + HEADER_BYTES);
        }
        long codeBits = littleEndian(input, 0, 4);
        if (codeBits > 8L * p.size()) {
            throw new FilterDataException("codes of " + codeBits + " bits for elements of " + p.size() + " bytes");
        }
        long minimum = littleEndian(input, 5, Math.min(8, input.array()[input.offset() + 4] & 0xff));
        BitSource codes = new BitSource(input, HEADER_BYTES);
        codes.require(p.count(), codeBits);
        byte[] output = new byte[p.count() * p.size()];
        if (codeBits == 8L * p.size()) {
            copy(input, p, output);
        } else {
            unpack(codes, (int) codeBits, minimum, p, output);
        }
        return Span.of(output);
    }

    /** Numbers of full width, in the byte order of the machine that wrote them: little-endian. */
    private static void copy(Span input, ScaleOffsetParameters p, byte[] output) {
        int from = input.offset() + HEADER_BYTES;
        for (int at = 0; at < output.length; at += p.size()) {
            for (int i = 0; i < p.size(); i++) {
                output[at + (p.bigEndian() ? p.size() - 1 - i : i)] = input.array()[from + at + i];
            }
        }
    }

    /** Puts minimum and code together. Codes have less bits than an element here. */
    private static void unpack(BitSource codes, int codeBits, long minimum, ScaleOffsetParameters p, byte[] output) {
        long fillCode = p.fillDefined() ? (1L << codeBits) - 1 : -1; // codes have less than 64 bits, so none is -1
        Decimal decimal = p.isFloat() ? Decimal.of(p.size(), p.factor(), minimum) : null;
        for (int at = 0; at < output.length; at += p.size()) {
            long code = codes.read(codeBits);
            long value = code == fillCode ? p.fill() : decimal == null ? code + minimum : decimal.bits(code);
            for (int i = 0; i < p.size(); i++) {
                output[at + (p.bigEndian() ? p.size() - 1 - i : i)] = (byte) (value >>> 8 * i);
            }
        }
    }

    private static long littleEndian(Span input, int at, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | input.array()[input.offset() + at + i] & 0xff;
        }
        return value;
    }

    /** {@code code / 10^factor + minimum} in the arithmetic of the element's own type, as the bits of the result. */
    private sealed interface Decimal {
        long bits(long code);

        static Decimal of(int size, int factor, long minimum) {
            String power = "1e" + factor;
            return size == Float.BYTES
                    ? new Single(Float.parseFloat(power), Float.intBitsToFloat((int) minimum))
                    : new Twice(Double.parseDouble(power), Double.longBitsToDouble(minimum));
        }
    }

    private record Single(float power, float minimum) implements Decimal {
        @Override
        public long bits(long code) {
            return Float.floatToRawIntBits((int) code / power + minimum);
        }
    }

    private record Twice(double power, double minimum) implements Decimal {
        @Override
        public long bits(long code) {
            return Double.doubleToRawLongBits(code / power + minimum);
        }
    }
}
