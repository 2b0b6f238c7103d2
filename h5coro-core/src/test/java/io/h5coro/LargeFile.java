// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.model.ByteArray;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.storage.SparseRangeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;

/** A file of the size that users have without its values, of {@code testdata/make/hollow.py}, and its tasks. */
final class LargeFile {
    private final String name;
    private final List<Line> lines;

    LargeFile(String name) throws IOException {
        this.name = name;
        try (InputStream in = resource(name + ".expected.txt")) {
            this.lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split("\\|"))
                    .map(words -> new Line(words[0], words[1], Long.parseLong(words[2]), words[3]))
                    .toList();
        }
    }

    /**
     * A request of a task and what libhdf5 says of it.
     *
     * @param stored bytes in the file of the chunks that it meets
     * @param crc of the values, little-endian
     */
    record Line(String task, String request, long stored, String crc) {}

    List<Line> task(String name) {
        return lines.stream().filter(line -> line.task().equals(name)).toList();
    }

    static List<DatasetRequest> requests(List<Line> task) {
        return task.stream().map(line -> DatasetRequest.parse(line.request())).toList();
    }

    SparseRangeReader open() throws IOException {
        return SparseRangeReader.of(name + ".h5", resource(name + ".extents.gz"));
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(LargeFile.class.getResourceAsStream("/large/" + name), name);
    }

    /** The CRC-32 of values, little-endian, as {@link Line#crc()}. */
    static String crc(H5Array array) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * array.length()).order(ByteOrder.LITTLE_ENDIAN);
        if (array instanceof ByteArray values) {
            bytes.put(values.values());
        } else if (array instanceof IntArray values) {
            bytes.asIntBuffer().put(values.values());
            bytes.position(4 * array.length());
        } else if (array instanceof FloatArray values) {
            bytes.asFloatBuffer().put(values.values());
            bytes.position(4 * array.length());
        } else if (array instanceof DoubleArray values) {
            bytes.asDoubleBuffer().put(values.values());
            bytes.position(8 * array.length());
        } else {
            throw new AssertionError("no task has " + array.type());
        }
        CRC32 crc = new CRC32();
        crc.update(bytes.flip());
        return String.format("%08x", crc.getValue());
    }
}
