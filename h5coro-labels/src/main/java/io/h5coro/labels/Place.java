// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.H5Object;
import io.h5coro.model.FileId;
import io.h5coro.model.Reference;

/** An address in one of the files that links lead to. Immutable. */
record Place(FileId file, long address) {
    static Place of(H5Object object) {
        return new Place(object.file(), object.address());
    }

    /** Where a reference leads to: it stays in the file of its holder. */
    static Place of(H5Object holder, Reference reference) {
        return new Place(holder.file(), reference.address());
    }
}
