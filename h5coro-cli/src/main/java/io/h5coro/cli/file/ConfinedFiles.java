// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.storage.FileResolver;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.Optional;

/**
 * The files beside the one that names them, as the library confines them; what is refused names the option that allows
 * it. Thread-safe.
 *
 * @param siblings opens what the library allows
 */
record ConfinedFiles(FileResolver siblings) implements FileResolver {
    @Override
    public Optional<RangeReader> open(String name) throws StorageException {
        try {
            return siblings.open(name);
        } catch (StorageException e) {
            if (e.kind() != StorageException.Kind.ACCESS_DENIED) {
                throw e;
            }
            throw new StorageException(
                    e.kind(),
                    "the file names another one, '" + name + "', which is not in its folder" + " (dump --"
                            + FileOpener.FOLLOW_ANYWHERE + " reads those too)",
                    e);
        }
    }

    @Override
    public FileResolver within(String name) {
        return new ConfinedFiles(siblings.within(name));
    }
}
