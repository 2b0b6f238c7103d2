// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SignedUrls;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to say beyond "not found": that an address may end elsewhere, or that it is a folder or a Zarr store. */
public final class Missing {
    /** A part of a path that ends as a file may and has more behind it. */
    private static final Pattern ENDS_EARLIER = Pattern.compile(
            "[A-Za-z0-9+.-]+://[^/]*/(?:[^?#]*?/)?[^/?#]*(\\.[A-Za-z][A-Za-z0-9]{0,7})(?:::)?/[^?#]+.*");

    private static final Pattern FOLDER = Pattern.compile("https?://[^?#]*/", Pattern.CASE_INSENSITIVE);

    /** Files of a Zarr store: of version 3, then of version 2. Only the first two are looked for over a network. */
    private static final List<String> ZARR = List.of("zarr.json", ".zgroup", ".zarray", ".zmetadata");
    /** A hint must not take long: the command has failed already. */
    private static final int SECONDS = 10;

    private Missing() {}

    /**
     * A hint for a file that could not be opened; empty when there is none.
     *
     * @param location what the command line names
     * @param typed the argument that it was read from
     * @param storage how to look for more
     */
    public static String hint(Location location, String typed, StorageOptions storage, Throwable problem) {
        if (!Location.isUri(location.file())) {
            return local(location.file(), problem);
        }
        boolean missing = problem instanceof NotFoundException e && e.where().object() == null;
        String zarr = missing ? zarr(location.file(), storage) : "";
        if (!zarr.isEmpty()) {
            return zarr;
        }
        boolean isFolder = FOLDER.matcher(location.file()).matches();
        if (isFolder && (problem instanceof MalformedFileException || problem instanceof NotFoundException)) {
            return "; --storage index_pages=true lists a folder of a web server";
        }
        if (!missing) {
            return "";
        }
        Matcher earlier = ENDS_EARLIER.matcher(typed);
        return earlier.matches()
                ? "; if the file ends at '" + earlier.group(1)
                        + "' or elsewhere, write FILE::PATH, or FILE PATH as two arguments"
                : "";
    }

    private static String local(String file, Throwable problem) {
        boolean asked = problem instanceof NotFoundException || problem instanceof StorageFailureException;
        return asked && isZarr(file) ? "; it is a Zarr store, not an HDF5 file" : "";
    }

    /** Returns whether there is a Zarr store in a local folder. */
    static boolean isZarr(String folder) {
        try {
            Path path = Path.of(folder.startsWith("file:") ? folder.substring("file:".length()) : folder);
            return ZARR.stream().anyMatch(name -> java.nio.file.Files.exists(path.resolve(name)));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String zarr(String file, StorageOptions storage) {
        boolean signed = storage.object(SignedUrls.class).isPresent();
        if (signed || file.indexOf('?') >= 0 || file.indexOf('#') >= 0) {
            return "";
        }
        String folder = file.endsWith("/") ? file : file + "/";
        for (String name : ZARR.subList(0, 2)) {
            try (RangeReader reader = Storages.open(folder + name, storage)) {
                reader.read(new ByteRange(0, 1)).get(SECONDS, TimeUnit.SECONDS);
                return "; it is a Zarr store, not an HDF5 file";
            } catch (java.io.IOException
                    | CompletionException
                    | java.util.concurrent.ExecutionException
                    | java.util.concurrent.TimeoutException
                    | IllegalArgumentException e) {
                // Not this one.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "";
            }
        }
        return "";
    }
}
