// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.Comparator;
import java.util.Optional;

/**
 * The objects below a prefix, one after the other. Its memory does not grow with their number. Confined to one thread.
 *
 * <p>Locations ascend by {@link #order()}, so that none is given twice. The order is that of names as they are, before
 * a web address escapes them.
 *
 * <pre>{@code
 * try (StorageListing found = Storages.find(path.toString(), StorageOptions.none())) {
 *     for (Optional<StoredObject> one = found.next(); one.isPresent(); one = found.next()) {
 *         System.out.println(one.get().location());
 *     }
 * }
 * }</pre>
 */
public interface StorageListing extends AutoCloseable {
    /** How far a listing goes down. */
    enum Depth {
        /** The objects and folders of one folder. */
        FOLDER,
        /** All objects in the folder and in those below it. Folders are not given. */
        TREE
    }

    /** Lists one folder. */
    @FunctionalInterface
    interface Folders {
        /**
         * Lists a folder.
         *
         * @param location of the folder; ends with a slash
         * @return its objects and folders, which the caller closes
         */
        StorageListing list(String location) throws StorageException;
    }

    /**
     * Returns the next object or folder; empty at the end. Blocks for the storage. An interrupt ends the wait and stays
     * set.
     *
     * @throws StorageException of kind {@link StorageException.Kind#NOT_FOUND} when there is no such bucket or folder,
     *     or of another kind when the storage does not list. After a failure the listing does not go on
     */
    Optional<StoredObject> next() throws StorageException;

    /** Ends the listing, and a request that is under way. Idempotent. */
    @Override
    void close();

    /** Returns the order of listings: that of the bytes of the names in UTF-8. */
    static Comparator<String> order() {
        return NameOrder.BYTES;
    }

    /**
     * Returns a listing of depth {@link Depth#TREE} for a storage that lists one folder at a time.
     *
     * @param top a listing of depth {@link Depth#FOLDER}, which is closed with the result
     * @param folders lists the folders that {@code top} gives, and those in them, at most 100 levels down: a deeper
     *     tree may lead back to itself, and is an error
     */
    static StorageListing tree(StorageListing top, Folders folders) {
        return new TreeListing(top, folders);
    }
}
