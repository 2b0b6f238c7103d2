// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.storage.StorageOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dump is asked for.
 *
 * @param files what to dump
 * @param items objects that were asked for, in their order; none is everything
 * @param data whether values of datasets are written
 * @param attributeData whether values of attributes are
 * @param attributes whether attributes are written at all
 * @param properties option -p
 * @param superblock option -B
 * @param contents option -n
 * @param contentAttributes option -n 1
 * @param regions option -R
 * @param escape option -e
 * @param characters option -r
 * @param indices whether lines of values begin with an index
 * @param columns width of a line; 0 for one element a line
 * @param floats format of floating-point numbers
 * @param order order of links and attributes
 * @param packedBits option -M
 * @param binary option -b; null for text
 * @param dataFile file for values; null for standard output
 * @param suppressData whether values go nowhere (-o without a file)
 * @param ddlFile file for all else; null for standard output
 * @param suppressDdl whether all else goes nowhere (-O without a file)
 * @param driver option -f; null for any
 * @param driverInfo option --vfd-info; null for none
 * @param virtualToFirstMissing option --vds-view-first-missing
 * @param virtualGap option --vds-gap-size
 * @param followAnywhere option --follow-anywhere
 * @param letters option --utf8
 * @param indexCache option --index-cache; null for none
 * @param tolerance options --allow-truncated and --allow-unclosed
 * @param storage options of the storage
 * @param statistics whether the cost of reading is reported
 * @param debug whether errors come with stack traces
 */
record DumpOptions(
        List<String> files,
        List<Item> items,
        boolean data,
        boolean attributeData,
        boolean attributes,
        boolean properties,
        boolean superblock,
        boolean contents,
        boolean contentAttributes,
        boolean regions,
        boolean escape,
        boolean characters,
        boolean indices,
        int columns,
        CFormat floats,
        SortOrder order,
        List<PackedBits> packedBits,
        BinaryValues.@Nullable Form binary,
        @Nullable String dataFile,
        boolean suppressData,
        @Nullable String ddlFile,
        boolean suppressDdl,
        @Nullable String driver,
        @Nullable String driverInfo,
        boolean virtualToFirstMissing,
        int virtualGap,
        boolean followAnywhere,
        boolean letters,
        @Nullable String indexCache,
        OpenMixin.Tolerance tolerance,
        StorageOptions storage,
        boolean statistics,
        boolean debug) {
    /** What opens files with these options. */
    Files openFiles() {
        return new Files(
                storage,
                tolerance
                        .in(Files.cached(indexCache))
                        .fileDriver(Files.driver(driver, driverInfo))
                        .virtualToFirstMissing(virtualToFirstMissing)
                        .virtualGap(virtualGap)
                        .build(),
                followAnywhere);
    }

    /** Kinds of objects that can be asked for. */
    enum Kind {
        /** Option -a. */
        ATTRIBUTE,
        /** Option -d. */
        DATASET,
        /** Option -g. */
        GROUP,
        /** Option -l. */
        LINK,
        /** Option -t. */
        DATATYPE,
        /** Option -N. */
        ANY,
        /** Named with the file. */
        OBJECT
    }

    /**
     * An object that was asked for.
     *
     * @param kind what it is to be
     * @param path its path
     * @param subset what of it; null for everything
     */
    record Item(Kind kind, String path, @Nullable SubsetSpec subset) {}
}
