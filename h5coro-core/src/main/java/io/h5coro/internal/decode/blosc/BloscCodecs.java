// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterDataException;
import io.h5coro.internal.decode.lz.BlockCodec;
import io.h5coro.internal.decode.lz.BloscLzBlock;
import io.h5coro.internal.decode.lz.Lz4Block;
import io.h5coro.internal.decode.lz.SnappyBlock;
import io.h5coro.internal.decode.zstd.ZstdDecoder;

/** The codecs that the top three bits of a Blosc chunk's flags name. */
final class BloscCodecs {
    private BloscCodecs() {}

    /**
     * The codec of a chunk.
     *
     * @param flags byte 2 of the chunk
     * @throws FilterDataException unsupported, when the codec is none of Blosc's own
     */
    static BlockCodec of(int flags) throws FilterDataException {
        int format = (flags >>> 5) & 7;
        return switch (format) {
            case 0 -> BloscLzBlock::decode;
            case 1 -> Lz4Block::decode;
            case 2 -> SnappyBlock::decode;
            case 3 -> ZlibBlock::decode;
            case 4 -> new ZstdDecoder()::decode;
            default -> throw new FilterDataException("Blosc codec format " + format, true);
        };
    }
}
