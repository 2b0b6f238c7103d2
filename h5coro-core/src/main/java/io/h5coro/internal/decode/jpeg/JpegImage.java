// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpeg;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import org.jspecify.annotations.Nullable;

/**
 * Reads the markers of an image (T.81 annex B) and decodes its one scan. Confined to one task.
 *
 * <pre>
 * FFD8                start
 * FFE0, FFEE          application data of JFIF and of Adobe, which say whether colours are transformed
 * FFDB                quantization tables: 1 kind and number, 64 steps of 1 or 2 bytes in zigzag order
 * FFC0, FFC1          frame: 1 precision, 2 lines, 2 samples, 1 components; for each 1 id, 1 sampling, 1 table
 * FFC4                Huffman tables: 1 kind and number, 16 counts by length, the symbols
 * FFDA                scan: 1 components; for each 1 id, 1 tables; 3 bytes, then coded data
 * </pre>
 *
 * <p>Behind each marker but the first, a length of 2 bytes includes itself.
 */
final class JpegImage {
    private static final int START_OF_IMAGE = 0xd8;
    private static final int BASELINE = 0xc0;
    private static final int EXTENDED = 0xc1;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int QUANTIZATION_TABLES = 0xdb;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int START_OF_SCAN = 0xda;
    private static final int JFIF = 0xe0;
    private static final int ADOBE = 0xee;

