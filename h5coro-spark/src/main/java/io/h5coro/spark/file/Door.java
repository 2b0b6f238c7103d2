// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import io.h5coro.H5Coro;
import io.h5coro.MetadataNote;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.machine.Machine;

/** How {@link OpenFiles} opens. Thread-safe. */
public interface Door {
    /** Returns where it waits, and by which clock files age. */
    Machine machine();

    /** Opens the storage of a file. */
    RangeReader reader(String location) throws StorageException;

    /** Opens a file, with what is noted of its metadata. Blocks. */
    H5Coro file(ListedFile listed, SiblingFiles.Opener opener);

    /** Returns that of this process. */
    static Door ofThisProcess(StorageOptions storage, ReadOptions read) {
        return new Door() {
            @Override
            public Machine machine() {
                return Machine.ofThisProcess();
            }

            @Override
            public RangeReader reader(String location) throws StorageException {
                return Storages.open(location, storage);
            }

            @Override
            public H5Coro file(ListedFile listed, SiblingFiles.Opener opener) {
                MetadataNote note = listed.note();
                String location = listed.location();
                return note != null
                        ? note.open(location, read, opener)
                        : H5Coro.open(location, read, opener, SiblingFiles.ofLocation(location, opener));
            }
        };
    }
}
