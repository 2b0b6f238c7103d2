// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.H5Coro;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens files by name with the options of the command line. */
final class Files {
    /** File drivers of libhdf5 that store a file as one run of bytes. */
    private static final Set<String> PLAIN_DRIVERS = Set.of("sec2", "stdio", "core", "direct", "log", "windows");

    private final StorageOptions storage;
    private final @Nullable String driver;

    Files(StorageOptions storage, @Nullable String driver) {
        this.storage = storage;
        this.driver = driver;
    }

    H5Coro open(String location) {
        if (driver != null && !PLAIN_DRIVERS.contains(driver)) {
            throw DumpArguments.unsupported("--filedriver=" + driver);
        }
        return H5Coro.open(location, ReadOptions.defaults(), storage);
    }

    /** Whether a name is a URI, so that its parts are not those of a local path. */
    static boolean isUri(String location) {
        return location.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") && !location.regionMatches(true, 0, "file:", 0, 5);
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
