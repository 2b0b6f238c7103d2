// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.cli.file.ObjectNames;
import io.h5coro.cli.report.Report;
import io.h5coro.error.H5Exception;
import io.h5coro.model.FileId;
import io.h5coro.model.ObjectId;
import io.h5coro.model.Reference;
import io.h5coro.model.WalkOptions;
import io.h5coro.model.WalkOptions.Detail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is in a group and the groups in it: all headers in one walk, all attributes in a few calls. */
final class FileContents {
    /** What is read of a group. */
    static final WalkOptions WALK = WalkOptions.all().with(Detail.DESCRIPTORS, Detail.ATTRIBUTES);

    /** Objects that are kept: some 500 MB with their attributes. */
    private static final int MOST_OBJECTS = 200_000;

    /** Attributes that are read in one call. */
    private static final int MOST_TOGETHER = 4096;

    private final H5Coro file;
    private final Report report;
    private final long mostBytes;
    private final ObjectNames others;
    private final Map<String, InfoGroup> groups = new LinkedHashMap<>();
    private final Map<ObjectId, String> paths = new HashMap<>();
    private final List<AttributeValues.Wanted> wanted = new ArrayList<>();
    private final List<List<AttributeValues>> owners = new ArrayList<>();

    /**
     * Contents that are still to be read.
     *
     * @param mostBytes values of larger attributes are not read
     */
    FileContents(H5Coro file, long mostBytes, Report report) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.report = report;
        this.others = new ObjectNames(file);
    }

    /** Reads a group and the groups in it, in the order in which they are met. */
    List<InfoGroup> read(Group start) {
        Iterator<Group.Member> members = start.walk(WALK).iterator();
        for (int objects = 0; members.hasNext(); objects++) {
            if (objects == MOST_OBJECTS) {
                report.limit(start.path().orElse("/"), "more than " + MOST_OBJECTS + " objects: name a group");
                break;
            }
            add(members.next());
        }
        attributes();
        return List.copyOf(groups.values());
    }

    private void add(Group.Member member) {
        member.failure().ifPresent(failure -> report.error(member.path(), failure));
        String known = member.object()
                .map(object -> paths.putIfAbsent(object.id(), member.path()))
                .orElse(null);
        List<AttributeValues> values;
        if (member.object().orElse(null) instanceof Group || member.link().isEmpty()) {
            values = groups.computeIfAbsent(member.path(), path -> new InfoGroup(path, known))
                    .attributes();
        } else if (member.failure().isEmpty()) {
            String parent = member.path().substring(0, Math.max(1, member.path().lastIndexOf('/')));
            values = groups.computeIfAbsent(parent, path -> new InfoGroup(path, null))
                    .add(member);
        } else {
            return;
        }
        member.object()
                .ifPresent(object -> AttributeValues.of(object, member.attributes())
                        .forEach(attribute -> {
                            wanted.add(attribute);
                            owners.add(values);
                        }));
        if (wanted.size() >= MOST_TOGETHER) {
            attributes();
        }
    }

    private void attributes() {
        try {
            List<Optional<AttributeValues>> read = AttributeValues.read(file, wanted, mostBytes, report);
            for (int i = 0; i < read.size(); i++) {
                read.get(i).ifPresent(owners.get(i)::add);
            }
        } catch (H5Exception e) {
            report.error(e);
        }
        wanted.clear();
        owners.clear();
    }

    /** Returns the path of what a reference refers to; what was not read is looked for in the whole file. */
    String name(Reference reference) {
        FileId home = reference.home();
        String path = home != null && ObjectNames.isPlace(reference)
                ? paths.get(new ObjectId(home, reference.address()))
                : null;
        return path == null ? others.apply(reference) : ObjectNames.text(reference, path);
    }
}
