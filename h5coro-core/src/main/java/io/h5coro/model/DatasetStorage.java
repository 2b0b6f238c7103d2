// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;

/** How a dataset's values are stored. */
public sealed interface DatasetStorage
        permits DatasetStorage.Compact,
                DatasetStorage.Contiguous,
                DatasetStorage.Chunked,
                DatasetStorage.External,
                DatasetStorage.Virtual {
    /**
     * In the object header.
     *
     * @param size stored bytes
     */
    record Compact(long size) implements DatasetStorage {}

    /**
     * In one run of the file.
     *
     * @param address first byte relative to the base address; -1 when nothing was written
     * @param size bytes
     */
    record Contiguous(long address, long size) implements DatasetStorage {}

    /**
     * In chunks of equal shape.
     *
     * @param chunkShape elements of a chunk in each dimension
     * @param index how chunks are found
     */
    record Chunked(Shape chunkShape, Index index) implements DatasetStorage {}

    /**
     * In other files.
     *
     * @param pieces one behind the other
     */
    record External(List<Piece> pieces) implements DatasetStorage {}

    /**
     * In other datasets.
     *
     * @param mappings in the order of the file; where they overlap, the later one counts
     */
    record Virtual(List<VirtualMapping> mappings) implements DatasetStorage {
        /** Copies the list. */
        public Virtual {
            mappings = List.copyOf(mappings);
        }
    }

    /** The chunk indexes of the format. */
    enum Index {
        /** B-tree of version 1. */
        BTREE_1,
        /** One chunk. */
        SINGLE,
        /** All chunks in one run. */
        IMPLICIT,
        /** Fixed array. */
        FIXED_ARRAY,
        /** Extensible array. */
        EXTENSIBLE_ARRAY,
        /** B-tree of version 2. */
        BTREE_2
    }

    /**
     * A piece of another file.
     *
     * @param file its name, as written
     * @param offset first byte in it
     * @param size bytes; -1 when unlimited
     */
    record Piece(String file, long offset, long size) {}
}
