// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.Dataset;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Dataspace;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How one dataset lies in the file, and what is to be said of it.
 *
 * @param path its path
 * @param shape its shape
 * @param elementBytes bytes of an element
 * @param storage how it is stored
 * @param filtered whether its chunks go through filters
 * @param stored stored bytes; empty when they were not looked up
 */
record DatasetFinding(
        String path, Shape shape, long elementBytes, DatasetStorage storage, boolean filtered, OptionalLong stored) {
    /** Below this a chunk takes longer to find, ask for and inflate than to transfer: 0.7 ms at 90 MB/s. */
    private static final double SMALL_CHUNK = 64 << 10;

    /** Above this one value costs a fifth of a second of one connection and one core. */
    private static final double LARGE_CHUNK = 16 << 20;

    /** Bytes of the chunk that is advised: it transfers in some 12 ms at 90 MB/s. */
    private static final double GOOD_CHUNK = 1 << 20;

    /** Fewer chunks than this cost little, however small they are. */
    private static final int FEW_CHUNKS = 16;

    /** From here on a version 1 B-tree of ordinary nodes (64 entries) has three levels. */
    private static final int DEEP_BTREE = 4096;

    /** What no shell takes for anything else. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=+-]*");

    static DatasetFinding of(Dataset dataset) {
        boolean none = dataset.dataspace().kind() == Dataspace.Kind.NULL;
        return new DatasetFinding(
                dataset.path().orElse(""),
                none ? Shape.of(0) : dataset.shape(),
                dataset.type().size(),
                dataset.storage(),
                !dataset.filters().isEmpty(),
                OptionalLong.empty());
    }

    DatasetFinding withStored(OptionalLong bytes) {
        return new DatasetFinding(path, shape, elementBytes, storage, filtered, bytes);
    }

    /** Bytes of its values. */
    double valueBytes() {
        return product(shape.dimensions()) * elementBytes;
    }

    private static double product(long[] dimensions) {
        double product = 1;
        for (long d : dimensions) {
            product *= d;
        }
        return product;
    }

    /** The number of chunks of its grid; 0 when it is not chunked. */
    double chunks() {
        if (!(storage instanceof DatasetStorage.Chunked chunked)) {
            return 0;
        }
        double count = 1;
        for (int i = 0; i < shape.rank(); i++) {
            count *=
                    Math.ceil((double) shape.dimension(i) / chunked.chunkShape().dimension(i));
        }
        return count;
    }

    private double chunkBytes() {
        return storage instanceof DatasetStorage.Chunked chunked
                ? product(chunked.chunkShape().dimensions()) * elementBytes
                : 0;
    }

    /** One line: what it is. */
    String description() {
        StringBuilder text = new StringBuilder(path).append("  ").append(shape).append("  ");
        text.append(PlanText.bytes((long) valueBytes()));
        if (storage instanceof DatasetStorage.Chunked chunked) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %.0f %s %s of %s, index %s",
                    chunks(),
                    chunks() == 1 ? "chunk" : "chunks",
                    chunked.chunkShape(),
                    PlanText.bytes((long) chunkBytes()),
                    chunked.index().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
            if (stored.isPresent() && stored.getAsLong() > 0 && filtered) {
                text.append(String.format(Locale.ROOT, ", compressed %.1f times", valueBytes() / stored.getAsLong()));
            }
        } else {
            text.append("  ").append(storage.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    /** One line for each thing that another layout would make better. */
    List<String> advice() {
        List<String> advice = new ArrayList<>();
        if (!(storage instanceof DatasetStorage.Chunked chunked)) {
            return advice;
        }
        double bytes = chunkBytes();
        if (bytes < SMALL_CHUNK && chunks() > FEW_CHUNKS) {
            Shape better = better(chunked.chunkShape(), true);
            advice.add(String.format(
                    Locale.ROOT,
                    "chunks are small: %s would make %.0f of %.0f: h5repack -l %s",
                    better,
                    grid(better),
                    chunks(),
                    argument(path + ":CHUNK=" + list(better))));
        } else if (filtered && bytes > LARGE_CHUNK) {
            Shape better = better(chunked.chunkShape(), false);
            advice.add(String.format(
                    Locale.ROOT,
                    "chunks are large: one value costs %s to inflate; %s would make it %s: h5repack -l %s",
                    PlanText.bytes((long) bytes),
                    better,
                    PlanText.bytes((long) (product(better.dimensions()) * elementBytes)),
                    argument(path + ":CHUNK=" + list(better))));
        }
        if (chunked.index() == DatasetStorage.Index.BTREE_1 && chunks() >= DEEP_BTREE) {
            advice.add(String.format(
                    Locale.ROOT,
                    "a version 1 B-tree finds %.0f chunks in three waves or more: h5repack --low=2 makes an array of "
                            + "them",
                    chunks()));
        }
        if (filtered && stored.isPresent() && stored.getAsLong() > valueBytes() * 0.95) {
            advice.add("filters save nothing: without them a slice is read as exactly its bytes: h5repack -f "
                    + argument(path + ":NONE"));
        }
        return advice;
    }

    /** Returns the number of chunks that another shape would make. */
    private double grid(Shape chunk) {
        double count = 1;
        for (int i = 0; i < shape.rank(); i++) {
            count *= Math.ceil((double) shape.dimension(i) / chunk.dimension(i));
        }
        return count;
    }

    /*
     * Growing 1 x 50 x 50 elements of 4 bytes (10,000 bytes) in a dataset of 500 x 200 x 400, by the factor that is
     * missing:
     *   last dimension:  1,048,576 / 10,000 = 104.9; 50 * 104.9 = 5,242, but it has 400: 1 x 50 x 400 (80,000 bytes)
     *   the second one:  1,048,576 / 80,000 = 13.1;  50 * 13.1 = 655,   but it has 200: 1 x 200 x 400 (320,000 bytes)
     *   the first one:   1,048,576 / 320,000 = 3.3;  1 * 3.3 = 3:                       3 x 200 x 400 (960,000 bytes)
     */

    /** A chunk of about 1 MiB: the last dimensions grow first, the first ones shrink first. */
    private Shape better(Shape chunk, boolean grow) {
        long[] dimensions = chunk.dimensions();
        for (int n = 0; n < dimensions.length; n++) {
            int i = grow ? dimensions.length - 1 - n : n;
            double factor = GOOD_CHUNK / (product(dimensions) * Math.max(1, elementBytes));
            double wanted = dimensions[i] * factor;
            double most = grow ? Math.max(dimensions[i], shape.dimension(i)) : dimensions[i];
            dimensions[i] = (long) Math.max(1, Math.min(most, Math.floor(wanted)));
        }
        return Shape.of(dimensions);
    }

    /** An argument as a shell takes it: a name in a file may hold blanks, and what a shell would run. */
    private static String argument(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static String list(Shape chunk) {
        StringBuilder text = new StringBuilder();
        for (long d : chunk.dimensions()) {
            text.append(text.length() == 0 ? "" : "x").append(d);
        }
        return text.toString();
    }
}
