// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file and an object in it, written as one text.
 *
 * @param file path or URI of the file
 * @param path absolute path of the object
 */
record Location(String file, String path) {
    static final String RULE = "A file, and the path of an object in it. The file ends at '::'; else where a local file"
            + " ends; else, in a URI, with the first part that ends in .h5, .hdf5, .he5, .nc or .nc4.";

    private static final Pattern FILE_PART =
            Pattern.compile("[^?#]*?\\.(?:h5|hdf5|he5|nc|nc4)(?=/|$|[?#])(?:[?#][^/]*)?", Pattern.CASE_INSENSITIVE);

    static Location parse(String text) {
        int separator = text.indexOf("::");
        if (separator > 0) {
            return new Location(text.substring(0, separator), absolute(text.substring(separator + 2)));
        }
        if (!Files.isUri(text)) {
            return local(text);
        }
        Matcher m = FILE_PART.matcher(text);
        return m.lookingAt()
                ? new Location(text.substring(0, m.end()), absolute(text.substring(m.end())))
                : new Location(text, "/");
    }

    /** The longest beginning that is a file. */
    private static Location local(String text) {
        int end = text.length();
        while (end > 0) {
            if (isFile(text.substring(0, end))) {
                return new Location(text.substring(0, end), absolute(text.substring(end)));
            }
            end = text.lastIndexOf('/', end - 1);
        }
        return new Location(text, "/");
    }

    private static boolean isFile(String name) {
        try {
            return java.nio.file.Files.isRegularFile(
                    name.startsWith("file:") ? Path.of(java.net.URI.create(name)) : Path.of(name));
        } catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            return false;
        }
    }

    private static String absolute(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }
}
