// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where the chunks of a dataset are. Immutable.
 *
 * @param shape of the dataset
 * @param chunks elements of a chunk in each dimension
 * @param codecs in the order in which they encode
 * @param references by the number of the chunk in the dataset's grid; those that are missing have none
 * @param fits whether Zarr gives for missing chunks what HDF5 does
 */
record ChunkTable(
        Shape shape,
        Shape chunks,
        List<Map<String, Object>> codecs,
        SortedMap<Long, ChunkReference> references,
        boolean fits) {
    ChunkGrid grid() {
        return new ChunkGrid(shape, chunks);
    }

    /** The references in the grid of a larger array, in its order. */
    List<ChunkReference> in(ChunkGrid larger) {
        ChunkGrid own = grid();
        List<ChunkReference> all = new ArrayList<>(references.size());
        references.forEach((index, reference) -> all.add(reference.withIndex(larger.index(own.place(index)))));
        return Concatenation.ordered(all);
    }

    /**
     * Finds the bytes of a chunk of another array, whose elements are neighbours in a chunk of this dataset.
     *
     * @param origin index in this dataset of its first element
     * @param chunk elements in each dimension of this dataset, also of those behind its end
     * @param elementBytes bytes of an element
     * @return empty when the chunk of this dataset is missing
     * @throws RefusedException when the bytes are none: elements are in several chunks, or in a part of an encoded one,
     *     or do not follow one another
     */
    Optional<ChunkReference> at(long[] origin, Shape chunk, int elementBytes) {
        if (references.isEmpty()) {
            return Optional.empty();
        }
        boolean whole = chunk.equals(chunks);
        boolean fits = whole || codecs.isEmpty();
        boolean inner = false;
        long first = 0;
        long elements = 1;
        for (int d = 0; d < origin.length; d++) {
            long length = chunks.dimension(d);
            long within = origin[d] % length;
            fits &= whole ? within == 0 : within + chunk.dimension(d) <= length;
            // Behind a dimension with more than one index all others are whole.
            fits &= !inner || chunk.dimension(d) == length;
            inner |= chunk.dimension(d) > 1;
            first = Math.addExact(Math.multiplyExact(first, length), within);
            elements = Math.multiplyExact(elements, chunk.dimension(d));
        }
        if (!fits) {
            throw new RefusedException("it takes parts of chunks of its sources");
        }
        long[] place = origin.clone();
        Arrays.setAll(place, d -> origin[d] / chunks.dimension(d));
        ChunkReference stored = references.get(grid().index(place));
        return stored == null
                ? Optional.empty()
                : Optional.of(whole ? stored : stored.part(first * elementBytes, elements * elementBytes));
    }
}
