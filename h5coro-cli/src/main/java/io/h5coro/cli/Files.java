// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.H5Coro;
import io.h5coro.model.FileDriver;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Opens files by name with the options of the command line. */
final class Files {
    /** With two slashes: a name may have a colon. */
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://");

    private final StorageOptions storage;
    private final ReadOptions options;

    Files(StorageOptions storage, ReadOptions options) {
        this.storage = storage;
        this.options = options;
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
        return Waiting.during(location, () -> H5Coro.open(location, options, storage));
    }

    /** Whether a name is a URI, so that its parts are not those of a local path. */
    static boolean isUri(String location) {
        return URI.matcher(location).lookingAt() && !location.regionMatches(true, 0, "file:", 0, 5);
    }

    /** A location without user, password, query and fragment. */
    static String shown(String location) {
        return LocationText.shown(location);
    }

    /** Where a file that another one names may be: beside that file, then where it says. */
    Set<String> candidates(String from, String name) {
        Set<String> candidates = new LinkedHashSet<>();
        if (isUri(name)) {
            return candidates;
        }
        int slash = from.lastIndexOf('/');
        String folder = slash < 0 ? "" : from.substring(0, slash + 1);
        if (name.startsWith("/")) {
            if (!isUri(from)) {
                candidates.add(name);
            }
            candidates.add(folder + name.substring(name.lastIndexOf('/') + 1));
        } else {
            candidates.add(folder + name);
            if (!isUri(from)) {
                candidates.add(name);
            }
        }
        return candidates;
    }

    /** What two names of one file have in common. */
    String identity(String location) {
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
