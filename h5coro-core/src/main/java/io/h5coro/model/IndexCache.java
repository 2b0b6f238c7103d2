// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.nio.file.Path;

/**
 * A folder in which is kept what was learnt of files' metadata, so that opening a file again, also by another process,
 * reads none of it: {@link ReadOptions.Builder#indexCache(IndexCache)}. Immutable; one for many files and threads.
 *
 * <p>Kept are bytes of metadata as they stand in the file, no values of datasets other than those that stand in headers
 * and heaps. An entry is written when a file is closed. It belongs to one version (ETag) of one object: every request
 * asks for that version, and nothing is answered before the storage has confirmed it. When the object has changed, the
 * entry is dropped and the file read anew. An object without a strong ETag, and a file that consists of several
 * ({@link FileDriver}), is read as if there were no cache.
 *
 * <p>The folder is created for its owner alone, and so is each file in it. Any number of processes may share it. One
 * that others than its owner may write to is not used. Names and contents hold neither the location, nor a query, nor a
 * credential. Entries that were used least recently are deleted when the folder exceeds its bound. A folder that cannot
 * be read or written means no cache, and one warning (logger {@code io.h5coro.indexcache}).
 */
public final class IndexCache {
    private static final long DEFAULT_BYTES = 256L << 20;

    private final Path folder;
    private final long maxBytes;

    private IndexCache(Path folder, long maxBytes) {
        this.folder = folder.toAbsolutePath();
        this.maxBytes = maxBytes;
    }

    /** A cache in a folder, which is created when it is needed; of 256 MiB, which is some hundred granules. */
    public static IndexCache at(Path folder) {
        return at(folder, DEFAULT_BYTES);
    }

    /**
     * A cache of another size.
     *
     * @param maxBytes most bytes in the folder; one file takes a quarter of it at most, and not more than 16 MiB
     */
    public static IndexCache at(Path folder, long maxBytes) {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + " is not positive");
        }
        return new IndexCache(folder, maxBytes);
    }

    /** Where it is; absolute. */
    public Path folder() {
        return folder;
    }

    /** Most bytes in the folder. */
    public long maxBytes() {
        return maxBytes;
    }

    @Override
    public String toString() {
        return "IndexCache[" + folder + ", " + maxBytes + " bytes]";
    }
}
