// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.vbz;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.internal.decode.lz.Lengths;
import io.h5coro.internal.decode.lz.WideBytes;
import io.h5coro.internal.decode.stage.Spares;
import io.h5coro.internal.decode.zstd.ZstdDecoder;

/**
 * The VBZ filter (32020; {@code vbz.cpp}). The chunk is its decoded length (4 bytes, little-endian) and a Zstandard
 * frame of variable-length integers. Client data: [0] version 0 or 1, [1] integer size 1, 2, 4, or 0 for plain bytes,
 * [2] whether integers are zigzag-coded differences, [3] Zstandard level, 0 for none; 1 when it is missing. Version 1
 * differs for integers of one byte alone.
 */
public final class VbzFilter implements ChunkFilter {
    private static final int HEADER = 4;

    private final Spares<ZstdDecoder> decoders = new Spares<>(ZstdDecoder::new);

    @Override
    public int id() {
        return 32020;
    }

    @Override
    public String name() {
        return "vbz";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        long version = context.clientData(0, 0);
        long integerSize = context.clientData(1, 0);
        if (context.clientDataCount() < 3 || version > 1 || integerSize > 4 || integerSize == 3) {
            throw new FilterDataException("VBZ version " + version + " of integers of " + integerSize + " bytes", true);
        }
        Lengths.header("VBZ", input, HEADER);
        long declared = WideBytes.intAt(input.array(), input.offset()) & 0xffffffffL;
        int length = Lengths.output("VBZ chunk", declared, context);
        Span body = new Span(input.array(), input.offset() + HEADER, input.length() - HEADER);
        if (context.clientData(3, 1) != 0) {
            // An integer takes two bits and at the most four bytes.
            body = unpack(body, 5L * length + 1);
        }
        if (integerSize == 0) {
            Lengths.exact("VBZ chunk", body.length(), length);
            return body;
        }
        int size = (int) integerSize;
        if (length % size != 0) {
            throw new FilterDataException("VBZ chunk of " + length + " bytes has integers of " + size);
        }
        int[] values = VariableIntegers.decode(body, length / size, version == 1 && size == 1);
        return Span.of(store(values, size, context.clientData(2, 0) != 0));
    }

    private Span unpack(Span body, long most) throws FilterDataException {
        long bound = ZstdDecoder.lengthBound(body);
        byte[] out = new byte[(int) Math.min(bound, Math.min(most, JavaArray.MOST))];
        ZstdDecoder decoder = decoders.take();
        try {
            return new Span(out, 0, decoder.decode(body, Span.of(out)));
        } finally {
            decoders.give(decoder);
        }
    }

    private static byte[] store(int[] values, int size, boolean differences) {
        byte[] out = new byte[values.length * size];
        int sum = 0;
        for (int i = 0; i < values.length; i++) {
            int value = values[i];
            if (differences) {
                sum += (value >>> 1) ^ -(value & 1);
                value = sum;
            }
            if (size == 2) {
                WideBytes.putShort(out, 2 * i, value);
            } else if (size == 4) {
                WideBytes.putInt(out, 4 * i, value);
            } else {
                out[i] = (byte) value;
            }
        }
        return out;
    }
}
