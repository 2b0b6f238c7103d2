// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpegls;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import org.jspecify.annotations.Nullable;

/**
 * Reads the markers of an image (T.87 annex C) and decodes its scans. Confined to one task.
 *
 * <pre>
 * FFD8 start | FFF7 frame: precision, lines, samples, components | FFF8 presets | FFDA scan, coded data | … | FFD9 end
 * </pre>
 */
final class JpegLsImage {
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int APPLICATION_8 = 0xe8;
    private static final int FRAME = 0xf7;
    private static final int PRESETS = 0xf8;

    private final byte[] array;
    private final int end;
    private final int mostBytes;
    private int next;
    private int precision;
    private int lines;
    private int width;
    private int components;
    /** Components of the scans so far. Each scan holds one, or all of them. */
    private int decodedComponents;
    /** Largest sample, three thresholds, reset; 0 for the default. */
    private int[] presets = new int[5];

    private byte @Nullable [] output;

    JpegLsImage(Span input, int mostBytes) {
        array = input.array();
        next = input.offset();
        end = input.end();
        this.mostBytes = mostBytes;
    }

    byte[] decode() throws FilterDataException {
        if (marker() != START_OF_IMAGE) {
            throw new FilterDataException("no JPEG-LS image");
        }
        while (output == null || decodedComponents < components) {
            int marker = marker();
            if (marker == END_OF_IMAGE) {
                throw new FilterDataException(decodedComponents + " of " + components + " components");
            }
            segment(marker);
        }
        return output;
    }

    private void segment(int marker) throws FilterDataException {
        int length = u16();
        if (length < 2 || length - 2 > end - next) {
            throw new FilterDataException("a marker segment of " + length + " bytes, " + (end - next) + " are left");
        }
        int behind = next + length - 2;
        switch (marker) {
            case FRAME -> frame();
            case PRESETS -> presets(length - 2);
            case START_OF_SCAN -> {
                JpegLsScan scan = scanHeader(length - 2);
                next = behind;
                scan(scan);
                return;
            }
            case RESTART_INTERVAL -> throw new FilterDataException("restart markers", true);
            case APPLICATION_8 -> application8(length - 2);
            default -> {
                if (marker < 0xe0 || marker > 0xef && marker != 0xfe) {
                    throw new FilterDataException(String.format("marker FF%02X", marker), true);
                }
            }
        }
        next = behind;
    }

    private void frame() throws FilterDataException {
        if (output != null) {
            throw new FilterDataException("a second frame");
        }
        need(6);
        precision = u8();
        lines = u16();
        width = u16();
        components = u8();
        if (precision < 2 || precision > 16 || lines == 0 || width == 0 || components == 0) {
            throw new FilterDataException("samples of " + precision + " bits, " + this);
        }
        long bytes = (long) lines * width * components * sampleBytes();
        if (bytes > mostBytes) {
            throw new FilterDataException(this + " has " + bytes + " bytes, at the most " + mostBytes + " fit");
        }
        output = new byte[(int) bytes];
    }

    private void presets(int length) throws FilterDataException {
        need(length);
        int type = length > 0 ? u8() : 0;
        if (type != 1 || length != 11) {
            throw new FilterDataException("presets of type " + type, true);
        }
        for (int i = 0; i < presets.length; i++) {
            presets[i] = u16();
        }
    }

    /** A colour transform of Hewlett-Packard's, which CharLS knows: "mrfx", number. */
    private void application8(int length) throws FilterDataException {
        if (length == 5 && array[next] == 'm' && array[next + 1] == 'r' && array[next + 4] != 0) {
            throw new FilterDataException("colour transform " + array[next + 4], true);
        }
    }

    private JpegLsScan scanHeader(int length) throws FilterDataException {
        need(4);
        int count = u8();
        if (output == null || count < 1 || count > components - decodedComponents || length != 4 + 2 * count) {
            throw new FilterDataException("a scan of " + count + " components, of " + this);
        }
        for (int i = 0; i < count; i++) {
            u8();
            if (u8() != 0) {
                throw new FilterDataException("mapping tables", true);
            }
        }
        int near = u8();
        int interleave = u8();
        if (u8() != 0 || interleave > 2 || interleave == 0 && count != 1) {
            throw new FilterDataException("interleave mode " + interleave + " with a point transform", true);
        }
        if (count != 1 && count != components || interleave == 2 && count == 2) {
            throw new FilterDataException("interleaving of " + count + " of " + components + " components", true);
        }
        JpegLsParameters p = JpegLsParameters.of(precision, near, presets);
        return new JpegLsScan(p, width, count, interleave == 2 && count > 1);
    }

    /**
     * Decodes a scan. Its samples go behind those of the scans before, interleaved when it has several components;
     * samples of more than 8 bits are little-endian.
     */
    private void scan(JpegLsScan scan) throws FilterDataException {
        byte[] to = output;
        if (to == null) {
            throw new FilterDataException("a scan without a frame");
        }
        int scanEnd = endOfScan();
        scan.begin(new JpegLsBits(array, next, scanEnd));
        int count = scan.components();
        int at = decodedComponents * lines * width * sampleBytes();
        for (int line = 0; line < lines; line++) {
            scan.decodeLine();
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < count; c++) {
                    int sample = scan.sample(c, x);
                    to[at++] = (byte) sample;
                    if (precision > 8) {
                        to[at++] = (byte) (sample >> 8);
                    }
                }
            }
        }
        decodedComponents += count;
        next = scanEnd;
    }

    /** Coded data end where a byte FF has a byte above 7F behind it. */
    private int endOfScan() {
        for (int i = next; i < end - 1; i++) {
            if (array[i] == -1 && array[i + 1] < 0) {
                return i;
            }
        }
        return end;
    }

    private int sampleBytes() {
        return precision > 8 ? 2 : 1;
    }

    private int marker() throws FilterDataException {
        need(2);
        if (u8() != 0xff) {
            throw new FilterDataException("no marker where one is expected");
        }
        while (next < end && array[next] == -1) {
            next++; // fill bytes
        }
        return u8();
    }

    private int u16() throws FilterDataException {
        return u8() << 8 | u8();
    }

    private int u8() throws FilterDataException {
        need(1);
        return array[next++] & 0xff;
    }

    private void need(int bytes) throws FilterDataException {
        if (bytes > end - next) {
            throw new FilterDataException("the image is cut off");
        }
    }

    @Override
    public String toString() {
        return components + " components of " + lines + " x " + width + " samples";
    }
}
