// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Lists a tree folder by folder. A folder's location sorts where all that is in it does, so the order of the parts is
 * that of the whole.
 */
final class TreeListing implements StorageListing {
    /** More levels than any archive has. A server whose folders lead back to themselves is noticed by it. */
    private static final int MOST_LEVELS = 100;

    private final Folders folders;

    /** The folders on the way to the latest object, the innermost first. Bounded by {@link #MOST_LEVELS}. */
    private final Deque<StorageListing> open = new ArrayDeque<>();

    TreeListing(StorageListing top, Folders folders) {
        this.folders = folders;
        open.push(top);
    }

    @Override
    public Optional<StoredObject> next() throws StorageException {
        while (!open.isEmpty()) {
            Optional<StoredObject> found = nextOf(open.peek());
            if (found.isEmpty()) {
                open.pop().close();
            } else if (found.get().isFolder()) {
                descend(found.get().location());
            } else {
                return found;
            }
        }
        return Optional.empty();
    }

    /** A folder that was removed since it was listed has no objects. */
    private Optional<StoredObject> nextOf(StorageListing folder) throws StorageException {
        try {
            return folder.next();
        } catch (StorageException e) {
            if (e.kind() == Kind.NOT_FOUND && open.size() > 1) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void descend(String folder) throws StorageException {
        if (open.size() == MOST_LEVELS) {
            throw new StorageException(
                    Kind.PROTOCOL,
                    LocationText.shown(folder) + ": folders in more than " + MOST_LEVELS
                            + " levels, as where they lead back to themselves");
        }
        open.push(folders.list(folder));
    }

    @Override
    public void close() {
        open.forEach(StorageListing::close);
        open.clear();
    }
}
