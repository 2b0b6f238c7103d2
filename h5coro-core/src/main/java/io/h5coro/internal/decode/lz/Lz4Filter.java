// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;

/**
 * The LZ4 filter (32004; {@code H5Zlz4.c}). All integers are big-endian.
 *
 * <pre>
 * 8  decoded length
 * 4  decoded length of a block; may exceed the whole
 *    then for each block, the last of which may be shorter:
 * 4  encoded length; equal to the block's decoded length: stored
 *    an LZ4 block
 * </pre>
 */
public final class Lz4Filter implements StagedFilter {
    private static final int HEADER = 12;

    @Override
    public int id() {
        return 32004;
    }

    @Override
    public String name() {
        return "lz4";
    }

    @Override
    public String parameters(int[] clientData) {
        boolean chosen = clientData.length > 0 && clientData[0] != 0;
        return chosen ? "block " + Integer.toUnsignedString(clientData[0]) : "";
    }

    @Override
    public Span decode(Span input, FilterContext context, StageBuffers buffers) throws FilterDataException {
        Lengths.header("LZ4", input, HEADER);
        byte[] in = input.array();
        long declared = WideBytes.bigEndianLongAt(in, input.offset());
        int block = WideBytes.bigEndianIntAt(in, input.offset() + 8);
        int length = Lengths.output("LZ4 chunk", declared, context);
        if (block == 0 && length > 0) {
            throw new FilterDataException("LZ4 chunk of " + declared + " bytes has blocks of 0 bytes");
        }
        byte[] out = buffers.take(length);
        int ip = input.offset() + HEADER;
        for (int op = 0; op < length; ) {
            int size = Integer.compareUnsigned(block, length - op) > 0 ? length - op : block;
            ip = decodeBlock(new Span(in, ip, input.end() - ip), new Span(out, op, size));
            op += size;
        }
        return new Span(out, 0, length);
    }

    /** Decodes the first of the blocks that are left; returns the index behind it. */
    private static int decodeBlock(Span blocks, Span room) throws FilterDataException {
        byte[] in = blocks.array();
        int encoded = blocks.length() < 4 ? -1 : WideBytes.bigEndianIntAt(in, blocks.offset());
        int ip = blocks.offset() + 4;
        if (encoded < 0 || encoded > blocks.end() - ip) {
            throw new FilterDataException("LZ4 block at output byte " + room.offset() + " ends behind the chunk");
        }
        if (encoded == room.length()) {
            System.arraycopy(in, ip, room.array(), room.offset(), encoded);
        } else {
            Lengths.exact("LZ4 block", Lz4Block.decode(new Span(in, ip, encoded), room), room.length());
        }
        return ip + encoded;
    }
}
