// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

/** How a dataset's values are stored: the data layout message (0x08). Addresses are relative to the base address. */
public sealed interface Layout
        permits Layout.Compact, Layout.Contiguous, Layout.Chunked, Layout.External, Layout.Virtual {
    /**
     * Values in the header itself.
     *
     * @param data the stored bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over by the parser, never changed
    record Compact(byte[] data) implements Layout {}

    /**
     * Values in one run of the file.
     *
     * @param address first byte; {@link io.h5coro.internal.bytes.Cursor#UNDEFINED} when nothing was written
     * @param size stored bytes; -1 when the message does not say (versions 1 and 2)
     */
    record Contiguous(long address, long size) implements Layout {}

    /**
     * Values in chunks of equal shape.
     *
     * @param chunkShape elements of a chunk in each dimension of the dataset (without the element size that the message
     *     appends)
     * @param index which index finds the chunks
     * @param filterEdgeChunks false when chunks that reach over the current extent are stored without filters
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over by the parser, never changed
    record Chunked(long[] chunkShape, Index index, boolean filterEdgeChunks) implements Layout {}

    /**
     * Values in one run that other files hold.
     *
     * @param files the pieces of the run
     */
    record External(ExternalFileList files) implements Layout {}

    /**
     * Values in other datasets.
     *
     * @param heapAddress global heap collection of the mapping list; undefined for no mapping
     * @param heapIndex object of that collection
     */
    record Virtual(long heapAddress, long heapIndex) implements Layout {}

    /** The chunk indexes of the format. {@code address} may be undefined: no chunk exists. */
    sealed interface Index {
        /** Where the index (or the single or first chunk) stands. */
        long address();
    }

    /**
     * B-tree of version 1 (layouts 1 to 3).
     *
     * @param address its root
     */
    record BTree1Index(long address) implements Index {}

    /**
     * One chunk that holds everything.
     *
     * @param address the chunk
     * @param filteredSize its stored bytes; -1 when it is not filtered
     * @param filterMask the filters that were skipped
     */
    record SingleChunkIndex(long address, long filteredSize, int filterMask) implements Index {}

    /**
     * All chunks of the maximum extent in one run, in order.
     *
     * @param address the first chunk
     */
    record ImplicitIndex(long address) implements Index {}

    /**
     * Fixed array.
     *
     * @param address its header
     * @param pageBits log2 of the elements of a page, as the layout message says
     */
    record FixedArrayIndex(long address, int pageBits) implements Index {}

    /**
     * Extensible array; its parameters stand in its header as well.
     *
     * @param address its header
     */
    record ExtensibleArrayIndex(long address) implements Index {}

    /**
     * B-tree of version 2.
     *
     * @param address its header
     */
    record BTree2Index(long address) implements Index {}
}
