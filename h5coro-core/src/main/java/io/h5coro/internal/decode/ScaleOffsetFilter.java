// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;

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
public final class ScaleOffsetFilter implements StagedFilter {
    /** Bytes before the codes. The last eight of them are not used (H5Z__filter_scaleoffset reserves them). */
    private static final int HEADER_BYTES = 21;

    /** Codes that are unpacked at a time: each step is a loop over these, which stay in the nearest cache. */
    private static final int BATCH = 512;

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
    public Span decode(Span input, FilterContext context, StageBuffers buffers) throws FilterDataException {
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
        Span output = new Span(buffers.take(p.count() * p.size()), 0, p.count() * p.size());
        if (codeBits == 8L * p.size()) {
            copy(input, p, output);
        } else {
            unpack(codes, new Coding(p, (int) codeBits, minimum), output);
        }
        return output;
    }

    /** Numbers of full width, in the byte order of the machine that wrote them: little-endian. */
    private static void copy(Span input, ScaleOffsetParameters p, Span output) {
        int from = input.offset() + HEADER_BYTES;
        byte[] out = output.array();
        if (!p.bigEndian()) {
            System.arraycopy(input.array(), from, out, 0, output.length());
            return;
        }
        for (int at = 0; at < output.length(); at += p.size()) {
            for (int i = 0; i < p.size(); i++) {
                out[at + p.size() - 1 - i] = input.array()[from + at + i];
            }
        }
    }

    private static void unpack(BitSource codes, Coding coding, Span output) {
        ScaleOffsetParameters p = coding.parameters;
        ElementBytes elements = new ElementBytes(p.size(), p.bigEndian());
        long[] batch = new long[BATCH];
        for (int done = 0; done < p.count(); done += BATCH) {
            int count = Math.min(BATCH, p.count() - done);
            codes.read(coding.bits, batch, count);
            coding.undo(batch, count);
            elements.put(batch, count, output.array(), done * p.size());
        }
    }

    /**
     * What turns codes into values. Codes have less bits than an element here.
     *
     * @param minimum the smallest value, as its bits
     */
    private record Coding(ScaleOffsetParameters parameters, int bits, long minimum) {
        void undo(long[] codes, int count) {
            if (!parameters.isFloat()) {
                integers(codes, count);
            } else if (parameters.size() == Float.BYTES) {
                floats(codes, count);
            } else {
                doubles(codes, count);
            }
        }

        /** Codes have less than 64 bits, so none is -1. */
        private long fillCode() {
            return parameters.fillDefined() ? (1L << bits) - 1 : -1;
        }

        private void integers(long[] codes, int count) {
            long fillCode = fillCode();
            long fill = parameters.fill();
            long least = minimum;
            for (int i = 0; i < count; i++) {
                long code = codes[i];
                codes[i] = code == fillCode ? fill : code + least;
            }
        }

        /** {@code code / 10^factor + minimum} in the arithmetic of the element's own type, as bits. */
        private void floats(long[] codes, int count) {
            long fillCode = fillCode();
            float power = Float.parseFloat("1e" + parameters.factor());
            float least = Float.intBitsToFloat((int) minimum);
            for (int i = 0; i < count; i++) {
                long code = codes[i];
                codes[i] = code == fillCode ? parameters.fill() : Float.floatToRawIntBits((int) code / power + least);
            }
        }

        private void doubles(long[] codes, int count) {
            long fillCode = fillCode();
            double power = Double.parseDouble("1e" + parameters.factor());
            double least = Double.longBitsToDouble(minimum);
            for (int i = 0; i < count; i++) {
                long code = codes[i];
                codes[i] = code == fillCode ? parameters.fill() : Double.doubleToRawLongBits(code / power + least);
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
}
