// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.internal.file.CurrentFile;
import io.h5coro.model.FileId;
import io.h5coro.model.Link;
import io.h5coro.model.Reference;
import io.h5coro.model.WalkOptions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What an open file holds: its objects, looked up by path, by address or by reference, and walked through. The half of
 * {@link H5Coro} that reads no values. Thread-safe.
 */
abstract sealed class Contents permits H5Coro {
    private final CurrentFile file;

    Contents(CurrentFile file) {
        this.file = file;
    }

    /** Answers a question once the storage has confirmed the version of the file. */
    <T> T ask(Function<Handles, T> question) {
        return file.within(() -> question.apply(new Handles(file.confirmed())));
    }

    /** Returns the root group. */
    public Group root() {
        return ask(open -> new Group(open, open.catalog().root()));
    }

    /**
     * Returns the root group of this file or of a file that it names.
     *
     * @param meant the file, as {@link H5Object#file()} or {@link Reference#home()} gives it
     * @throws NotFoundException when the file does not exist, or is neither this one nor one that it names
     */
    public Group root(FileId meant) {
        return ask(open -> {
            Handles there = open.at(meant);
            return new Group(there, there.catalog().root());
        });
    }

    /**
     * Returns the object that a path leads to. Soft and external links are followed.
     *
     * @param path names separated by "/", from the root group; the leading "/" may be missing
     * @throws NotFoundException when the path leads to no object
     */
    public H5Object object(String path) {
        return ask(open -> open.object(open.catalog().resolve(path)));
    }

    /**
     * Returns the objects that paths lead to. They are looked up together: many take as many round trips as the one
     * with the longest way does.
     *
     * @param paths each as for {@link #object(String)}
     * @return the objects in the order of the paths
     * @throws NotFoundException when one of the paths leads to no object
     */
    public List<H5Object> objects(List<String> paths) {
        return ask(open -> {
            open.catalog().rehearse(paths);
            return paths.stream()
                    .map(path -> open.object(open.catalog().resolve(path)))
                    .toList();
        });
    }

    /**
     * Returns the group that a path leads to.
     *
     * @param path as for {@link #object(String)}
     * @throws NotFoundException when the path leads to no object, or to one that is not a group
     */
    public Group group(String path) {
        if (object(path) instanceof Group group) {
            return group;
        }
        throw new NotFoundException(Where.object(file.source(), path), "is not a group");
    }

    /**
     * Returns the dataset that a path leads to.
     *
     * @param path as for {@link #object(String)}
     * @throws NotFoundException when the path leads to no object, or to one that is not a dataset
     */
    public Dataset dataset(String path) {
        if (object(path) instanceof Dataset dataset) {
            return dataset;
        }
        throw new NotFoundException(Where.object(file.source(), path), "is not a dataset");
    }

    /**
     * Returns the object whose header is at an address of this file.
     *
     * @param address in bytes from the base address, as {@link H5Object#address()} gives it
     * @throws io.h5coro.error.H5Exception when there is no object header at that address
     */
    public H5Object objectAt(long address) {
        return ask(open -> open.objectAt(address));
    }

    /**
     * Returns the object whose header is at an address of this file, under a path that the caller chooses.
     *
     * @param address in bytes from the base address, as {@link H5Object#address()} gives it
     * @param path what {@link H5Object#path()} of the result returns; it is not checked and has no other effect
     * @throws io.h5coro.error.H5Exception when there is no object header at that address
     */
    public H5Object objectAt(long address, String path) {
        return ask(open -> open.object(open.catalog().at(address, path)));
    }

    /**
     * Returns the object whose header is at an address of this file or of a file that it names, for example the
     * {@link Dataset#committedType()} of a dataset that an external link led to.
     *
     * @param meant the file, as {@link H5Object#file()} gives it
     * @param address in bytes from the base address of {@code meant}
     * @throws NotFoundException when the file does not exist, or is neither this one nor one that it names
     * @throws io.h5coro.error.H5Exception when there is no object header at that address
     */
    public H5Object objectAt(FileId meant, long address) {
        return ask(open -> open.at(meant).objectAt(address));
    }

    /**
     * Returns the object that a hard link leads to, in the file of the link's group. {@link Group#get(Link)} takes
     * links of any kind.
     */
    public H5Object objectAt(Link.Hard link) {
        return ask(open -> open.at(link.home()).objectAt(link.address()));
    }

    /**
     * Returns the object that a reference refers to: for a region its dataset, for an attribute its object. The
     * reference is resolved in the file that it was read from, or in the file that it names.
     *
     * @throws NotFoundException when it refers to nothing, or to a file that does not exist or that this file does not
     *     name
     */
    public H5Object dereference(Reference reference) {
        return ask(open -> open.dereference(reference));
    }

    /**
     * Returns the members of a group: datasets, attributes and groups by name. Links are followed; one that leads
     * nowhere is listed under {@link Listing#others()}.
     *
     * @throws NotFoundException when the path leads to no object, or to one that is not a group
     */
    public Listing list(String path) {
        return ask(open -> open.listing(path));
    }

    /**
     * Walks through a group and the groups in it, a level at a time: {@link Group#walk}.
     *
     * @param path of the group where the walk starts
     * @param depth levels below it: 1 for its members, {@link Integer#MAX_VALUE} for all
     * @throws NotFoundException when the path leads to no object, or to one that is not a group
     * @throws IllegalArgumentException when the depth is negative
     */
    public Stream<Group.Member> walk(String path, int depth) {
        return group(path).walk(WalkOptions.all().depth(depth));
    }

    /**
     * Returns the metadata of one object: its links, its attributes and, for a dataset, shape, type and storage.
     *
     * @throws NotFoundException when the path leads to no object
     */
    public Inspection inspect(String path) {
        return ask(open -> open.inspection(path));
    }
}
