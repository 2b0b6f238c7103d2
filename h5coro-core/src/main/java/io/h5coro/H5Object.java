// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FileId;
import io.h5coro.model.ObjectId;
import io.h5coro.model.ObjectInfo;
import java.util.List;
import java.util.Optional;

/**
 * An object of a file: a group, a dataset or a committed datatype. It is identified by its file and its header, not by
 * the path, link or reference that led to it. Immutable, thread-safe, and usable until its {@link H5Coro} is closed.
 *
 * <p>The methods read metadata and block until it is there. Each throws {@link io.h5coro.error.H5Exception} when the
 * metadata cannot be read.
 *
 * <pre>{@code
 * H5Object group = file.root().get("gt1l");
 * String beam = group.attribute("atlas_beam_type").orElseThrow().read().getString(0);
 * }</pre>
 */
public sealed interface H5Object permits Group, Dataset, CommittedType {
    /**
     * Returns the absolute path by which the object was found, for display. It starts at the root of the file that was
     * asked; links in it are not replaced.
     *
     * @return for an object found by address or reference: a path in {@link #file()} that was followed to it before, or
     *     empty when there was none
     */
    Optional<String> path();

    /**
     * Returns the file that holds the object. It differs from the file that was opened when a link or a reference led
     * into another one.
     */
    FileId file();

    /**
     * Returns the address of the object's header, in bytes from the base address of {@link #file()}. Two objects are
     * the same exactly when their addresses and their files are equal.
     */
    long address();

    /** Returns what tells the object from all others: its file and its address. A key for maps and sets. */
    default ObjectId id() {
        return new ObjectId(file(), address());
    }

    /** Returns what the header says besides its contents: reference count, modification time, comment. */
    ObjectInfo info();

    /**
     * Returns the attributes in ascending order of their names' bytes. An attribute that cannot be read is included and
     * says so ({@link Attribute#failure()}); the others are unaffected.
     *
     * @return unmodifiable
     */
    List<Attribute> attributes();

    /**
     * Returns the attribute of a name.
     *
     * @param name as {@link io.h5coro.model.StoredText#text()} gives it; this also finds a name that is not UTF-8 in
     *     the file
     * @return empty when the object has no such attribute
     * @throws io.h5coro.error.H5Exception when the attribute cannot be read, or when no attribute has this name and one
     *     is damaged so that its name is not known
     */
    Optional<Attribute> attribute(String name);

    /**
     * Makes a request for an attribute, for {@link H5Coro#readDatasets} and {@link H5Coro#explain}. It reads the
     * attribute of this object whatever the object's path leads to, and can be mixed with requests for objects of other
     * files.
     *
     * @return a request with the name "path@name"
     */
    DatasetRequest attributeRequest(String name);
}
