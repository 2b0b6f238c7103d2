// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.model.ObjectInfo;
import java.util.List;
import java.util.Optional;

/**
 * An object of a file: a group, a dataset or a committed datatype. Immutable, thread-safe; its methods read metadata and
 * block until it is there. Usable until its {@link H5Coro} is closed.
 *
 * <p>Every method throws {@link io.h5coro.error.H5Exception} when metadata cannot be read.
 */
public sealed interface H5Object permits Group, Dataset, CommittedType {
    /** The absolute path by which it was found. */
    String path();

    /** Address of its header relative to the file's base address: two objects are the same exactly when theirs are equal. */
    long address();

    /** What its header says beside its contents. */
    ObjectInfo info();

    /**
     * Its attributes in ascending order of their names' bytes. One that cannot be read is among them and says so
     * ({@link Attribute#failure()}); it does not keep the others from being given.
     */
    List<Attribute> attributes();

    /**
     * The attribute of a name. A name that is not UTF-8 in the file is found by its text, see
     * {@link io.h5coro.model.StoredText#text()}.
     *
     * @throws io.h5coro.error.H5Exception when it cannot be read, or one of the object's attributes is damaged so that
     *     even its name is not known, and no other has this name
     */
    Optional<Attribute> attribute(String name);
}
