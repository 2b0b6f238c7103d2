// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.FilterDataException;
import io.h5coro.internal.decode.lz.WideBytes;

/**
 * The header of a Zstandard frame, magic number included.
 *
 * <pre>
 * 4    magic 0xFD2FB528
 * 1    descriptor: bits 6-7 size of the content size field, 5 single segment, 3 reserved, 2 checksum, 0-1 dictionary
 * 0-1  window: absent for a single segment; exponent in bits 3-7, eighths in bits 0-2
 * 0-4  dictionary identifier
 * 0-8  content size
 * </pre>
 *
 * @param length bytes that the header takes
 * @param contentSize decoded length of the frame, or -1 when the header does not tell
 * @param blockLimit largest decoded length of a block: the window, at most 128 KiB
 * @param checksum whether 4 bytes of checksum follow the last block
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.1">RFC 8878, 3.1.1.1</a>
 */
record FrameHeader(int length, long contentSize, int blockLimit, boolean checksum) {
    static final int MAGIC = 0xFD2FB528;
    private static final int MAXIMUM_BLOCK = 1 << 17;

    /**
     * Parses the header at {@code start}.
     *
     * @throws FilterDataException when it is truncated, reserved bits are set, or a dictionary is needed
     */
    static FrameHeader parse(byte[] in, int start, int end) throws FilterDataException {
        if (end - start < 6) {
            throw new FilterDataException("Zstandard frame header ends after " + (end - start) + " bytes");
        }
        int descriptor = in[start + 4] & 0xff;
        if ((descriptor & 8) != 0) {
            throw new FilterDataException(
                    "Zstandard frame descriptor 0x" + Integer.toHexString(descriptor) + " has its reserved bit set");
        }
        boolean single = (descriptor & 0x20) != 0;
        int dictionaryBytes = (1 << (descriptor & 3)) >> 1;
        int sizeFlag = descriptor >>> 6;
        int sizeBytes = sizeFlag == 0 ? (single ? 1 : 0) : 1 << sizeFlag;
        int at = start + 5 + (single ? 0 : 1);
        int length = at - start + dictionaryBytes + sizeBytes;
        if (length > end - start) {
            throw new FilterDataException("Zstandard frame header ends after " + (end - start) + " bytes");
        }
        long dictionary = littleEndian(in, at, dictionaryBytes);
        if (dictionary != 0) {
            throw new FilterDataException("Zstandard frame needs dictionary " + dictionary, true);
        }
        long contentSize = contentSize(littleEndian(in, at + dictionaryBytes, sizeBytes), sizeBytes);
        long window = single ? contentSize : window(in[start + 5] & 0xff);
        return new FrameHeader(length, contentSize, (int) Math.min(window, MAXIMUM_BLOCK), (descriptor & 4) != 0);
    }

    /** The content size of its field: a field of two bytes counts from 256 on, and no field gives -1. */
    private static long contentSize(long field, int bytes) throws FilterDataException {
        if (field < 0) {
            throw new FilterDataException("Zstandard frame of " + Long.toUnsignedString(field) + " bytes", true);
        }
        return bytes == 0 ? -1 : bytes == 2 ? field + 256 : field;
    }

    /** The window's length in bytes: a power of two from 1 KiB on, and 0 to 7 eighths of it. Field 0x58 is 2 MiB. */
    private static long window(int field) {
        long base = 1L << (10 + (field >>> 3));
        return base + (base >>> 3) * (field & 7);
    }

    private static long littleEndian(byte[] in, int at, int bytes) {
        if (bytes == 8) {
            return WideBytes.longAt(in, at);
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in[at + i] & 0xffL) << (8 * i);
        }
        return value;
    }
}
