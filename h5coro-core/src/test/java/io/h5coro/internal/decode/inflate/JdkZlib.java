// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.inflate;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The JDK's zlib, which ours is compared with. */
final class JdkZlib {
    private JdkZlib() {}

    static byte[] deflate(byte[] data, int level) {
        return deflate(data, level, Deflater.DEFAULT_STRATEGY);
    }

    static byte[] deflate(byte[] data, int level, int strategy) {
        Deflater deflater = new Deflater(level);
        deflater.setStrategy(strategy);
        deflater.setInput(data);
        deflater.finish();
        byte[] stream = new byte[2 * data.length + 100];
        int length = 0;
        while (!deflater.finished()) {
            length += deflater.deflate(stream, length, stream.length - length);
        }
        deflater.end();
        return Arrays.copyOf(stream, length);
    }

    /** All that an inflater makes of its input; null when it rejects it, or it is cut off or too long. */
    static byte @Nullable [] inflate(Inflater inflater, int maximum) {
        try {
            byte[] output = new byte[maximum + 1];
            int length = 0;
            while (!inflater.finished()) {
                int got = inflater.inflate(output, length, output.length - length);
                length += got;
                if (length > maximum || got == 0 && !inflater.finished()) {
                    return null;
                }
            }
            return Arrays.copyOf(output, length);
        } catch (DataFormatException e) {
            return null;
        }
    }
}
