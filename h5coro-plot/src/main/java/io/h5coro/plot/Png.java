// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Pixels as a PNG: the signature, then the chunks IHDR, IDAT and IEND; eight bits each of red, green, blue and alpha.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG, third edition</a>
 */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int COLOUR_WITH_ALPHA = 6;
    private static final int COLOUR = 2;
    /** A line is stored as the difference to the one above. */
    private static final int UP = 2;

    private Png() {}

    static byte[] encode(Pixels pixels) {
        boolean alpha = false;
        for (int argb : pixels.argb()) {
            alpha |= argb >>> 24 != 255;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(pixels.width())
                        .putInt(pixels.height())
                        .put((byte) 8)
                        .put((byte) (alpha ? COLOUR_WITH_ALPHA : COLOUR))
                        .array());
        chunk(out, "IDAT", deflated(lines(pixels, alpha ? 4 : 3)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static byte[] lines(Pixels pixels, int channels) {
        int length = 1 + channels * pixels.width();
        byte[] lines = new byte[Math.multiplyExact(length, pixels.height())];
        for (int row = 0; row < pixels.height(); row++) {
            int at = row * length;
            lines[at++] = UP;
            for (int column = 0; column < pixels.width(); column++) {
                int argb = pixels.at(column, row);
                int above = row == 0 ? 0 : pixels.at(column, row - 1);
                for (int channel = 0; channel < channels; channel++) {
                    int shift = channel == 3 ? 24 : 16 - 8 * channel;
                    lines[at++] = (byte) ((argb >>> shift) - (above >>> shift));
                }
            }
        }
        return lines;
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 14];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] body) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(body);
        out.writeBytes(ByteBuffer.allocate(4).putInt(body.length).array());
        out.writeBytes(name);
        out.writeBytes(body);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
