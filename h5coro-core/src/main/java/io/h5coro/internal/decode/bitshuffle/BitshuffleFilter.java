// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.bitshuffle;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.Lengths;
import io.h5coro.internal.decode.lz.Lz4Block;
import io.h5coro.internal.decode.lz.WideBytes;
import io.h5coro.internal.decode.zstd.ZstdDecoder;

/**
 * The bitshuffle filter (32008; {@code bshuf_h5filter.c}). Client data: [2] element size, [3] elements of a block (0
 * for the default), [4] 0 bit transposition alone, 2 with LZ4, 3 with Zstandard. The bits are transposed block by
 * block; the last block is shortened to a multiple of 8 elements and the rest is stored as it is.
 *
 * <p>With a codec the chunk begins with its decoded length (8 bytes) and the decoded bytes of a block (4, which replace
 * [3]), and each block, but not the rest, is encoded behind its encoded length (4 bytes); all big-endian.
 */
public final class BitshuffleFilter implements ChunkFilter {
    private static final int HEADER = 12;
    private static final int TARGET_BLOCK_BYTES = 8192;
    private static final int LEAST_DEFAULT_BLOCK = 128;
    private static final int MULTIPLE = 8;
    private static final int LZ4 = 2;
    private static final int ZSTD = 3;

    @Override
    public int id() {
        return 32008;
    }

    @Override
    public String name() {
        return "bitshuffle";
    }

    @Override
    public String parameters(int[] clientData) {
        int codec = clientData.length > 4 ? clientData[4] : 0;
        return switch (codec) {
            case 0 -> "";
            case LZ4 -> "lz4";
            case ZSTD -> "zstd";
            default -> "codec " + Integer.toUnsignedString(codec);
        };
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        long elementSize = context.clientData(2, 0);
        long codec = context.clientData(4, 0);
        if (elementSize == 0 || elementSize > context.maximumLength()) {
            throw new FilterDataException("bitshuffle has elements of " + elementSize + " bytes");
        }
        if (codec != LZ4 && codec != ZSTD) {
            Lengths.output("bitshuffle", input.length(), context);
            long block = blockElements(context.clientData(3, 0), elementSize);
            byte[] out = new byte[input.length()];
            return decode(new BlockSource(input, null), out, (int) elementSize, block);
        }
        Lengths.header("bitshuffle", input, HEADER);
        long declared = WideBytes.bigEndianLongAt(input.array(), input.offset());
        long blockBytes = WideBytes.bigEndianIntAt(input.array(), input.offset() + 8) & 0xffffffffL;
        byte[] out = new byte[Lengths.output("bitshuffle", declared, context)];
        Span blocks = new Span(input.array(), input.offset() + HEADER, input.length() - HEADER);
        long block = blockElements(blockBytes / elementSize, elementSize);
        return decode(
                new BlockSource(blocks, codec == LZ4 ? Lz4Block::decode : new ZstdDecoder()::decode),
                out,
                (int) elementSize,
                block);
    }

    private static long blockElements(long given, long elementSize) throws FilterDataException {
        if (given % MULTIPLE != 0) {
            throw new FilterDataException("bitshuffle has blocks of " + given + " elements, no multiple of 8");
        }
        long usual = TARGET_BLOCK_BYTES / elementSize / MULTIPLE * MULTIPLE;
        return given != 0 ? given : Math.max(usual, LEAST_DEFAULT_BLOCK);
    }

    private static Span decode(BlockSource source, byte[] out, int elementSize, long block) throws FilterDataException {
        int elements = out.length / elementSize;
        if (elements * elementSize != out.length) {
            throw new FilterDataException(
                    "bitshuffle gives " + out.length + " bytes, no multiple of its elements of " + elementSize);
        }
        int whole = elements / MULTIPLE * MULTIPLE;
        if (whole > 0) {
            BitTranspose bits = new BitTranspose(elementSize);
            int step = (int) Math.min(block, whole);
            for (int at = 0; at < whole; at += step) {
                int count = Math.min(step, whole - at);
                Span transposed = source.next(count * elementSize, step * elementSize);
                bits.undo(transposed.array(), transposed.offset(), out, at * elementSize, count);
            }
        }
        Span rest = source.rest(out.length - whole * elementSize);
        System.arraycopy(rest.array(), rest.offset(), out, whole * elementSize, rest.length());
        return Span.of(out);
    }
}
