// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folders on disk, or memory, that keep chunks and values of files, so that reading them again, also in another
 * process, does not fetch them again. Set it with {@link ReadOptions.Builder#dataCache(DataCache)}, best together with
 * an {@link IndexCache}: a file whose metadata and data are both here costs one request, which confirms its version.
 * Immutable; one instance serves many files and threads.
 *
 * <pre>{@code
 * ReadOptions options = ReadOptions.builder()
 *         .indexCache(IndexCache.at(Path.of("/var/cache/h5coro/index")))
 *         .dataCache(DataCache.tiers(
 *                 DataCache.at(Path.of("/dev/shm/h5coro"), 2L << 30),
 *                 DataCache.at(Path.of("/var/cache/h5coro/data"), 100L << 30)))
 *         .build();
 * }</pre>
 *
 * <p>What is kept:
 *
 * <ul>
 *   <li>Bytes as they are stored in the file, in the ranges that were requested. A read of which a part is here fetches
 *       the rest.
 *   <li>They belong to one version (ETag) of one object. Bytes of another version are never returned.
 *   <li>Every read of them is checked against a checksum. What does not match is deleted and fetched.
 *   <li>Nothing is kept of an object without a strong ETag, of local files, of files of raw data, or of a file that
 *       consists of several objects ({@link FileDriver}).
 * </ul>
 *
 * <p>Bytes are written behind the read, which never waits for the disk; closing a file waits for what is left. What a
 * disk cannot take as fast as the storage delivers is not kept.
 *
 * <p>A folder and its files are created for their owner alone. A folder to which others may write, or that is a
 * symbolic link, is not used. File names and contents hold no location, query or credential. Any number of processes
 * may share a folder. What was used least recently is deleted when the folder is full; {@code H5Coro.forget} deletes
 * what is kept of one object. When the folder cannot be written, files are read without it, and one warning is logged
 * (logger {@code io.h5coro.datacache}).
 */
public final class DataCache {
    private static final long DEFAULT_BYTES = 10L << 30;

    private final List<Tier> tiers;

    private DataCache(List<Tier> tiers) {
        this.tiers = List.copyOf(tiers);
    }

    /**
     * One place where data are kept.
     *
     * @param folder absolute path of the folder; empty for memory of this process
     * @param maxBytes most bytes in it
     */
    public record Tier(Optional<Path> folder, long maxBytes) {
        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException when {@code maxBytes} is not positive
         */
        public Tier {
            if (maxBytes <= 0) {
                throw new IllegalArgumentException("maxBytes " + maxBytes + " is not positive");
            }
        }
    }

    /**
     * Returns a cache of at most 10 GiB in a folder.
     *
     * @param folder created when it is first needed; not that of an {@link IndexCache}
     */
    public static DataCache at(Path folder) {
        return at(folder, DEFAULT_BYTES);
    }

    /**
     * Returns a cache of at most {@code maxBytes} in a folder.
     *
     * @param folder created when it is first needed; not that of an {@link IndexCache}
     * @param maxBytes most bytes in the folder, each file rounded up to 4 KiB. Other processes that write to the folder
     *     may exceed it for a moment, by a quarter each at most
     * @throws IllegalArgumentException when {@code maxBytes} is not positive
     */
    public static DataCache at(Path folder, long maxBytes) {
        return new DataCache(List.of(new Tier(Optional.of(folder.toAbsolutePath()), maxBytes)));
    }

    /**
     * Returns a cache in the memory of this process. It counts in the memory that open files share, and gives way to
     * results.
     *
     * @param maxBytes most bytes
     * @throws IllegalArgumentException when {@code maxBytes} is not positive
     */
    public static DataCache memory(long maxBytes) {
        return new DataCache(List.of(new Tier(Optional.empty(), maxBytes)));
    }

    /**
     * Returns a cache that looks into several in their order. What is fetched is written to all of them. What is found
     * in a later one is copied to those before it.
     *
     * @param caches the fastest first; at least one
     * @throws IllegalArgumentException when there is none
     */
    public static DataCache tiers(DataCache... caches) {
        if (caches.length == 0) {
            throw new IllegalArgumentException("a cache has at least one tier");
        }
        List<Tier> all = new ArrayList<>();
        for (DataCache cache : caches) {
            all.addAll(cache.tiers);
        }
        return new DataCache(all);
    }

    /** Returns where data are kept, in the order in which they are looked for. */
    public List<Tier> tiers() {
        return tiers;
    }

    @Override
    public String toString() {
        return "DataCache" + tiers;
    }
}
