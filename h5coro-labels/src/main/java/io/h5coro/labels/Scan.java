// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.labels.cf.CfDecoder;
import io.h5coro.labels.stored.LinkTargets;
import io.h5coro.labels.stored.ObjectAttributes;
import io.h5coro.model.Link;
import io.h5coro.model.ObjectId;
import io.h5coro.model.WalkOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a file: all groups and datasets with their attributes, a level at a time, then in one call the values
 * that lie elsewhere and that names of dimensions and decoding need. Confined to one thread.
 */
final class Scan {
    private static final Set<String> NEEDED = needed();

    private final H5Coro file;
    private final List<H5Exception> problems = new ArrayList<>();
    private final Map<String, ScannedGroup> byPath = new HashMap<>();
    private final Map<ObjectId, ScannedGroup> byId = new HashMap<>();

    /** Paths of links that are not hard and were not followed yet. */
    private final List<String> links = new ArrayList<>();

    private final List<ObjectAttributes> all = new ArrayList<>();

    Scan(H5Coro file) {
        this.file = file;
    }

    private static Set<String> needed() {
        Set<String> names = new HashSet<>(CfDecoder.names());
        names.addAll(Set.of("CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "_Netcdf4Coordinates"));
        names.addAll(Set.of("_Netcdf4Dimid", "coordinates", "bounds", "grid_mapping"));
        return names;
    }

    /** Objects that could not be read, and links and references that lead nowhere. */
    List<H5Exception> problems() {
        return problems;
    }

    ScannedGroup run() {
        ScannedGroup root = scan(file.root(), "", null);
        while (!links.isEmpty()) {
            List<String> met = List.copyOf(links);
            links.clear();
            LinkTargets.of(file, met, (link, failure) -> problems.add(failure)).forEach(this::follow);
        }
        ObjectAttributes.fetch(file, all, NEEDED::contains);
        return root;
    }

    /**
     * Walks through a group that was not met before.
     *
     * @param path of the links that lead to it; empty for the root
     */
    private ScannedGroup scan(Group start, String path, @Nullable ScannedGroup parent) {
        WalkOptions options = WalkOptions.all()
                .order(WalkOptions.Order.CREATION)
                .with(WalkOptions.Detail.ATTRIBUTES, WalkOptions.Detail.DESCRIPTORS);
        Iterator<Group.Member> members = start.walk(options).iterator();
        Group.Member first = members.next();
        ScannedGroup group = group(start, path, parent, first.attributes());
        int above = first.path().length() == 1 ? 0 : first.path().length();
        while (members.hasNext()) {
            Group.Member member = members.next();
            add(member, path + member.path().substring(above));
        }
        return group;
    }

    private ScannedGroup group(Group group, String path, @Nullable ScannedGroup parent, List<Attribute> found) {
        String shown = path.isEmpty() ? "/" : path;
        ScannedGroup scanned = new ScannedGroup(nameOf(path), shown, parent, attributes(group, shown, found));
        byId.put(group.id(), scanned);
        byPath.put(shown, scanned);
        return scanned;
    }

    private ObjectAttributes attributes(H5Object object, String path, List<Attribute> found) {
        ObjectAttributes attributes = new ObjectAttributes(object, path, found);
        all.add(attributes);
        return attributes;
    }

    private void add(Group.Member member, String path) {
        member.failure().ifPresent(problems::add);
        H5Object object = member.object().orElse(null);
        if (object == null) {
            if (member.link().isPresent() && !(member.link().get() instanceof Link.Hard)) {
                links.add(path);
            }
            return;
        }
        ScannedGroup parent = byPath.get(parentOf(path));
        if (parent == null) {
            return;
        }
        if (object instanceof Group below) {
            ScannedGroup known = byId.get(below.id());
            parent.groups().put(nameOf(path), known != null ? known : group(below, path, parent, member.attributes()));
        } else if (object instanceof Dataset dataset && member.failure().isEmpty()) {
            add(parent, path, dataset, member.attributes());
        }
    }

    /** Adds what a soft or external link leads to; of a group in another file all that is in it. */
    private void follow(String path, H5Object object) {
        ScannedGroup parent = byPath.get(parentOf(path));
        if (parent == null) {
            return;
        }
        try {
            if (object instanceof Dataset dataset) {
                add(parent, path, dataset, dataset.attributes());
            } else if (object instanceof Group group) {
                ScannedGroup known = byId.get(group.id());
                parent.groups().put(nameOf(path), known != null ? known : scan(group, path, parent));
            }
        } catch (MalformedFileException | UnsupportedFeatureException e) {
            problems.add(e);
        }
    }

    private void add(ScannedGroup parent, String path, Dataset dataset, List<Attribute> found) {
        ObjectAttributes attributes = attributes(dataset, path, found);
        parent.datasets().add(new ScannedDataset(nameOf(path), path, dataset, attributes, dataset.shape()));
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
