// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.Optional;

/**
 * A listing without its folders.
 *
 * @param all the listing, which is closed with this one
 */
record ListedObjects(StorageListing all) implements StorageListing {
    @Override
    public Optional<StoredObject> next() throws StorageException {
        Optional<StoredObject> found = all.next();
        while (found.isPresent() && found.get().isFolder()) {
            found = all.next();
        }
        return found;
    }

    @Override
    public void close() {
        all.close();
    }
}
