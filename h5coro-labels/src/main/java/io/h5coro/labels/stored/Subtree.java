// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.stored;

import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.model.Link;
import io.h5coro.model.WalkOptions;
import io.h5coro.model.WalkOptions.Detail;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A group and what is in it, a few levels deep, with attributes: read with few requests, and kept. Links that are not
 * hard are followed. What cannot be read fails when it is asked for. Immutable.
 */
public final class Subtree {
    private final H5Coro file;
    private final String path;
    private final Map<String, H5Object> objects = new LinkedHashMap<>();
    private final Map<String, ObjectAttributes> attributes = new LinkedHashMap<>();
    private final Map<String, H5Exception> failures = new LinkedHashMap<>();

    private Subtree(H5Coro file, String path) {
        this.file = file;
        this.path = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * Reads a group.
     *
     * @param path absolute
     * @param depth levels below it
     * @param names of the attributes whose values are wanted, of all objects
     * @throws NotFoundException when there is no such group
     */
    public static Subtree read(H5Coro file, String path, int depth, Set<String> names) {
        Subtree tree = new Subtree(file, path.startsWith("/") ? path : "/" + path);
        WalkOptions options = WalkOptions.all().depth(depth).with(Detail.ATTRIBUTES, Detail.DESCRIPTORS);
        List<String> links = new ArrayList<>();
        Iterator<Group.Member> members = file.group(tree.path).walk(options).iterator();
        while (members.hasNext()) {
            Group.Member member = members.next();
            String below = tree.below(member.path());
            member.failure().ifPresent(failure -> tree.failures.put(below, failure));
            member.object().ifPresent(object -> {
                tree.objects.put(below, object);
                tree.attributes.put(below, new ObjectAttributes(object, member.path(), member.attributes()));
            });
            boolean follows = member.object().isEmpty()
                    && member.link().isPresent()
                    && !(member.link().get() instanceof Link.Hard);
            if (follows) {
                links.add(member.path());
            }
        }
        tree.follow(links);
        ObjectAttributes.fetch(file, List.copyOf(tree.attributes.values()), names::contains);
        return tree;
    }

    private String below(String absolute) {
        int start = path.length() > 1 ? path.length() + 1 : 1;
        return absolute.length() <= start ? "" : absolute.substring(start);
    }

    /** Adds what links lead to. */
    private void follow(List<String> links) {
        LinkTargets.of(file, links, (link, failure) -> failures.put(below(link), failure))
                .forEach(this::add);
    }

    private void add(String link, H5Object object) {
        String below = below(link);
        objects.put(below, object);
        try {
            attributes.put(below, new ObjectAttributes(object, link, object.attributes()));
        } catch (H5Exception e) {
            failures.put(below, e);
        }
    }

    /** Returns the file. */
    public H5Coro file() {
        return file;
    }

    /** Returns the absolute path of what is below, of the group itself for an empty text. */
    public String path(String below) {
        return below.isEmpty() ? path : path.length() == 1 ? "/" + below : path + "/" + below;
    }

    /** Returns where something is, for messages. */
    public Where where(String below) {
        return Where.object(file.reader().source(), path(below));
    }

    /** Returns whether there is such a member, readable or not. */
    public boolean has(String below) {
        return objects.containsKey(below) || failures.containsKey(below);
    }

    /** Returns whether there is a group of that name. */
    public boolean isGroup(String below) {
        return objects.get(below) instanceof Group;
    }

    /** Returns the names of the members of the group itself. */
    public List<String> members() {
        List<String> names = new ArrayList<>(objects.keySet());
        names.addAll(failures.keySet());
        return names.stream()
                .filter(name -> !name.isEmpty() && !name.contains("/"))
                .distinct()
                .toList();
    }

    /**
     * Returns a dataset.
     *
     * @param below names separated by "/", from the group
     * @throws MalformedFileException when there is none
     * @throws H5Exception when it cannot be read
     */
    public Dataset dataset(String below) {
        H5Exception failure = failures.get(below);
        if (failure != null) {
            throw failure;
        }
        if (objects.get(below) instanceof Dataset dataset) {
            return dataset;
        }
        throw new MalformedFileException(where(below), "is missing, or is no dataset");
    }

    /**
     * Returns a dataset of one dimension.
     *
     * @throws MalformedFileException when there is none
     */
    public Dataset vector(String below) {
        Dataset dataset = dataset(below);
        if (dataset.shape().rank() != 1) {
            throw new MalformedFileException(where(below), "has shape " + dataset.shape() + ", expected one dimension");
        }
        return dataset;
    }

    /**
     * Returns the attributes of an object.
     *
     * @param below names separated by "/", from the group; empty for its own
     * @throws MalformedFileException when there is no such object
     */
    public ObjectAttributes attributes(String below) {
        ObjectAttributes found = attributes.get(below);
        if (found == null) {
            throw new MalformedFileException(where(below), "is missing");
        }
        return found;
    }
}
