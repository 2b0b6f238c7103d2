// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.error.H5Exception;
import io.h5coro.labels.cf.CfDecoder;
import io.h5coro.labels.stored.LinkTargets;
import io.h5coro.labels.stored.ObjectAttributes;
import io.h5coro.model.Link;
import io.h5coro.model.WalkOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks through a file: all groups and datasets with their attributes, a level at a time, then in one call the values
 * that lie elsewhere and that names of dimensions and decoding need. Confined to one thread.
 */
final class Scan {
    private static final Set<String> NEEDED = needed();

    private final H5Coro file;
    private final List<H5Exception> problems = new ArrayList<>();
    private final Map<String, ScannedGroup> byPath = new HashMap<>();
    private final Map<Long, ScannedGroup> byAddress = new HashMap<>();
    private final List<String> softLinks = new ArrayList<>();
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
        WalkOptions options = WalkOptions.all()
                .order(WalkOptions.Order.CREATION)
                .with(WalkOptions.Detail.ATTRIBUTES, WalkOptions.Detail.DESCRIPTORS);
        Iterator<Group.Member> members = file.root().walk(options).iterator();
        ScannedGroup root = null;
        while (members.hasNext()) {
            Group.Member member = members.next();
            if (member.depth() == 0) {
                root = new ScannedGroup("", "/", null, attributes(member));
                byPath.put("/", root);
                member.object().ifPresent(object -> byAddress.put(object.address(), byPath.get("/")));
            } else {
                add(member);
            }
        }
        follow();
        ObjectAttributes.fetch(file, all, NEEDED::contains);
        if (root == null) {
            throw new IllegalStateException("a walk without its start");
        }
        return root;
    }

    private ObjectAttributes attributes(Group.Member member) {
        ObjectAttributes attributes =
                new ObjectAttributes(member.object().orElseThrow(), member.path(), member.attributes());
        all.add(attributes);
        return attributes;
    }

    private void add(Group.Member member) {
        member.failure().ifPresent(problems::add);
        if (member.object().isEmpty()) {
            if (member.link().orElse(null) instanceof Link.Soft) {
                softLinks.add(member.path());
            }
            return;
        }
        ScannedGroup parent = byPath.get(parentOf(member.path()));
        H5Object object = member.object().get();
        if (parent == null) {
            return;
        }
        String name = member.path().substring(member.path().lastIndexOf('/') + 1);
        if (object instanceof Group) {
            ScannedGroup known = byAddress.get(object.address());
            ScannedGroup group =
                    known != null ? known : new ScannedGroup(name, member.path(), parent, attributes(member));
            byAddress.putIfAbsent(object.address(), group);
            byPath.putIfAbsent(member.path(), group);
            parent.groups().put(name, group);
        } else if (object instanceof Dataset dataset && member.failure().isEmpty()) {
            parent.datasets()
                    .add(new ScannedDataset(name, member.path(), dataset, attributes(member), dataset.shape()));
        }
    }

    private static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** Adds the datasets that soft links lead to. */
    private void follow() {
        LinkTargets.of(file, softLinks, (link, failure) -> problems.add(failure))
                .forEach((path, object) -> {
                    if (object instanceof Dataset dataset) {
                        add(path, dataset);
                    }
                });
    }

    private void add(String path, Dataset dataset) {
        ObjectAttributes attributes = new ObjectAttributes(dataset, path, dataset.attributes());
        all.add(attributes);
        ScannedGroup parent = byPath.get(parentOf(path));
        if (parent != null) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            parent.datasets().add(new ScannedDataset(name, path, dataset, attributes, dataset.shape()));
        }
    }
}
