// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.H5Coro;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Opens files by name with the options of the command line.
 *
 * @param storage how a storage is reached
 * @param options how files are read
 * @param anywhere whether files may name others outside of their folder
 */
public record FileOpener(StorageOptions storage, ReadOptions options, boolean anywhere) {
    /** The option of the dump. */
    public static final String FOLLOW_ANYWHERE = "follow-anywhere";

    public H5Coro open(String location) {
        return Waiting.during(location, () -> openUntold(location));
    }

    /** The same, without saying on a terminal how long it takes. */
    public H5Coro openUntold(String location) {
        return H5Coro.open(location, options, storage, named(location));
    }

    /** Opens the bytes of a file, or of one that it names. */
    public RangeReader reader(String location) throws StorageException {
        return Storages.open(location, storage);
    }

    /** What opens the files that a file names: those in its folder and below, or with --follow-anywhere also others. */
    public FileResolver named(String location) {
        SiblingFiles.Opener opener = this::reader;
        return anywhere
                ? new AnywhereFiles(location, opener)
                : new ConfinedFiles(SiblingFiles.ofLocation(location, opener));
    }

    /** Opens a file that another one names. */
    public H5Coro open(RangeReader reader, FileResolver names) {
        return H5Coro.open(reader, options, names);
    }

    /** The name of a linked file as libhdf5 gives it, which has opened it by its whole path. */
    public static String absolute(String location) {
        try {
            return Location.isUri(location)
                    ? location
                    : Path.of(location).toAbsolutePath().toString();
        } catch (InvalidPathException e) {
            return location;
        }
    }

    /** The path without links, or that of a file that does not exist yet without detours. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** Whether a name is that of a device or a pipe, which many may write to. */
    public static boolean isDevice(String location) {
        Path path = Path.of(location);
        return java.nio.file.Files.exists(path) && !java.nio.file.Files.isRegularFile(path);
    }

    /** What two names of one file have in common. */
    public static String identity(String location) {
        if (Location.isUri(location)) {
            return location;
        }
        try {
            return real(location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location))
                    .toString();
        } catch (IllegalArgumentException e) {
            return location;
        }
    }
}
