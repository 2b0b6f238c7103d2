// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.model.FileDriver;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;

/** Opens files that consist of several. Blocks on what the members say of each other; keeps no state. */
public final class FileDrivers {
    private FileDrivers() {}

    /** Opens what a location names, without a request. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens one object.
         *
         * @throws StorageException when the location is not usable
         */
        RangeReader open(String location) throws StorageException;
    }

    /**
     * Opens a file with the driver of {@link ReadOptions#fileDriver()}.
     *
     * @param shown what messages call it
     * @throws io.h5coro.error.H5Exception when a member is missing, or what it says makes no sense; nothing stays open
     */
    public static MountedFile open(String location, String shown, ReadOptions options, Opener opener) {
        Members members = new Members(shown, opener::open, options);
        try {
            return open(location, options, members);
        } catch (RuntimeException | Error e) {
            members.close();
            throw e;
        }
    }

    /** Chooses the driver that the options name; automatic ones know a family by its pattern only. */
    private static MountedFile open(String location, ReadOptions options, Members members) {
        FileDriver driver = options.fileDriver();
        if (driver instanceof FileDriver.Family
                || (driver instanceof FileDriver.Automatic && FamilyFile.isPattern(location))) {
            return FamilyFile.open(location, members);
        }
        if (driver instanceof FileDriver.Split) {
            return MultiFile.open(location, "-m.h5", members);
        }
        if (driver instanceof FileDriver.Multi) {
            return MultiFile.open(location, "-s.h5", members);
        }
        if (driver instanceof FileDriver.Subfiling subfiling) {
            return SubfilingFile.open(location, subfiling.inode(), members);
        }
        if (driver instanceof FileDriver.Onion onion) {
            return OnionFile.open(location, onion.revision(), members, options);
        }
        return new MountedFile(members.open(location), AddressMap.SAME);
    }
}
