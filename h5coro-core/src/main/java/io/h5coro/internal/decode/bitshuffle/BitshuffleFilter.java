// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.bitshuffle;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.Lengths;
import io.h5coro.internal.decode.lz.Lz4Block;
import io.h5coro.internal.decode.lz.WideBytes;
import io.h5coro.internal.decode.stage.Spares;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;
import io.h5coro.internal.decode.zstd.ZstdDecoder;

/**
 * The bitshuffle filter (32008; {@code bshuf_h5filter.c}). Client data: [2] element size, [3] elements of a block (0
 * for the default), [4] 0 bit transposition alone, 2 with LZ4, 3 with Zstandard. The bits are transposed block by
 * block; the last block is shortened to a multiple of 8 elements and the rest is stored as it is.
 *
 * <p>With a codec the chunk begins with its decoded length (8 bytes) and the decoded bytes of a block (4, which replace
 * [3]), and each block, but not the rest, is encoded behind its encoded length (4 bytes); all big-endian.
 */
public final class BitshuffleFilter implements StagedFilter {
    private static final int HEADER = 12;
    private static final int TARGET_BLOCK_BYTES = 8192;
    private static final int LEAST_DEFAULT_BLOCK = 128;
    private static final int MULTIPLE = 8;
    private static final int LZ4 = 2;
    private static final int ZSTD = 3;

    private final Spares<ZstdDecoder> decoders = new Spares<>(ZstdDecoder::new);

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
    public Span decode(Span input, FilterContext context, StageBuffers buffers) throws FilterDataException {
        long elementSize = context.clientData(2, 0);
        long codec = context.clientData(4, 0);
        if (elementSize == 0 || elementSize > context.maximumLength()) {
            throw new FilterDataException("bitshuffle has elements of " + elementSize + " bytes");
        }
        BitTranspose bits = BitTranspose.of((int) elementSize, buffers);
        if (codec != LZ4 && codec != ZSTD) {
            Lengths.output("bitshuffle", input.length(), context);
            long block = blockElements(context.clientData(3, 0), elementSize);
            Span out = new Span(buffers.take(input.length()), 0, input.length());
            return decode(new BlockSource(input, null, buffers), out, bits, block);
        }
        Lengths.header("bitshuffle", input, HEADER);
        long declared = WideBytes.bigEndianLongAt(input.array(), input.offset());
        long blockBytes = WideBytes.bigEndianIntAt(input.array(), input.offset() + 8) & 0xffffffffL;
        int length = Lengths.output("bitshuffle", declared, context);
        Span out = new Span(buffers.take(length), 0, length);
        Span blocks = new Span(input.array(), input.offset() + HEADER, input.length() - HEADER);
        long block = blockElements(blockBytes / elementSize, elementSize);
        if (codec == LZ4) {
            return decode(new BlockSource(blocks, Lz4Block::decode, buffers), out, bits, block);
        }
        ZstdDecoder decoder = decoders.take();
        try {
            return decode(new BlockSource(blocks, decoder::decode, buffers), out, bits, block);
        } finally {
            decoders.give(decoder);
        }
    }

    private static long blockElements(long given, long elementSize) throws FilterDataException {
        if (given % MULTIPLE != 0) {
            throw new FilterDataException("bitshuffle has blocks of " + given + " elements, no multiple of 8");
        }
        long usual = TARGET_BLOCK_BYTES / elementSize / MULTIPLE * MULTIPLE;
        return given != 0 ? given : Math.max(usual, LEAST_DEFAULT_BLOCK);
    }

    private static Span decode(BlockSource source, Span out, BitTranspose bits, long block) throws FilterDataException {
        int elementSize = bits.size();
        int elements = out.length() / elementSize;
        if (elements * elementSize != out.length()) {
            throw new FilterDataException(
                    "bitshuffle gives " + out.length() + " bytes, no multiple of its elements of " + elementSize);
        }
        int whole = elements / MULTIPLE * MULTIPLE;
        if (whole > 0) {
            int step = (int) Math.min(block, whole);
            int blocks = whole / step;
            int together = bits.blocksAtOnce(step);
            for (int done = 0; done < blocks; done += together) {
                Span transposed = source.next(Math.min(together, blocks - done), step * elementSize);
                bits.undo(transposed, part(out, done * step * elementSize, transposed.length()), step);
            }
            int last = whole - blocks * step;
            if (last > 0) {
                Span transposed = source.next(1, last * elementSize);
                bits.undo(transposed, part(out, blocks * step * elementSize, transposed.length()), last);
            }
        }
        int rest = out.length() - whole * elementSize;
        Span asIs = source.rest(rest);
        System.arraycopy(asIs.array(), asIs.offset(), out.array(), out.offset() + whole * elementSize, rest);
        source.close();
        return out;
    }

    private static Span part(Span out, int from, int length) {
        return new Span(out.array(), out.offset() + from, length);
    }
}
