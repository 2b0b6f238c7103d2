// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.model.FileInfo;

/** What option -B adds. */
final class SuperblockText {
    private SuperblockText() {}

    static String of(FileInfo info) {
        FileInfo.FileSpaceInfo space = info.fileSpace();
        String strategy = switch (space.strategy()) {
            case 0 -> "H5F_FSPACE_STRATEGY_FSM_AGGR";
            case 1 -> "H5F_FSPACE_STRATEGY_PAGE";
            case 2 -> "H5F_FSPACE_STRATEGY_AGGR";
            case 3 -> "H5F_FSPACE_STRATEGY_NONE";
            default -> "Unknown strategy";
        };
        return "\nSUPER_BLOCK {\n   SUPERBLOCK_VERSION " + info.superblockVersion()
                + "\n   FREELIST_VERSION " + info.freeSpaceVersion()
                + "\n   SYMBOLTABLE_VERSION 0"
                + "\n   OBJECTHEADER_VERSION " + info.sharedHeaderVersion()
                + "\n   OFFSET_SIZE " + info.sizeOfOffsets()
                + "\n   LENGTH_SIZE " + info.sizeOfLengths()
                + "\n   BTREE_RANK " + info.groupInternalK()
                + "\n   BTREE_LEAF " + info.groupLeafK()
                + "\n   ISTORE_K " + info.chunkInternalK()
                + "\n   FILE_SPACE_STRATEGY " + strategy
                + "\n   FREE_SPACE_PERSIST " + (space.persist() ? "TRUE" : "FALSE")
                + "\n   FREE_SPACE_SECTION_THRESHOLD " + space.threshold()
                + "\n   FILE_SPACE_PAGE_SIZE " + space.pageBytes()
                + "\n   USER_BLOCK {\n      USERBLOCK_SIZE " + info.userBlockBytes()
                + "\n   }\n}";
    }
}
