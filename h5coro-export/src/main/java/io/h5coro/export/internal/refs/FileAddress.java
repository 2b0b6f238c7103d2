// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The address of a file as references have it, and of the files beside it. Immutable.
 *
 * @param text the address
 * @param query what stands behind it, with the question mark; empty when references have none
 */
public record FileAddress(String text, String query) {
    /**
     * Returns an address without the user that it may name. A {@code file:} address becomes a path, since readers of
     * references do not undo its escapes.
     *
     * @param keepQuery whether its query is kept, which may be a signature
     */
    public static FileAddress of(String location, boolean keepQuery) {
        if (!isWeb(location)) {
            return new FileAddress(isFile(location) ? path(location) : location, "");
        }
        int start = location.indexOf("//") + 2;
        int path = location.indexOf('/', start);
        int host = location.lastIndexOf('@', path < 0 ? location.length() : path);
        String clean = host < start ? location : location.substring(0, start) + location.substring(host + 1);
        int hash = clean.indexOf('#');
        clean = hash < 0 ? clean : clean.substring(0, hash);
        int query = clean.indexOf('?');
        return query < 0
                ? new FileAddress(clean, "")
                : new FileAddress(clean.substring(0, query), keepQuery ? clean.substring(query) : "");
    }

    private static boolean isFile(String location) {
        return location.regionMatches(true, 0, "file:", 0, 5);
    }

    /** The path that a {@code file:} address means, of whatever host. */
    private static String path(String location) {
        String path = location.substring("file:".length());
        if (path.startsWith("//")) {
            int root = path.indexOf('/', 2);
            path = root < 0 ? path : path.substring(root);
        }
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEscape) {
            return path;
        }
    }

    private static boolean isWeb(String location) {
        return location.regionMatches(true, 0, "http://", 0, 7) || location.regionMatches(true, 0, "https://", 0, 8);
    }

    /** The whole of it. */
    String whole() {
        return text + query;
    }

    /**
     * Returns the address of a file that this one names, where the reader looks for it. It has no query.
     *
     * @throws RefusedException when it is not in the same folder or below it
     */
    FileAddress beside(String name) {
        try {
            return new FileAddress(SiblingFiles.beside(text, name), "");
        } catch (StorageException e) {
            throw new RefusedException("its values are in a file outside of the folder");
        }
    }

    /** Returns the address of a file to which several names lead, each as the file in front of it states it. */
    FileAddress beside(List<String> names) {
        FileAddress address = this;
        for (String name : names) {
            address = address.beside(name);
        }
        return address;
    }
}
