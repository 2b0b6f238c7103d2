// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;

/**
 * How the values of a dataset are stored: the layout. Immutable.
 *
 * <pre>{@code
 * DatasetStorage storage = file.dataset("/gt1l/heights/h_ph").storage();
 * if (storage instanceof DatasetStorage.Chunked chunked) {
 *     System.out.println("chunks of " + chunked.chunkShape());
 * }
 * }</pre>
 */
public sealed interface DatasetStorage
        permits DatasetStorage.Compact,
                DatasetStorage.Contiguous,
                DatasetStorage.Chunked,
                DatasetStorage.External,
                DatasetStorage.Virtual {
    /**
     * Values in the object header.
     *
     * @param size stored bytes
     */
    record Compact(long size) implements DatasetStorage {}

    /**
     * Values in one run of the file.
     *
     * @param address first byte, relative to the base address; -1 when nothing was written
     * @param size bytes of the run
     */
    record Contiguous(long address, long size) implements DatasetStorage {}

    /**
     * Values in chunks of equal shape, each of which passes the filters.
     *
     * @param chunkShape elements of a chunk in each dimension
     * @param index structure by which chunks are found
     */
    record Chunked(Shape chunkShape, Index index) implements DatasetStorage {}

    /**
     * Values in other files.
     *
     * @param pieces concatenated, they are the values
     */
    record External(List<Piece> pieces) implements DatasetStorage {}

    /**
     * Values in other datasets.
     *
     * @param mappings in the order of the file; where they overlap, the later one counts
     */
    record Virtual(List<VirtualMapping> mappings) implements DatasetStorage {
        /** Copies the list. */
        public Virtual {
            mappings = List.copyOf(mappings);
        }
    }

    /** The structures by which the format finds chunks. */
    enum Index {
        /** B-tree of version 1, the only one before HDF5 1.10. */
        BTREE_1,
        /** No structure: there is one chunk, whose address is in the header. */
        SINGLE,
        /** No structure: all chunks are in one run, in order. */
        IMPLICIT,
        /** Fixed array: no dimension is unlimited. */
        FIXED_ARRAY,
        /** Extensible array: one dimension is unlimited. */
        EXTENSIBLE_ARRAY,
        /** B-tree of version 2: several dimensions are unlimited. */
        BTREE_2
    }

    /**
     * A run of bytes in another file.
     *
     * @param file its name, as the file states it
     * @param offset first byte within that file
     * @param size bytes; -1 when unlimited
     */
    record Piece(String file, long offset, long size) {}
}