    private static final byte[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    private final byte[] array;
    private final int end;
    private final int mostBytes;
    private int next;
    private final int[][] quantization = new int[4][];
    private final @Nullable JpegHuffman[] dcTables = new JpegHuffman[4];
    private final @Nullable JpegHuffman[] acTables = new JpegHuffman[4];
    private int width;
    private int height;
    private JpegComponent[] components = {};
    private boolean jfif;
    private int adobeTransform = -1;

    JpegImage(Span input, int mostBytes) {
        array = input.array();
        next = input.offset();
        end = input.end();
        this.mostBytes = mostBytes;
    }

    byte[] decode() throws FilterDataException {
        if (marker() != START_OF_IMAGE) {
            throw new FilterDataException("no JPEG image");
        }
        while (true) {
            int marker = marker();
            int length = u16();
            if (length < 2 || length - 2 > end - next) {
                throw cutOff();
            }
            int behind = next + length - 2;
            segment(marker, behind);
            next = behind;
            if (marker == START_OF_SCAN) {
                return scan();
            }
        }
    }

    private void segment(int marker, int behind) throws FilterDataException {
        switch (marker) {
            case BASELINE, EXTENDED -> frame(behind);
            case HUFFMAN_TABLES -> huffmanTables(behind);
            case QUANTIZATION_TABLES -> quantizationTables(behind);
            case RESTART_INTERVAL -> {
                if (u16() != 0) {
                    throw new FilterDataException("a JPEG image with restart markers", true);
                }
            }
            case START_OF_SCAN -> scanHeader();
            case JFIF -> jfif = starts(behind, "JFIF\0");
            case ADOBE -> adobeTransform = starts(behind, "Adobe") && behind - next >= 12 ? array[next + 11] : -1;
            default -> {
                if (marker < 0xe0 || marker == 0xff) {
                    throw new FilterDataException(String.format("a JPEG image with marker FF%02X", marker), true);
                }
            }
        }
    }

    private void frame(int behind) throws FilterDataException {
        if (components.length > 0) {
            throw new FilterDataException("a second frame");
        }
        int precision = u8();
        height = u16();
        width = u16();
        int count = u8();
        if (precision != 8 || height == 0 || count != 1 && count != 3) {
            throw new FilterDataException(count + " components of " + precision + " bits, " + height + " lines", true);
        }
        if (width == 0 || (long) width * height * count > mostBytes || 3 * count > behind - next) {
            throw new FilterDataException(
                    count + " components of " + height + " x " + width + "; at the most " + mostBytes + " bytes fit");
        }
        int[] header = new int[3 * count];
        int mostAcross = 1;
        int mostDown = 1;
        for (int i = 0; i < header.length; i++) {
            header[i] = u8();
            if (count == 1 && i == 1) {
                header[i] = 0x11; // the sampling of a lone component says nothing
            }
            mostAcross = i % 3 == 1 ? Math.max(mostAcross, header[i] >> 4) : mostAcross;
            mostDown = i % 3 == 1 ? Math.max(mostDown, header[i] & 15) : mostDown;
        }
        components = new JpegComponent[count];
        JpegComponent.Frame frame = new JpegComponent.Frame(mostAcross, mostDown, width, height);
        for (int c = 0; c < count; c++) {
            components[c] = JpegComponent.of(header[3 * c], header[3 * c + 1], header[3 * c + 2], frame);
        }
    }

    private void quantizationTables(int behind) throws FilterDataException {
        while (next < behind) {
            int kind = u8();
            if ((kind & 15) > 3 || kind >> 4 > 1) {
                throw new FilterDataException("quantization table " + kind);
            }
            int[] table = new int[64];
            for (byte position : ZIGZAG) {
                table[position] = kind >> 4 == 0 ? u8() : u16();
            }
            quantization[kind & 15] = table;
        }
    }

    private void huffmanTables(int behind) throws FilterDataException {
        while (next < behind) {
            int kind = u8();
            if ((kind & 15) > 3 || kind >> 4 > 1) {
                throw new FilterDataException("Huffman table " + kind);
            }
            int[] counts = new int[17];
            int total = 0;
            for (int i = 1; i < counts.length; i++) {
                counts[i] = u8();
                total += counts[i];
            }
            if (total > 256) {
                throw new FilterDataException("a Huffman table of " + total + " codes");
            }
            byte[] symbols = new byte[total];
            for (int i = 0; i < total; i++) {
                symbols[i] = (byte) u8();
            }
            (kind >> 4 == 0 ? dcTables : acTables)[kind & 15] = new JpegHuffman(counts, symbols);
        }
    }

    private void scanHeader() throws FilterDataException {
        int count = u8();
        if (count != components.length) {
            throw new FilterDataException("a scan of " + count + " of " + components.length + " components", count > 0);
        }
        for (JpegComponent component : components) {
            int id = u8();
            int tables = u8();
            if (id != component.id() || tables >> 4 > 3 || (tables & 15) > 3) {
                throw new FilterDataException("a scan with component " + id + ", tables " + tables);
            }
            JpegHuffman dc = dcTables[tables >> 4];
            JpegHuffman ac = acTables[tables & 15];
            int[] steps = quantization[component.quantization()];
            if (dc == null || ac == null || steps == null) {
                throw new FilterDataException("a scan whose tables are missing");
            }
            component.use(dc, ac, steps);
        }
        if (u8() != 0 || u8() != 63 || u8() != 0) {
            throw new FilterDataException("a progressive scan", true);
        }
    }

    private byte[] scan() throws FilterDataException {
        new JpegScan(components, new JpegBits(array, next, end), ZIGZAG).decode();
        return new JpegPixels(components, width, height, inLuminance()).interleave();
    }

    /** Whether the three components are luminance and chrominance, as libjpeg guesses it. */
    private boolean inLuminance() {
        if (components.length == 1) {
            return false;
        }
        if (jfif) {
            return true;
        }
        if (adobeTransform >= 0) {
            return adobeTransform != 0;
        }
        return !(components[0].id() == 'R' && components[1].id() == 'G' && components[2].id() == 'B');
    }

    private boolean starts(int behind, String text) {
        if (behind - next < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (array[next + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int marker() throws FilterDataException {
        if (u8() != 0xff) {
            throw new FilterDataException("no marker where one is expected");
        }
        int code = u8();
        while (code == 0xff) {
            code = u8();
        }
        return code;
    }

    private int u16() throws FilterDataException {
        return u8() << 8 | u8();
    }

    private int u8() throws FilterDataException {
        if (next >= end) {
            throw cutOff();
        }
        return array[next++] & 0xff;
    }

    private static FilterDataException cutOff() {
        return new FilterDataException("the image is cut off");
    }
}
