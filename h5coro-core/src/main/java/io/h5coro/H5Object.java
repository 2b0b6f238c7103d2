// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FileId;
import io.h5coro.model.ObjectInfo;
import java.util.List;
import java.util.Optional;

/**
 * An object of a file: a group, a dataset or a committed datatype. It is the file and the header, wherever links,
 * addresses or references led to it, and whatever else has its path. Immutable, thread-safe; its methods read metadata
 * and block until it is there. Usable until its {@link H5Coro} is closed.
 *
 * <p>Every method throws {@link io.h5coro.error.H5Exception} when metadata cannot be read.
 */
public sealed interface H5Object permits Group, Dataset, CommittedType {
    /**
     * For people: the absolute path by which it was found, from the root of the file that was asked, links not
     * replaced. Of what an address or a reference led to, a path in {@link #file()} that is known to lead there because
     * it was followed before; empty when none was.
     */
    Optional<String> path();

    /** The file that holds it: not the one that was opened, when a link or a reference led into another. */
    FileId file();

    /**
     * Address of its header relative to the base address of {@link #file()}: two objects are the same exactly when
     * their addresses and their files are equal.
     */
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

    /**
     * A request for the attribute of a name, whatever the object's path leads to; named "path@name". For
     * {@link H5Coro#readDatasets} and {@link H5Coro#explain}, also together with objects of other files.
     */
    DatasetRequest attributeRequest(String name);
}
