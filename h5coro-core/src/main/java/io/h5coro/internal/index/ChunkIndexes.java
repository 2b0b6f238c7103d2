// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.FileSpace;

/** Opens the chunk index of a dataset. */
public final class ChunkIndexes {
    private ChunkIndexes() {}

    /**
     * The index of a chunked dataset; blocks while it reads the index's head. The index is thread-safe and may be kept
     * as long as the file is open.
     *
     * @throws IllegalArgumentException when the dataset is not chunked
     * @throws io.h5coro.error.H5Exception when the index is malformed or cannot be read
     */
    public static ChunkIndex of(FileSpace space, DatasetDescriptor dataset) {
        if (!(dataset.layout() instanceof Layout.Chunked layout)) {
            throw new IllegalArgumentException(dataset.path() + " is not chunked");
        }
        ChunkSpace chunks = new ChunkSpace(space, dataset, layout);
        Layout.Index index = layout.index();
        if (index.address() == Cursor.UNDEFINED) {
            return new NoChunks();
        }
        if (index instanceof Layout.BTree1Index tree) {
            return new BTree1Index(chunks, tree.address());
        }
        if (index instanceof Layout.SingleChunkIndex single) {
            return new SingleChunk(chunks, single, dataset.space().shape());
        }
        if (index instanceof Layout.ImplicitIndex implicit) {
            return new ImplicitIndex(chunks, implicit.address());
        }
        if (index instanceof Layout.FixedArrayIndex array) {
            return new FixedArrayIndex(chunks, array.address());
        }
        if (index instanceof Layout.ExtensibleArrayIndex array) {
            return new ExtensibleArrayIndex(chunks, array.address());
        }
        if (index instanceof Layout.BTree2Index tree) {
            return new BTree2Index(chunks, tree.address());
        }
        throw new AssertionError(index);
    }
}
