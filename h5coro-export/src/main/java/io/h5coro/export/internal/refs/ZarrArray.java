// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.model.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An array as {@code .zarray} describes it. Immutable.
 *
 * @param shape elements in each dimension
 * @param chunks elements of a chunk in each dimension, at least one
 * @param type of the elements
 * @param fill what stands in place of missing chunks and is masked, as JSON has it; null for none
 * @param codecs in the order in which they encode
 */
record ZarrArray(
        Shape shape, Shape chunks, ZarrType type, @Nullable Object fill, List<Map<String, Object>> codecs) {
    private static final Set<String> COMPRESSORS = Set.of("zlib", "bz2", "blosc", "zstd");

    ZarrArray {
        codecs = List.copyOf(codecs);
    }

    /** An array in one chunk, without filters; texts of variable length have their own. */
    static ZarrArray inlined(Shape shape, ZarrType type, @Nullable Object fill) {
        List<Map<String, Object>> codecs = type.isObject() ? List.of(Map.of("id", "vlen-utf8")) : List.of();
        return new ZarrArray(shape, atLeastOne(shape), type.inlined(), fill, codecs);
    }

    /** Zarr wants chunks that have elements. */
    static Shape atLeastOne(Shape chunks) {
        long[] lengths = chunks.dimensions();
        for (int d = 0; d < lengths.length; d++) {
            lengths[d] = Math.max(1, lengths[d]);
        }
        return Shape.of(lengths);
    }

    ZarrArray withShape(Shape other) {
        return new ZarrArray(other, chunks, type, fill, codecs);
    }

    ChunkGrid grid() {
        return new ChunkGrid(shape, chunks);
    }

    Map<String, Object> json() {
        boolean compressed = !codecs.isEmpty() && COMPRESSORS.contains(last().get("id"));
        List<Map<String, Object>> filters = compressed ? codecs.subList(0, codecs.size() - 1) : codecs;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("zarr_format", 2);
        json.put("shape", shape.dimensions());
        json.put("chunks", chunks.dimensions());
        json.put("dtype", type.code());
        json.put("compressor", compressed ? last() : null);
        json.put("fill_value", fill);
        json.put("order", "C");
        json.put("filters", filters.isEmpty() ? null : filters);
        json.put("dimension_separator", ".");
        return json;
    }

    private Map<String, Object> last() {
        return codecs.get(codecs.size() - 1);
    }
}
