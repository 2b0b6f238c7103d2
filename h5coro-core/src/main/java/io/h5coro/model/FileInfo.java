// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * What a file's superblock says.
 *
 * @param source the path or URI, without credentials
 * @param superblockVersion 0 to 3
 * @param freeSpaceVersion version of the free-space storage
 * @param symbolTableVersion version of the root's symbol table entry
 * @param sharedHeaderVersion version of the shared header message format
 * @param sizeOfOffsets bytes of an address
 * @param sizeOfLengths bytes of a length
 * @param groupInternalK half the entries of a group B-tree node
 * @param groupLeafK half the entries of a symbol table node
 * @param chunkInternalK half the entries of a chunk B-tree node
 * @param fileSpace how free space is managed
 * @param userBlockBytes bytes before the superblock
 * @param rootAddress the root group's header, relative to the base address
 */
public record FileInfo(
        String source,
        int superblockVersion,
        int freeSpaceVersion,
        int symbolTableVersion,
        int sharedHeaderVersion,
        int sizeOfOffsets,
        int sizeOfLengths,
        int groupInternalK,
        int groupLeafK,
        int chunkInternalK,
        FileSpaceInfo fileSpace,
        long userBlockBytes,
        long rootAddress) {
    /**
     * How a file's free space is managed (file space info message, 0x17).
     *
     * @param strategy 0 free-space managers, page: 1, aggregators: 2, none: 3 (H5F_fspace_strategy_t)
     * @param persist whether free space is kept in the file
     * @param threshold smallest free section that is tracked
     * @param pageBytes size of a page when the strategy is paging
     */
    public record FileSpaceInfo(int strategy, boolean persist, long threshold, long pageBytes) {
        /** What files without the message have: free-space managers, not kept. */
        public static FileSpaceInfo defaults() {
            return new FileSpaceInfo(0, false, 1, 4096);
        }
    }
}
