// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Tells what files are, by their names and by their first bytes. */
final class MediaType {
    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final String BYTES = "application/octet-stream";
    private static final Set<String> NAMES =
            Set.of("h5", "hdf5", "hdf", "he5", "nc", "nc4", "cdf", "h5ad", "nwb", "mat", "loom", "h5m");
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final long LAST_SIGNATURE = 1 << 16;
    private static final int SAMPLE = 4096;

    private MediaType() {}

    /** Tells it by the name alone. */
    static String ofName(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return NAMES.contains(ending) ? ServedFile.HDF5 : BYTES;
    }

    /** Tells it by the name, and where that says nothing by the first bytes. */
    static String of(Path file, long bytes) throws IOException {
        if (ofName(String.valueOf(file.getFileName())).equals(ServedFile.HDF5)) {
            return ServedFile.HDF5;
        }
        if (bytes == 0) {
            return TEXT;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (hasSignature(channel)) {
                return ServedFile.HDF5;
            }
            ByteBuffer sample = ByteBuffer.allocate((int) Math.min(bytes, SAMPLE));
            int length = Math.max(0, channel.read(sample, 0));
            return isText(Arrays.copyOf(sample.array(), length)) ? TEXT : BYTES;
        }
    }

    /** The signature stands at the beginning, or at 512, 1024, 2048 and so on. */
    private static boolean hasSignature(FileChannel channel) throws IOException {
        ByteBuffer found = ByteBuffer.allocate(SIGNATURE.length);
        for (long at = 0; at < Math.min(channel.size(), LAST_SIGNATURE); at = at == 0 ? 512 : 2 * at) {
            found.clear();
            if (channel.read(found, at) == SIGNATURE.length && found.flip().equals(ByteBuffer.wrap(SIGNATURE))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isText(byte[] sample) {
        for (byte one : sample) {
            if (one == 0) {
                return false;
            }
        }
        // A letter may be cut at the end of the sample, which is no error as long as more could follow.
        return !StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(sample), CharBuffer.allocate(sample.length), false)
                .isError();
    }
}
