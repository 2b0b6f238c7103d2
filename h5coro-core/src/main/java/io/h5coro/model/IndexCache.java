// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder on disk that keeps metadata of files, so that opening a file again, also in another process, does not fetch
 * it again. Set it with {@link ReadOptions.Builder#indexCache(IndexCache)}. Immutable; one instance serves many files
 * and threads.
 *
 * <pre>{@code
 * ReadOptions options = ReadOptions.builder()
 *         .indexCache(IndexCache.at(Path.of("/var/cache/h5coro")))
 *         .build();
 * }</pre>
 *
 * <p>What is kept:
 *
 * <ul>
 *   <li>Bytes of metadata as they stand in the file. Values of datasets are kept only where they stand in headers and
 *       heaps.
 *   <li>An entry is written when a file is closed. It belongs to one version (ETag) of one object. Every request asks
 *       for that version, and no value is returned before the storage has confirmed it.
 *   <li>When the object has changed, its entry is dropped and the file is read from the storage.
 *   <li>Nothing is kept of an object without a strong ETag, or of a file that consists of several objects
 *       ({@link FileDriver}).
 * </ul>
 *
 * <p>Files of one product have their metadata in alike places. So the folder also keeps where metadata of a
 * <em>family</em> of files were read, and a file that is new asks for the same places with its first request:
 *
 * <ul>
 *   <li>Files whose locations differ in numbers only are a family ({@code ATL03_2018…_01_006_02.h5}; one or two digits
 *       behind a letter count as part of a name). {@link #withFamily} states one, {@link #withoutFamilies()} has none.
 *   <li>A guess that is wrong costs bytes, at most half of what a file of the family costs without guesses, and 16 MiB.
 *       It never changes a value: structures are read where the file's own pointers lead.
 *   <li>Guesses are for storage that takes a millisecond or longer to answer.
 * </ul>
 *
 * <p>The folder and its files are created for their owner alone. A folder to which others may write is not used. File
 * names and contents hold no location, query or credential. Any number of processes may share the folder. Entries that
 * were used least recently are deleted when it exceeds its bound. When it cannot be read or written, files are read
 * without a cache, and one warning is logged (logger {@code io.h5coro.indexcache}).
 */
public final class IndexCache {
    private static final long DEFAULT_BYTES = 256L << 20;

    private final Path folder;
    private final long maxBytes;
    private final boolean learnsFamilies;
    private final Optional<String> family;

    private IndexCache(Path folder, long maxBytes, boolean learnsFamilies, Optional<String> family) {
        this.folder = folder.toAbsolutePath();
        this.maxBytes = maxBytes;
        this.learnsFamilies = learnsFamilies;
        this.family = family;
    }

    /**
     * Returns a cache of at most 256 MiB, enough for the metadata of some hundred granules.
     *
     * @param folder created when it is first needed
     */
    public static IndexCache at(Path folder) {
        return at(folder, DEFAULT_BYTES);
    }

    /**
     * Returns a cache of at most {@code maxBytes}.
     *
     * @param folder created when it is first needed
     * @param maxBytes most bytes in the folder; one file takes at most a quarter of it, and at most 16 MiB
     * @throws IllegalArgumentException when {@code maxBytes} is not positive
     */
    public static IndexCache at(Path folder, long maxBytes) {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + " is not positive");
        }
        return new IndexCache(folder, maxBytes, true, Optional.empty());
    }

    /**
     * Returns a cache of the same folder whose files are one family, whatever their locations are.
     *
     * @param name for example the name and version of a product
     * @throws IllegalArgumentException when the name is empty
     */
    public IndexCache withFamily(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the family has no name");
        }
        return new IndexCache(folder, maxBytes, true, Optional.of(name));
    }

    /** Returns a cache of the same folder that neither asks for what siblings suggest nor learns from its files. */
    public IndexCache withoutFamilies() {
        return new IndexCache(folder, maxBytes, false, Optional.empty());
    }

    /** Returns whether files are asked for metadata where their siblings had them. Default: true. */
    public boolean learnsFamilies() {
        return learnsFamilies;
    }

    /**
     * Returns the family of all files.
     *
     * @return empty by default: files whose locations differ in numbers only are a family
     */
    public Optional<String> family() {
        return family;
    }

    /** Returns the absolute path of the folder. */
    public Path folder() {
        return folder;
    }

    /** Returns the largest number of bytes in the folder. */
    public long maxBytes() {
        return maxBytes;
    }

    @Override
    public String toString() {
        return "IndexCache[" + folder + ", " + maxBytes + " bytes]";
    }
}
