// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;

/**
 * Where a part of a dataset's values is stored: a chunk, or a run of elements that follow one another in a dataset that
 * is not chunked. Immutable.
 *
 * <pre>{@code
 * for (StoredChunk chunk : file.dataset("/gt1l/heights/h_ph").storedChunks(Hyperslab.parse("[0:10]"))) {
 *     byte[] stored = file.reader().read(new ByteRange(chunk.address(), chunk.storedBytes())).get();
 * }
 * }</pre>
 *
 * @param origin index of its first element in each dimension, slowest first; empty for a scalar
 * @param address first stored byte, as a position in {@link io.h5coro.H5Coro#reader()}
 * @param storedBytes bytes from there on: of a chunk after its filters, of a run the elements themselves
 * @param filterMask bit i is set when filter i of the dataset's pipeline was not applied to this chunk; 0 for a run. Of
 *     chunks at the edge that a dataset leaves unfiltered libhdf5 gives 0; here all bits are set
 */
public record StoredChunk(List<Long> origin, long address, long storedBytes, int filterMask) {
    /** A place. */
    public StoredChunk {
        origin = List.copyOf(origin);
    }
}
