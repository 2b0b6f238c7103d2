// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.MessageBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/** Chunks and the index that finds them, with parameters that libhdf5 reads and does not write. */
final class OddChunks {
    private final OddFile file;
    private final Draw draw;
    private final String kind;
    private final Grid grid;
    private final boolean filtered;
    private final List<long[][]> missing = new ArrayList<>();

    /** Chunks by number in the index's own order; null where none was written. */
    private final List<@Nullable Stored> stored = new ArrayList<>();

    private final List<long[]> places = new ArrayList<>();

    /**
     * What is divided.
     *
     * @param most largest shape, -1 for a dimension without a limit
     * @param chunk elements of a chunk
     * @param size bytes of an element
     */
    record Grid(long[] shape, long[] most, long[] chunk, int size) {
        long chunkBytes() {
            return Arrays.stream(chunk).reduce(size, (a, b) -> a * b);
        }

        long[] counts(long[] of) {
            long[] counts = new long[of.length];
            for (int d = 0; d < of.length; d++) {
                counts[d] = of[d] < 0 ? (shape[d] + chunk[d] - 1) / chunk[d] : (of[d] + chunk[d] - 1) / chunk[d];
            }
            return counts;
        }
    }

    private record Stored(long address, long size, int mask) {}

    OddChunks(OddFile file, String kind, Grid grid) {
        this.file = file;
        this.draw = file.draw();
        this.kind = kind;
        this.grid = grid;
        this.filtered = !kind.equals("implicit") && draw.flag();
    }

    boolean filtered() {
        return filtered;
    }

    /** Place and chunk shape of each chunk that was not written. */
    List<long[][]> missing() {
        return missing;
    }

    /** Writes chunks and index; gives the layout message. */
    MessageBytes layout(BiFunction<long[], long[], byte[]> values, int chunkK) {
        int[] order = order();
        long[] limits = grid.counts(grid.most);
        long[] counts = grid.counts(grid.shape);
        long[] ordered = new long[limits.length];
        long[] orderedLimits = Arrays.stream(order).mapToLong(d -> limits[d]).toArray();
        long run = kind.equals("implicit")
                ? file.reserve((int) (Arrays.stream(limits).reduce(1, (a, b) -> a * b) * grid.chunkBytes()))
                : -1;
        do {
            long[] at = new long[order.length];
            for (int i = 0; i < order.length; i++) {
                at[order[i]] = ordered[i];
            }
            boolean inside = true;
            for (int d = 0; d < at.length; d++) {
                inside &= at[d] < counts[d];
            }
            places.add(at);
            stored.add(inside ? store(values.apply(at, grid.chunk), at, run) : null);
        } while (OddDataset.next(ordered, orderedLimits));
        MessageBytes layout = kind.equals("chunk tree") ? chunkTree(chunkK) : newLayout(run);
        return layout;
    }

    /** Dimensions, slowest first: an extensible array has the one without a limit in front. */
    private int[] order() {
        int rank = grid.shape.length;
        List<Integer> order = new ArrayList<>();
        for (int d = 0; d < rank; d++) {
            if (kind.equals("extensible") && grid.most[d] < 0) {
                order.add(0, d);
            } else {
                order.add(d);
            }
        }
        return order.stream().mapToInt(i -> i).toArray();
    }

    private @Nullable Stored store(byte[] plain, long[] at, long run) {
        if (run >= 0) {
            file.place(run + stored.size() * grid.chunkBytes(), plain);
            return new Stored(run + stored.size() * grid.chunkBytes(), plain.length, 0);
        }
        if (draw.between(0, 5) == 0) {
            missing.add(new long[][] {at, grid.chunk});
            return null;
        }
        boolean skipped = !filtered || draw.between(0, 3) == 0;
        byte[] bytes = skipped ? plain : deflated(plain);
        return new Stored(file.put(bytes), bytes.length, filtered && skipped ? 1 : 0);
    }

