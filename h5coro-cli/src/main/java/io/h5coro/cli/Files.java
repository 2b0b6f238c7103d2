// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.H5Coro;
import io.h5coro.model.FileDriver;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Opens files by name with the options of the command line. */
final class Files {
    /** With two slashes: a name may have a colon. */
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://");

    private final StorageOptions storage;
    private final ReadOptions options;
    private final boolean anywhere;

    /**
     * Opens files.
     *
     * @param anywhere whether files may name others outside of their folder
     */
    Files(StorageOptions storage, ReadOptions options, boolean anywhere) {
        this.storage = storage;
        this.options = options;
        this.anywhere = anywhere;
    }

    /**
     * A file driver.
     *
     * @param name libhdf5's name of it; null to go by the file's name
     * @param info number of a revision (onion) or inode (subfiling); null for the last, or none
     */
    static FileDriver driver(@Nullable String name, @Nullable String info) {
        if (name == null) {
            return new FileDriver.Automatic();
        }
        return switch (name) {
            case "sec2", "stdio", "core", "direct", "log", "windows" -> new FileDriver.Single();
            case "family" -> new FileDriver.Family();
            case "split" -> new FileDriver.Split();
            case "multi" -> new FileDriver.Multi();
            case "onion" -> new FileDriver.Onion(info == null ? FileDriver.Onion.LATEST : number(info));
            case "subfiling" ->
                new FileDriver.Subfiling(info == null ? OptionalLong.empty() : OptionalLong.of(number(info)));
            default -> throw DumpArguments.unsupported("--filedriver=" + name);
        };
    }

    private static long number(String info) {
        if (!info.matches("[0-9]{1,18}")) {
            throw new UsageException("option --vfd-info: '" + info + "' is not a number");
        }
        return Long.parseLong(info);
    }

    /**
     * Options that say where an index cache is.
     *
     * @param folder null for none
     */
    static ReadOptions.Builder cached(@Nullable String folder) {
        try {
            ReadOptions.Builder builder = ReadOptions.builder();
            return folder == null ? builder : builder.indexCache(IndexCache.at(Path.of(folder)));
        } catch (InvalidPathException e) {
            throw new UsageException("option --index-cache: '" + folder + "' is not a path");
        }
    }

    H5Coro open(String location) {
        return Waiting.during(location, () -> H5Coro.open(location, options, storage, named(location)));
    }

    /** Whether a name is a URI, so that its parts are not those of a local path. */
    static boolean isUri(String location) {
        return URI.matcher(location).lookingAt() && !location.regionMatches(true, 0, "file:", 0, 5);
    }

    /** A location without user, password, query and fragment. */
    static String shown(String location) {
        return LocationText.shown(location);
    }

    /** What opens the files that a file names: those in its folder and below, or with --follow-anywhere also others. */
    FileResolver named(String location) {
        SiblingFiles.Opener opener = at -> Storages.open(at, storage);
        return anywhere
                ? new AnywhereFiles(location, opener)
                : new ConfinedFiles(SiblingFiles.ofLocation(location, opener));
    }

    /** Opens a file that another one names. */
    H5Coro open(RangeReader reader, FileResolver names) {
        return H5Coro.open(reader, options, names);
    }

    /** The name of a linked file as libhdf5 gives it, which has opened it by its whole path. */
    static String absolute(String location) {
        try {
            return isUri(location)
                    ? location
                    : Path.of(location).toAbsolutePath().toString();
        } catch (InvalidPathException e) {
            return location;
        }
    }

    /** What two names of one file have in common. */
    static String identity(String location) {
        if (isUri(location)) {
            return location;
        }
        try {
            Path path = Path.of(location);
            return path.toRealPath().toString();
        } catch (IOException | InvalidPathException e) {
            return location;
        }
    }
}
