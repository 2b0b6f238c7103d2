// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.format.message.DataspaceMessage;
import io.h5coro.internal.format.message.DatatypeMessage;
import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.FilterPipelineMessage;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.format.message.LayoutMessage;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.internal.walk.FixtureSpace;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.internal.walk.ObjectHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What libhdf5 says of the chunks of a dataset (testdata/make/index_fixtures.py).
 *
 * @param chunks by element offsets as text: address ("?" where libhdf5 does not tell it), stored size, filter mask and
 *     CRC-32 of the stored bytes
 */
record ChunkTable(String path, long header, TreeMap<String, String> chunks) {
    private static final int DATASPACE = 0x01;
    private static final int DATATYPE = 0x03;
    private static final int LAYOUT = 0x08;
    private static final int PIPELINE = 0x0b;

    static List<ChunkTable> of(String fixture) {
        List<ChunkTable> tables = new ArrayList<>();
        for (String line : lines("/index/" + fixture + ".txt")) {
            String[] words = line.split(" ");
            if (words[0].equals("dataset")) {
                tables.add(new ChunkTable(words[1], Long.parseLong(words[2]), new TreeMap<>()));
            } else {
                tables.get(tables.size() - 1)
                        .chunks
                        .put(words[0], String.join(" ", List.of(words).subList(1, 5)));
            }
        }
        return tables;
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(ChunkTable.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DatasetDescriptor dataset(FileSpace space) {
        ObjectHeaders headers = new ObjectHeaders(space, (type, id) -> {
            throw new AssertionError("no shared message is needed");
        });
        ObjectHeader object = headers.read(header);
        return new DatasetDescriptor(
                path,
                header,
                DataspaceMessage.parse(headers.body(object, DATASPACE).orElseThrow()),
                DatatypeMessage.parse(headers.body(object, DATATYPE).orElseThrow()),
                LayoutMessage.parse(headers.body(object, LAYOUT).orElseThrow()),
                headers.body(object, PIPELINE).map(FilterPipelineMessage::parse).orElse(List.of()),
                FillValue.zeros());
    }

    /** All chunks of an index. */
    static List<ChunkRecord> all(ChunkIndex index, long[] last) {
        List<ChunkRecord> all = new ArrayList<>();
        index.all(
                last,
                (coordinate, address, size, mask) -> all.add(new ChunkRecord(coordinate.clone(), address, size, mask)));
        return all;
    }

    /** The chunks of a box, in the form of {@link #chunks}. */
    TreeMap<String, String> found(
            ChunkIndex index, DatasetDescriptor dataset, FixtureSpace file, long[] first, long[] last) {
        long[] shape = ((Layout.Chunked) dataset.layout()).chunkShape();
        boolean addresses = chunks.values().stream().noneMatch(chunk -> chunk.startsWith("?"));
        TreeMap<String, String> found = new TreeMap<>();
        for (ChunkRecord chunk : index.find(first, last)) {
            String text = (addresses ? chunk.address() : "?") + " " + chunk.storedSize() + " "
                    + Integer.toUnsignedString(chunk.filterMask()) + " "
                    + file.crc32(chunk.address(), chunk.storedSize());
            if (found.put(offsets(chunk.coordinate(), shape), text) != null) {
                throw new AssertionError("chunk " + Arrays.toString(chunk.coordinate()) + " twice");
            }
        }
        return found;
    }

    private static String offsets(long[] coordinate, long[] shape) {
        StringBuilder text = new StringBuilder();
        for (int d = 0; d < shape.length; d++) {
            text.append(d == 0 ? "" : ",").append(coordinate[d] * shape[d]);
        }
        return text.toString();
    }

    /** The chunks of the table that lie in a box of the chunk grid. */
    TreeMap<String, String> within(DatasetDescriptor dataset, long[] first, long[] last) {
        long[] shape = ((Layout.Chunked) dataset.layout()).chunkShape();
        TreeMap<String, String> inside = new TreeMap<>(chunks);
        inside.keySet().removeIf(offsets -> {
            String[] parts = offsets.split(",");
            for (int d = 0; d < shape.length; d++) {
                long chunk = Long.parseLong(parts[d]) / shape[d];
                if (chunk < first[d] || chunk > last[d]) {
                    return true;
                }
            }
            return false;
        });
        return inside;
    }
}
