// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.bitshuffle;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.BlockCodec;
import io.h5coro.internal.decode.lz.Lengths;
import io.h5coro.internal.decode.lz.WideBytes;
import io.h5coro.internal.decode.stage.StageBuffers;
import org.jspecify.annotations.Nullable;

/** The blocks of a bitshuffled chunk one after the other, decoded but still transposed. Confined to one task. */
final class BlockSource {
    private final byte[] in;
    private final int end;
    private final @Nullable BlockCodec codec;
    private final StageBuffers buffers;
    private int at;
    private byte[] buffer = new byte[0];

    /** Blocks of a codec, each behind its length, or without a codec the transposed bytes alone. */
    BlockSource(Span blocks, @Nullable BlockCodec codec, StageBuffers buffers) {
        this.in = blocks.array();
        this.at = blocks.offset();
        this.end = blocks.end();
        this.codec = codec;
        this.buffers = buffers;
    }

    /**
     * The next blocks, one behind the other. The span is valid until the next call.
     *
     * @param count how many
     * @param length decoded bytes of each
     * @throws FilterDataException when there are no such blocks
     */
    Span next(int count, int length) throws FilterDataException {
        if (codec == null) {
            return rest(count * length);
        }
        if (buffer.length < count * length) {
            buffers.giveBack(buffer);
            buffer = buffers.take(count * length);
        }
        for (int block = 0; block < count; block++) {
            decode(new Span(buffer, block * length, length), codec);
        }
        return new Span(buffer, 0, count * length);
    }

    private void decode(Span room, BlockCodec by) throws FilterDataException {
        int encoded = end - at < 4 ? -1 : WideBytes.bigEndianIntAt(in, at);
        int from = at + 4;
        if (encoded < 0 || encoded > end - from) {
            throw new FilterDataException("bitshuffle block ends behind its chunk");
        }
        at = from + encoded;
        Lengths.exact("bitshuffle block", by.decode(new Span(in, from, encoded), room), room.length());
    }

    /** Gives back what the blocks were decoded into. */
    void close() {
        buffers.giveBack(buffer);
    }

    /**
     * Bytes that are stored as they are.
     *
     * @throws FilterDataException when there are fewer than {@code length}
     */
    Span rest(int length) throws FilterDataException {
        if (length > end - at) {
            throw new FilterDataException("bitshuffle chunk ends " + (length - (end - at)) + " bytes early");
        }
        at += length;
        return new Span(in, at - length, length);
    }
}
