// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.H5Object;
import io.h5coro.model.FileId;

/**
 * What tells one object from all others: addresses are those of one file, and links lead into others.
 *
 * @param file the file that the object is in
 * @param address address of its object header there
 */
public record ObjectKey(FileId file, long address) {
    public static ObjectKey of(H5Object object) {
        return new ObjectKey(object.file(), object.address());
    }
}
