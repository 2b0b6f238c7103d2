// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.model.Link;
import io.h5coro.model.ObjectInfo;
import java.util.List;
import java.util.Optional;

/** A group: named links to objects. */
public final class Group implements H5Object {
    private final OpenFile file;
    private final ResolvedObject object;

    Group(OpenFile file, ResolvedObject object) {
        this.file = file;
        this.object = object;
    }

    /** Its links in ascending order of their names' bytes, those that lead nowhere included. */
    public List<Link> links() {
        return file.catalog().links(object);
    }

    /**
     * Its links in the order in which the file stores them, those that lead nowhere included: that of their names, of the
     * header's messages or of the names' hashes, depending on how the group is stored. It is libhdf5's native order, in which
     * that library looks for the path of an object.
     */
    public List<Link> storedLinks() {
        return file.catalog().storedLinks(object);
    }

    /** The link of a name. */
    public Optional<Link> link(String name) {
        return file.catalog().link(object, name);
    }

    /** Whether it tracks the order in which its links were created. */
    public boolean tracksCreationOrder() {
        return file.catalog().tracksCreationOrder(object.header());
    }

    /**
     * The object that a path leads to.
     *
     * @param relativePath names separated by "/", from here, or from the root when it starts with "/"
     * @throws io.h5coro.error.NotFoundException when there is none
     */
    public H5Object get(String relativePath) {
        return file.object(file.catalog().resolve(object, relativePath));
    }

    @Override
    public String path() {
        return object.path();
    }

    @Override
    public long address() {
        return object.header().address();
    }

    @Override
    public ObjectInfo info() {
        return file.info(object);
    }

    @Override
    public List<Attribute> attributes() {
        return file.attributes(object);
    }

    @Override
    public Optional<Attribute> attribute(String name) {
        return file.attribute(object, name);
    }

    @Override
    public String toString() {
        return "group " + path();
    }
}
