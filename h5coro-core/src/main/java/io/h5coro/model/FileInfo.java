// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * What the superblock of a file says. Immutable.
 *
 * <pre>{@code
 * FileInfo info = file.info();
 * System.out.println(info);
 * }</pre>
 *
 * @param source path or URI, without credentials
 * @param superblockVersion version of the superblock, 0 to 3
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
 * @param rootAddress header of the root group, relative to the base address
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
     * How a file manages its free space (file space info message, 0x17).
     *
     * @param strategy 0 free-space managers, 1 pages, 2 aggregators, 3 none (H5F_fspace_strategy_t)
     * @param persist whether free space is kept when the file is closed
     * @param threshold smallest free section that is tracked, in bytes
     * @param pageBytes size of a page when the strategy is 1
     */
    public record FileSpaceInfo(int strategy, boolean persist, long threshold, long pageBytes) {
        /** Returns the settings of files without the message: free-space managers, not persistent. */
        public static FileSpaceInfo defaults() {
            return new FileSpaceInfo(0, false, 1, 4096);
        }
    }
}
