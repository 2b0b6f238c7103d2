// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.internal.walk.ObjectHeader;
import java.util.Optional;

/**
 * An object: its header, and the file that it stands in.
 *
 * @param path what it is called: the absolute path that led to it, links not replaced; or "#0x" and its address when it
 *     was reached by that, and no path is known
 * @param header its header
 * @param catalog the objects of its file, which an external link may have made another one
 */
public record ResolvedObject(String path, ObjectHeader header, ObjectCatalog catalog) {
    private static final String BY_ADDRESS = "#0x";

    /** What an object is called of which only the address is known. */
    static String label(long address) {
        return BY_ADDRESS + Long.toHexString(address);
    }

    /** Its path; empty when it is called by its address. */
    public Optional<String> knownPath() {
        return path.startsWith(BY_ADDRESS) ? Optional.empty() : Optional.of(path);
    }

    /** What a member is called. */
    public String child(String name) {
        return child(path, name);
    }

    /** What a member of something of that path is called. */
    static String child(String path, String name) {
        return path.equals("/") ? "/" + name : path + "/" + name;
    }
}
