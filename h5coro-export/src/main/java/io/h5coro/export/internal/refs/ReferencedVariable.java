// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A dataset in the words of Zarr. Immutable.
 *
 * @param path absolute
 * @param array type, shape and codecs
 * @param dimensions their names, slowest first
 * @param attributes as JSON has them
 * @param chunks those that are there, in row-major order
 */
record ReferencedVariable(
        String path,
        ZarrArray array,
        List<String> dimensions,
        Map<String, Object> attributes,
        List<ChunkReference> chunks) {
    ReferencedVariable {
        dimensions = List.copyOf(dimensions);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        chunks = List.copyOf(chunks);
    }

    /** The attributes, and the names of the dimensions where xarray looks for them. */
    Map<String, Object> zattrs() {
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        all.put("_ARRAY_DIMENSIONS", dimensions);
        return all;
    }

    /** Whether its one chunk is inlined, without filters. */
    boolean isInlined() {
        return chunks.size() == 1 && chunks.get(0).inlined() != null;
    }
}
