// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FileId;
import io.h5coro.model.Link;
import io.h5coro.model.ObjectInfo;
import java.util.List;
import java.util.Optional;

/** A group: named links to objects. */
public final class Group implements H5Object {
    private final Handles file;
    private final ResolvedObject object;

    Group(Handles file, ResolvedObject object) {
        this.file = file;
        this.object = object;
    }

    /** Its links in ascending order of their names' bytes, those that lead nowhere included. */
    public List<Link> links() {
        return file.within(() -> file.links(object));
    }

    /** The link of a name; one that is not UTF-8 in the file is found by its text, {@link Link#name()}. */
    public Optional<Link> link(String name) {
        return file.within(() -> file.link(object, name));
    }

    /** Whether it tracks the order in which its links were created. */
    public boolean tracksCreationOrder() {
        return file.catalog().tracksCreationOrder(object.header());
    }

    /**
     * The object that a path leads to.
     *
     * @param relativePath names separated by "/", from here, or from the root of {@link #file()} when it starts with
     *     "/"
     * @throws io.h5coro.error.NotFoundException when there is none
     * @throws io.h5coro.error.UnsupportedFeatureException when it names a member with a slash in its name
     */
    public H5Object get(String relativePath) {
        return file.within(() -> file.object(file.catalog().resolve(object, relativePath)));
    }

    /**
     * The object that one of this group's links leads to: by what the link says, whatever its name is.
     *
     * @param link a link of this group
     * @throws io.h5coro.error.NotFoundException when it leads nowhere
     * @throws io.h5coro.error.UnsupportedFeatureException when its name has a slash in it, is "." or empty: libhdf5
     *     lists such a member and cannot open it either
     */
    public H5Object get(Link link) {
        return file.within(() -> file.object(file.catalog().resolve(object, link)));
    }

    @Override
    public Optional<String> path() {
        return object.knownPath();
    }

    @Override
    public FileId file() {
        return file.id();
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
    public DatasetRequest attributeRequest(String name) {
        return file.attributeRequest(object, name);
    }

    @Override
    public String toString() {
        return "group " + object.path();
    }
}
