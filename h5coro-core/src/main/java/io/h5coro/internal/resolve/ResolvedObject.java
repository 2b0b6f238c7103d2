// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.internal.walk.ObjectHeader;

/**
 * An object that a path led to.
 *
 * @param path the absolute path, links not replaced
 * @param header its header
 * @param catalog the objects of its file, which an external link may have made another one
 */
public record ResolvedObject(String path, ObjectHeader header, ObjectCatalog catalog) {
    /** The path of a member. */
    public String child(String name) {
        return path.equals("/") ? "/" + name : path + "/" + name;
    }
}
