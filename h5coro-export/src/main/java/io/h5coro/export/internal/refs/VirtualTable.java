// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.Dataset;
import io.h5coro.model.Shape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The chunks of a virtual dataset: those of its sources, where each is one of the virtual dataset too. Confined to one
 * thread.
 *
 * <pre>
 * sources of (20, 7) in chunks of (10, 7), one behind the other       chunks of (10, 7)
 * sources of (50, 60), each a plane                                   chunks of (1, c, d), where c and d are a source's
 * sources of (12, 7) and (8, 7) without filters and without chunks    chunks of (4, 7)
 * </pre>
 */
final class VirtualTable {
    /** Chunks are listed in memory, some 100 bytes each. */
    private static final long MOST_CHUNKS = 1 << 20;

    private final ChunkTables tables;
    private final Dataset dataset;
    private final Shape shape;
    private final List<Part> parts = new ArrayList<>();

    /**
     * A box of a source.
     *
     * @param table the source's chunks
     */
    private record Part(BoxAxes axes, ChunkTable table) {
        Dataset.SourceBox box() {
            return axes.box();
        }
    }

    VirtualTable(ChunkTables tables, Dataset dataset) {
        this.tables = tables;
        this.dataset = dataset;
        this.shape = dataset.shape();
    }

    /**
     * Finds the chunks.
     *
     * @throws RefusedException when chunks of the sources are none of the virtual dataset
     */
    ChunkTable table() {
        for (Dataset.SourceBox box : dataset.sourceBoxes()) {
            if (!box.source().type().equals(dataset.type())) {
                throw new RefusedException("its sources have elements of another type");
            }
            parts.add(new Part(BoxAxes.of(box), source(box.source())));
        }
        Part first = parts.stream()
                .filter(part -> !part.table().references().isEmpty())
                .max((a, b) -> Boolean.compare(
                        !a.table().codecs().isEmpty(), !b.table().codecs().isEmpty()))
                .orElse(null);
        if (first == null) {
            boolean fits = tables.fits(dataset)
                    && parts.stream().allMatch(part -> part.table().fits());
            return new ChunkTable(shape, ZarrArray.atLeastOne(shape), List.of(), new TreeMap<>(), fits);
        }
        List<Map<String, Object>> codecs = first.table().codecs();
        Shape chunks = first.axes().toVirtual(first.table().chunks());
        if (!codecs.isEmpty()) {
            return table(chunks, codecs);
        }
        try {
            return table(chunks, codecs);
        } catch (RefusedException cutOtherwise) {
            return table(cut(), codecs);
        }
    }

    private ChunkTable source(Dataset source) {
        try {
            return tables.of(source);
        } catch (RefusedException e) {
            throw new RefusedException("of its source " + source.path().orElse("without a name") + ": " + e.reason());
        }
    }

    private ChunkTable table(Shape chunks, List<Map<String, Object>> codecs) {
        Cells cells = new Cells(chunks);
        for (Part part : parts) {
            boolean empty = part.table().references().isEmpty();
            if (!empty && !part.table().codecs().equals(codecs)) {
                throw new RefusedException("its sources differ in their filters");
            }
            cells.put(part);
        }
        boolean fits = cells.unfit.isEmpty() && (cells.covered.size() == cells.grid.size() || tables.fits(dataset));
        return new ChunkTable(shape, chunks, codecs, cells.references, fits);
    }

    /** The chunks of the virtual dataset, and what the sources have put there so far. Confined to one task. */
    private final class Cells {
        private final Shape chunks;
        private final ChunkGrid grid;
        private final SortedMap<Long, ChunkReference> references = new TreeMap<>();
        private final Set<Long> covered = new HashSet<>();

        /** Those that are missing in a source, of whose fill value Zarr knows nothing. */
        private final Set<Long> unfit = new HashSet<>();

        private long visited;

        Cells(Shape chunks) {
            this.chunks = chunks;
            this.grid = new ChunkGrid(shape, chunks);
        }

        void put(Part part) {
            Dataset.SourceBox box = part.box();
            int rank = shape.rank();
            long[] first = new long[rank];
            long[] count = new long[rank];
            for (int d = 0; d < rank; d++) {
                long length = chunks.dimension(d);
                long start = box.origin().get(d);
                long end = start + box.shape().dimension(d);
                if (start % length != 0 || end % length != 0 && end != shape.dimension(d)) {
                    throw new RefusedException("its sources meet within chunks");
                }
                first[d] = start / length;
                count[d] = (end - start + length - 1) / length;
            }
            long[] place = first.clone();
            do {
                visited++;
                if (visited > MOST_CHUNKS) {
                    throw new RefusedException("its sources are cut into more than " + MOST_CHUNKS + " chunks");
                }
                put(part, place);
            } while (next(place, first, count));
        }

        private void put(Part part, long[] place) {
            long[] origin = place.clone();
            Arrays.setAll(origin, d -> place[d] * chunks.dimension(d));
            Optional<ChunkReference> found =
                    part.table().at(part.axes().inSource(origin), part.axes().toSource(chunks), tables.elementBytes());
            Long index = grid.index(place);
            covered.add(index);
            unfit.remove(index);
            references.remove(index);
            found.ifPresent(reference -> references.put(index, reference.withIndex(index)));
            if (found.isEmpty() && !part.table().fits()) {
                unfit.add(index);
            }
        }
    }

    /** Goes to the next place of a box of chunks in row-major order; false behind the last one. */
    private static boolean next(long[] place, long[] first, long[] count) {
        for (int d = place.length - 1; d >= 0; d--) {
            if (++place[d] < first[d] + count[d]) {
                return true;
            }
            place[d] = first[d];
        }
        return false;
    }

    /** The largest chunks that all sources can give where nothing is encoded. */
    private Shape cut() {
        long[] chunk = new long[shape.rank()];
        for (Part part : parts) {
            Dataset.SourceBox box = part.box();
            Shape stored = part.table().chunks();
            Shape source = part.table().shape();
            boolean[] mapped = new boolean[chunk.length];
            for (int s = 0; s < source.rank(); s++) {
                int v = part.axes().virtual()[s];
                if (v >= 0) {
                    mapped[v] = true;
                    chunk[v] = gcd(chunk[v], box.origin().get(v), box.shape().dimension(v));
                    if (stored.dimension(s) < source.dimension(s)) {
                        chunk[v] = gcd(
                                chunk[v],
                                stored.dimension(s),
                                box.sourceOrigin().get(s));
                    }
                }
            }
            for (int v = 0; v < chunk.length; v++) {
                chunk[v] = mapped[v] ? chunk[v] : 1;
            }
        }
        return Shape.of(connected(chunk));
    }

    /** Leaves one index in all dimensions in front of one in which a chunk is shorter than those of a source. */
    private long[] connected(long[] chunk) {
        boolean whole = true;
        for (int v = chunk.length - 1; v >= 0; v--) {
            chunk[v] = whole ? chunk[v] : 1;
            for (Part part : parts) {
                int[] virtual = part.axes().virtual();
                for (int s = 0; s < virtual.length; s++) {
                    whole &=
                            virtual[s] != v || chunk[v] == part.table().chunks().dimension(s);
                }
            }
        }
        return chunk;
    }

    private static long gcd(long... numbers) {
        BigInteger divisor = BigInteger.ZERO;
        for (long number : numbers) {
            divisor = divisor.gcd(BigInteger.valueOf(number));
        }
        return Math.max(1, divisor.longValueExact());
    }
}
