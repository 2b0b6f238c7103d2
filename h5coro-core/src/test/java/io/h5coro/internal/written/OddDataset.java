// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.MessageBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Datasets of whole numbers in every layout and under every chunk index, some of their chunks missing. */
final class OddDataset {
    private static final byte[] JUNK = {0x5a};

    private final OddFile file;
    private final Draw draw;

    private final int size;
    private final boolean big;
    private final long fill;
    private final int rank;
    private final long[] shape;
    private final long[] most;
    private final long[] values;

    /**
     * A dataset as written.
     *
     * @param address of its header
     * @param values row-major
     * @param attribute the value of its attribute "a"
     * @param layout what holds its values, for messages
     */
    record Written(long address, long[] shape, long[] values, long attribute, String layout) {}

    private OddDataset(OddFile file) {
        this.file = file;
        this.draw = file.draw();
        this.size = draw.any(1, 2, 4, 8);
        this.big = draw.flag();
        this.fill = number();
        this.rank = draw.between(1, 3);
        this.shape = new long[rank];
        for (int d = 0; d < rank; d++) {
            shape[d] = draw.between(1, rank == 1 ? 60 : rank == 2 ? 9 : 5);
        }
        this.most = shape.clone();
        this.values = new long[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Arrays.setAll(values, i -> number());
    }

    /**
     * Writes a dataset.
     *
     * @param chunkK half the entries of a node of a version 1 B-tree
     */
    static Written write(OddFile file, int chunkK) {
        return new OddDataset(file).write(chunkK);
    }

    /** Any number that the type holds. */
    private long number() {
        long bits = draw.between(Long.MIN_VALUE + 1, Long.MAX_VALUE);
        return bits << (64 - 8 * size) >> (64 - 8 * size);
    }

    private MessageBytes bytes(long... numbers) {
        MessageBytes bytes = draw.bytes();
        for (long number : numbers) {
            for (int i = 0; i < size; i++) {
                bytes.u8((int) (number >> (8 * (big ? size - 1 - i : i))) & 0xff);
            }
        }
        return bytes;
    }

    private MessageBytes type() {
        return draw.bytes()
                .u8(draw.between(1, 3) << 4)
                .u24((big ? 1 : 0) | 8)
                .u32(size)
                .u16(0, 8 * size);
    }

    private Written write(int chunkK) {
        String kind =
                draw.any("compact", "contiguous", "chunk tree", "single", "implicit", "fixed", "extensible", "tree 2");
        OddChunks chunks = null;
        MessageBytes layout;
        switch (kind) {
            case "compact" -> {
                byte[] data = bytes(values).toArray();
                layout =
                        HeaderWriters.raw(draw.bytes().u8(draw.between(3, 4), 0).u16(data.length), data);
            }
            case "contiguous" -> {
                byte[] data = bytes(values).toArray();
                layout = draw.bytes()
                        .u8(draw.between(3, 4), 1)
                        .address(file.put(data))
                        .length(data.length);
            }
            default -> {
                extend(kind);
                chunks = new OddChunks(file, kind, new OddChunks.Grid(shape, most, chunk(kind), size));
                layout = chunks.layout(this::chunkBytes, chunkK);
                chunks.missing().forEach(this::forget);
            }
        }
        List<OddFile.Message> messages = new ArrayList<>();
        messages.add(new OddFile.Message(0x01, space()));
        messages.add(new OddFile.Message(0x03, type()));
        messages.add(new OddFile.Message(
                0x05, draw.bytes().u8(3, 0x20 | 3 | 2 << 2).u32(size).add(bytes(fill))));
        messages.add(new OddFile.Message(0x08, layout));
        if (chunks != null && chunks.filtered()) {
            messages.add(
                    new OddFile.Message(0x0b, draw.bytes().u8(2, 1).u16(1, 0, 1).u32(6)));
        }
        long attribute = number();
        messages.add(new OddFile.Message(0x0c, attribute(attribute)));
        return new Written(file.header(messages), shape, values, attribute, kind);
    }

    private MessageBytes attribute(long value) {
        MessageBytes scalar = draw.bytes().u8(2, 0, 0, 0);
        MessageBytes type = type();
        return draw.bytes()
                .u8(3, 0)
                .u16(2, type.size(), scalar.size())
                .u8(0)
                .text("a")
                .u8(0)
                .add(type)
                .add(scalar)
                .add(bytes(value));
    }

    private MessageBytes space() {
        MessageBytes space = draw.bytes();
        if (draw.flag()) {
            space.u8(1, rank, 1).zeros(5);
        } else {
            space.u8(2, rank, 1, 1);
        }
        return space.length(shape).length(most);
    }

    /** Maxima as the index wants them: none unlimited, one, or several. */
    private void extend(String kind) {
        switch (kind) {
            case "fixed", "implicit" -> most[0] = shape[0] + draw.between(0, 5);
            case "extensible" -> most[draw.between(0, rank - 1)] = -1;
            case "tree 2" -> {
                for (int d = 0; d < Math.min(2, rank); d++) {
                    most[d] = -1;
                }
            }
            default -> {
                // as large as it is
            }
        }
    }

    private long[] chunk(String kind) {
        long[] chunk = new long[rank];
        for (int d = 0; d < rank; d++) {
            chunk[d] = kind.equals("single") ? shape[d] : draw.between(1, Math.max(1, (int) shape[d] / 2));
        }
        return chunk;
    }

    /** The bytes of a chunk, junk outside of the extent; null for one that is to be missing. */
    private byte @Nullable [] chunkBytes(long[] at, long[] chunk) {
        MessageBytes bytes = draw.bytes();
        long[] inside = new long[rank];
        do {
            long index = index(at, chunk, inside);
            if (index < 0) {
                for (int i = 0; i < size; i++) {
                    HeaderWriters.raw(bytes, JUNK);
                }
            } else {
                bytes.add(bytes(values[(int) index]));
            }
        } while (next(inside, chunk));
        return bytes.toArray();
    }

    private void forget(long[][] place) {
        long[] inside = new long[rank];
        do {
            long index = index(place[0], place[1], inside);
            if (index >= 0) {
                values[(int) index] = fill;
            }
        } while (next(inside, place[1]));
    }

    /** Index of an element of a chunk in the dataset, -1 outside of the extent. */
    private long index(long[] at, long[] chunk, long[] inside) {
        long index = 0;
        for (int d = 0; d < rank; d++) {
            long coordinate = at[d] * chunk[d] + inside[d];
            if (coordinate >= shape[d]) {
                return -1;
            }
            index = index * shape[d] + coordinate;
        }
        return index;
    }

    /** Counts up, the last dimension fastest. */
    static boolean next(long[] at, long[] limit) {
        for (int d = at.length - 1; d >= 0; d--) {
            if (++at[d] < limit[d]) {
                return true;
            }
            at[d] = 0;
        }
        return false;
    }
}