    private static byte[] deflated(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private MessageBytes chunkTree(int k) {
        int rank = grid.shape.length;
        List<long[]> keys = new ArrayList<>();
        List<Stored> chunks = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            Stored chunk = stored.get(i);
            if (chunk != null) {
                keys.add(places.get(i));
                chunks.add(chunk);
            }
        }
        long[] addresses = chunks.stream().mapToLong(Stored::address).toArray();
        List<MessageBytes> heads = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            heads.add(key(chunks.get(i), keys.get(i)));
        }
        long[] end = keys.isEmpty() ? new long[rank] : keys.get(keys.size() - 1).clone();
        end[0] += 1;
        MessageBytes last = key(new Stored(0, 0, 0), end);
        int level = 0;
        while (level == 0 || addresses.length > 1) {
            List<Long> above = new ArrayList<>();
            List<MessageBytes> aboveHeads = new ArrayList<>();
            for (int start = 0; start < addresses.length; ) {
                int count = Math.min(addresses.length - start, draw.between(Math.min(2, 2 * k), 2 * k));
                MessageBytes node =
                        draw.bytes().text("TREE").u8(1, level).u16(count).address(-1, -1);
                for (int i = start; i < start + count; i++) {
                    node.add(heads.get(i)).address(addresses[i]);
                }
                node.add(start + count < heads.size() ? heads.get(start + count) : last);
                int full = 8 + 2 * draw.offsets() + 2 * k * (last.size() + draw.offsets()) + last.size();
                node.zeros(full - node.size());
                above.add(file.put(node));
                aboveHeads.add(heads.get(start));
                start += count;
            }
            addresses = above.stream().mapToLong(i -> i).toArray();
            heads = aboveHeads;
            level++;
            if (addresses.length == 0) {
                addresses = new long[] {-1};
            }
        }
        long[] dimensions = Arrays.copyOf(grid.chunk, rank + 1);
        dimensions[rank] = grid.size;
        return draw.bytes().u8(3, 2, rank + 1).address(addresses[0]).u32(dimensions);
    }

    private MessageBytes key(Stored chunk, long[] at) {
        MessageBytes key = draw.bytes().u32(chunk.size, chunk.mask);
        for (int d = 0; d < at.length; d++) {
            key.u64(at[d] * grid.chunk[d]);
        }
        return key.u64(0);
    }

    private MessageBytes newLayout(long run) {
        int rank = grid.shape.length;
        boolean single = kind.equals("single");
        // libhdf5 2.0 refuses any other width than the least.
        long largest = Math.max(grid.size, Arrays.stream(grid.chunk).max().orElse(1));
        int width = (64 - Long.numberOfLeadingZeros(largest) + 7) / 8;
        MessageBytes layout = draw.bytes().u8(4, 2, single && filtered ? 2 : 0, rank + 1, width);
        for (long dimension : grid.chunk) {
            HeaderWriters.number(layout, dimension, width);
        }
        HeaderWriters.number(layout, grid.size, width);
        OddArrays arrays = new OddArrays(file, elementSize(), this::element);
        return switch (kind) {
            case "single" -> {
                Stored chunk = stored.get(0);
                layout.u8(1);
                if (filtered) {
                    layout.length(chunk == null ? 0 : chunk.size).u32(chunk == null ? 0 : chunk.mask);
                }
                yield layout.address(chunk == null ? -1 : chunk.address);
            }
            case "implicit" -> layout.u8(2).address(run);
            case "fixed" -> {
                int pageBits = draw.between(1, 4);
                yield layout.u8(3, pageBits).address(arrays.fixed(stored.size(), pageBits, filtered));
            }
            case "extensible" -> arrays.extensible(layout.u8(4), stored.size(), filtered);
            default -> {
                long tree = tree2();
                yield layout.u8(5).u32(512).u8(98, 40).address(tree);
            }
        };
    }

    /** Bytes of a stored size: what the plain size needs and one more (layout version 4). */
    private int sizeWidth() {
        int bits = 64 - Long.numberOfLeadingZeros(grid.chunkBytes());
        return filtered ? Math.min(8, 1 + (bits + 7) / 8) : 0;
    }

    private int elementSize() {
        return draw.offsets() + (filtered ? sizeWidth() + 4 : 0);
    }

    /** An element of an array; what lies behind the last chunk was never set. */
    private byte[] element(long number) {
        Stored chunk = number < stored.size() ? stored.get((int) number) : null;
        return entry(chunk == null ? new Stored(-1, 0, 0) : chunk).toArray();
    }

    private MessageBytes entry(Stored chunk) {
        MessageBytes entry = draw.bytes().address(chunk.address);
        if (filtered) {
            HeaderWriters.number(entry, chunk.size, sizeWidth()).u32(chunk.mask);
        }
        return entry;
    }

    private long tree2() {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            Stored chunk = stored.get(i);
            if (chunk != null) {
                records.add(entry(chunk).u64(places.get(i)).toArray());
            }
        }
        return OddTree2.write(file, filtered ? 11 : 10, elementSize() + 8 * grid.shape.length, records);
    }
}
