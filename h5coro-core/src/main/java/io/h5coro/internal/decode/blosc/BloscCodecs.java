// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterDataException;
import io.h5coro.internal.decode.bitshuffle.BitTranspose;
import io.h5coro.internal.decode.inflate.ZlibDecoder;
import io.h5coro.internal.decode.lz.BlockCodec;
import io.h5coro.internal.decode.lz.BloscLzBlock;
import io.h5coro.internal.decode.lz.Lz4Block;
import io.h5coro.internal.decode.lz.SnappyBlock;
import io.h5coro.internal.decode.zstd.ZstdDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The codecs that the top three bits of a Blosc chunk's flags name, and the room in which a block waits for its filters
 * to be undone, and what undoes one of them. All are used again for the next chunks. Confined to one task.
 */
final class BloscCodecs {
    /** Longer blocks than encoders make get room of their own, so that what is kept between chunks is bounded. */
    private static final int MOST_KEPT_BYTES = 1 << 20;

    private @Nullable ZstdDecoder zstd;
    private @Nullable ZlibDecoder zlib;
    private @Nullable BitTranspose bits;
    private byte[] room = new byte[0];

    /**
     * The codec of a chunk.
     *
     * @param flags byte 2 of the chunk
     * @throws FilterDataException unsupported, when the codec is none of Blosc's own
     */
    BlockCodec of(int flags) throws FilterDataException {
        int format = (flags >>> 5) & 7;
        return switch (format) {
            case 0 -> BloscLzBlock::decode;
            case 1 -> Lz4Block::decode;
            case 2 -> SnappyBlock::decode;
            case 3 -> zlib()::decode;
            case 4 -> zstd()::decode;
            default -> throw new FilterDataException("Blosc codec format " + format, true);
        };
    }

    /** An array of at least so many bytes, with any content. It is the same one at each call, unless it is long. */
    byte[] room(int bytes) {
        if (bytes > MOST_KEPT_BYTES) {
            return new byte[bytes];
        }
        if (room.length < bytes) {
            room = new byte[bytes];
        }
        return room;
    }

    /** What undoes the transposition of bits of elements of so many bytes. */
    BitTranspose bits(int elementSize) {
        BitTranspose known = bits;
        if (known == null || known.size() != elementSize) {
            known = new BitTranspose(elementSize);
            bits = known;
        }
        return known;
    }

    private ZlibDecoder zlib() {
        ZlibDecoder known = zlib;
        if (known == null) {
            known = new ZlibDecoder();
            zlib = known;
        }
        return known;
    }

    private ZstdDecoder zstd() {
        ZstdDecoder known = zstd;
        if (known == null) {
            known = new ZstdDecoder();
            zstd = known;
        }
        return known;
    }
}
