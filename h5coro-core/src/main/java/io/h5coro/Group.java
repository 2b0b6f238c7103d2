// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FileId;
import io.h5coro.model.Link;
import io.h5coro.model.ObjectInfo;
import io.h5coro.model.WalkOptions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A group: named links to objects. Immutable, thread-safe.
 *
 * <pre>{@code
 * for (Link link : file.root().links()) {
 *     System.out.println(link.name());
 * }
 * }</pre>
 */
public final class Group implements H5Object {
    private final Handles file;
    private final ResolvedObject object;

    Group(Handles file, ResolvedObject object) {
        this.file = file;
        this.object = object;
    }

    /**
     * Returns the links in ascending order of their names' bytes. Links that lead nowhere are included.
     *
     * @return unmodifiable
     */
    public List<Link> links() {
        return file.within(() -> file.links(object));
    }

    /**
     * Returns the links in the order in which the file stores them: libhdf5's native order. Depending on how the group
     * is stored, that is the order of the names, of the header's messages or of the names' hashes. Links that lead
     * nowhere are included.
     *
     * @return unmodifiable
     */
    public List<Link> storedLinks() {
        return file.within(() -> file.storedLinks(object));
    }

    /**
     * Returns the link of a name.
     *
     * @param name one component, as {@link Link#name()} gives it; this also finds a name that is not UTF-8 in the file
     * @return empty when the group has no link of that name
     */
    public Optional<Link> link(String name) {
        return file.within(() -> file.link(object, name));
    }

    /** Returns whether the group tracks the order in which its links were created. */
    public boolean tracksCreationOrder() {
        return file.catalog().tracksCreationOrder(object.header());
    }

    /**
     * Returns the object that a path leads to. Soft and external links are followed.
     *
     * @param relativePath names separated by "/", from here, or from the root of {@link #file()} when it starts with
     *     "/"
     * @throws io.h5coro.error.NotFoundException when the path leads to no object
     * @throws io.h5coro.error.UnsupportedFeatureException when it names a member with a slash in its name
     */
    public H5Object get(String relativePath) {
        return file.within(() -> file.object(file.catalog().resolve(object, relativePath)));
    }

    /**
     * Returns the object that one of this group's links leads to. The link itself is followed, whatever its name is.
     *
     * @param link a link of this group
     * @throws io.h5coro.error.NotFoundException when it leads nowhere
     * @throws io.h5coro.error.UnsupportedFeatureException when its name has a slash in it, is "." or is empty. libhdf5
     *     lists such a member and cannot open it either
     */
    public H5Object get(Link link) {
        return file.within(() -> file.object(file.catalog().resolve(object, link)));
    }

    /**
     * A member that a walk met: see {@link #walk}. Immutable.
     *
     * @param path absolute: of the group where the walk started, with the names of the links that led here
     * @param depth levels below that group, which has 0
     * @param link the link that led here; empty for that group
     * @param object what a hard link leads to; empty for other links, which are not followed, and where there is a
     *     failure before the object's kind is known
     * @param failure why the link cannot be followed, or what the options ask for cannot be read; the rest of the walk
     *     is unaffected
     * @param attributes the attributes of the object, in ascending order of their names' bytes, when the options ask
     *     for them; else empty
     */
    public record Member(
            String path,
            int depth,
            Optional<Link> link,
            Optional<H5Object> object,
            Optional<H5Exception> failure,
            List<Attribute> attributes) {}

    /**
     * Walks through this group and all groups in it: each group before its members, the members in the order of the
     * options. A group that several links lead to is met at each of them and entered at the first one, so that loops
     * end. Links that are not hard are met, not followed.
     *
     * <p>Objects are read ahead, those of a level together: a walk takes a few round trips a level, however many
     * objects there are. At most 4096 objects are held ahead of the caller.
     *
     * <pre>{@code
     * file.root().walk(WalkOptions.all()).forEach(member -> System.out.println(member.path()));
     * }</pre>
     *
     * @return a sequential stream that reads as it is consumed, this group first. Each step blocks, within the file's
     *     deadline, and throws {@link io.h5coro.error.StorageFailureException} when the storage fails,
     *     {@link io.h5coro.error.ObjectChangedException} when the file changed and
     *     {@link io.h5coro.error.ReadAbortedException} when the deadline passes. It holds nothing to close
     */
    public Stream<Member> walk(WalkOptions options) {
        return file.walk(object, options);
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
