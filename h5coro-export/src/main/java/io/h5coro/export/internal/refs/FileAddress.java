// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * The address of a file as references have it, and of the files beside it. Immutable.
 *
 * @param text the address
 * @param query what stands behind it, with the question mark; empty when references have none
 */
public record FileAddress(String text, String query) {
    /**
     * Returns an address without the user that it may name.
     *
     * @param keepQuery whether its query is kept, which may be a signature
     */
    public static FileAddress of(String location, boolean keepQuery) {
        if (!isWeb(location)) {
            return new FileAddress(location, "");
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

    private static boolean isWeb(String location) {
        return location.regionMatches(true, 0, "http://", 0, 7) || location.regionMatches(true, 0, "https://", 0, 8);
    }

    /** The whole of it. */
    String whole() {
        return text + query;
    }

    /**
     * Returns the address of a file that this one names.
     *
     * @throws RefusedException when it is not in the same folder or below it
     */
    String beside(String name) {
        boolean below = !name.isEmpty()
                && !name.startsWith("/")
                && name.indexOf(':') < 0
                && !List.of(name.split("/", -1)).contains("..");
        if (!below) {
            throw new RefusedException("its values are in a file outside of the folder");
        }
        String folder = text.substring(0, text.lastIndexOf('/') + 1);
        if (!isWeb(text)) {
            return folder + name;
        }
        try {
            return folder + new URI(null, null, "/" + name, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new RefusedException("its values are in a file whose name is no part of an address");
        }
    }
}
