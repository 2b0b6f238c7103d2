// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.cli.text.ReferenceText;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Link;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.WalkOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the references of one file refer to, in words. Confined to one thread. */
final class ReferenceNames implements ReferenceText {
    private final OpenedFile file;
    private @Nullable Map<Long, String> paths;
    /** Paths of objects that only one path leads to, found near an object that refers to them. */
    private final Map<Long, String> near = new HashMap<>();
    /** Groups whose members were looked at for {@link #near}, by their paths. */
    private final Set<String> looked = new HashSet<>();
    /** The object that is being written; "/" at first. */
    private String current = "/";

    ReferenceNames(OpenedFile file) {
        this.file = file;
    }

    /** Says which object is being written: what it refers to mostly stands in its group, or in one above. */
    void from(H5Object object) {
        current = object.path().orElse(current);
    }

    /** A reference on a line of its own: kind, file and path. */
    String ofItsOwn(Reference reference) {
        if (reference.failure() != null) {
            return unreadable(reference.failure());
        }
        if (reference.isNil()) {
            return "NULL";
        }
        String attribute = reference.attribute() == null ? "" : "/" + reference.attribute();
        String source = reference.file() == null ? file.name() : reference.file();
        return kind(reference) + " \"" + source + path(reference) + attribute + "\"";
    }

    @Override
    public String inElement(ReferenceType type, Reference reference) {
        if (reference.failure() != null) {
            return unreadable(reference.failure());
        }
        return switch (type.kind()) {
            case OBJECT -> reference.isNil() ? "NULL" : object(reference);
            case REGION -> reference.isNil() ? "NULL" : "DATASET \"" + path(reference) + "\"";
            case REVISED_OBJECT, REVISED_REGION, ATTRIBUTE -> ofItsOwn(reference);
        };
    }

    /** Returns the path alone, with the file in front where it is another one; an attribute stands behind "@". */
    String plain(Reference reference) {
        if (reference.failure() != null || reference.isNil()) {
            return reference.toString();
        }
        String path = path(reference);
        if (path.isEmpty()) {
            return reference.toString();
        }
        String attribute = reference.attribute() == null ? "" : "@" + reference.attribute();
        return (reference.file() == null ? "" : reference.file())
                + path
                + attribute
                + (reference.region() == null ? "" : " " + reference.region());
    }

    /** What h5dump writes for what is no reference; says why. */
    private String unreadable(H5Exception failure) {
        file.report().error("unable to read a reference", failure);
        return "DATASET \"\"";
    }

    private String object(Reference reference) {
        String kind = kind(reference);
        return kind.equals("UNKNOWN") ? "<unknown>" : kind + " " + reference.address() + " \"" + path(reference) + "\"";
    }

    private String kind(Reference reference) {
        if (reference.attribute() != null) {
            return "ATTRIBUTE";
        }
        if (reference.region() != null) {
            return "DATASET";
        }
        H5Object object = target(reference).map(FoundObject::object).orElse(null);
        return object instanceof Group
                ? "GROUP"
                : object instanceof Dataset ? "DATASET" : object instanceof CommittedType ? "DATATYPE" : "UNKNOWN";
    }

    private String path(Reference reference) {
        return file.of(reference)
                .map(target -> target.names().path(reference.address()))
                .orElse("");
    }

    /** The object that a reference of this file leads to; empty when there is none that can be read. */
    Optional<FoundObject> target(Reference reference) {
        return file.of(reference).flatMap(target -> target.names().object(reference.address()));
    }

    private Optional<FoundObject> object(long address) {
        String path = path(address);
        try {
            H5Object object = path.isEmpty()
                    ? file.reader().dereference(Reference.object(address))
                    : file.reader().objectAt(address, path);
            return Optional.of(new FoundObject(file, object));
        } catch (H5Exception e) {
            return Optional.empty();
        }
    }

    /**
     * The first path to an object in the order in which links are stored, which is where libhdf5 looks for it
     * (H5G_get_name_by_addr), whatever the order of printing; empty when no path leads to it. The file is not walked
     * through for an object near by that only one path leads to.
     */
    private String path(long address) {
        Map<Long, String> known = paths;
        if (known == null) {
            String unique = near(address);
            if (unique != null) {
                return unique;
            }
            known = walk();
            paths = known;
        }
        return known.getOrDefault(address, "");
    }

    /** Looks in the group of the object that is being written, then in those above; null when it is not there. */
    private @Nullable String near(long address) {
        String group = current;
        while (!near.containsKey(address) && !group.equals("/")) {
            group = parent(group);
            if (looked.add(group)) {
                look(group);
            }
        }
        return near.get(address);
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** Takes the members of a group that no other path leads to: nothing on the way has a second link. */
    private void look(String path) {
        try {
            for (String above = path; !above.equals("/"); above = parent(above)) {
                Optional<Link> link =
                        file.reader().group(parent(above)).link(above.substring(above.lastIndexOf('/') + 1));
                if (!(link.orElse(null) instanceof Link.Hard)
                        || !isOnly(file.reader().object(above), above)) {
                    return;
                }
            }
            if (file.reader().root().info().referenceCount() <= 1) {
                file.reader().walk(path, 1).skip(1).forEach(this::take);
            }
        } catch (H5Exception e) {
            // The walk through the file meets it again, and says it.
            return;
        }
    }

    private void take(Group.Member member) {
        Optional<H5Object> object = member.object();
        if (object.isPresent() && isOnly(object.get(), member.path())) {
            near.put(object.get().address(), member.path());
        }
    }

    /** Whether a path of hard links is the only one to an object of this file, as far as its last link goes. */
    private boolean isOnly(H5Object object, String path) {
        return object.info().referenceCount() == 1
                && object.path().equals(Optional.of(path))
                && object.file().equals(file.reader().root().file());
    }

    private Map<Long, String> walk() {
        Map<Long, String> found = new HashMap<>();
        Walk.visit(file.reader(), WalkOptions.all().order(WalkOptions.Order.STORED), new Walk.Visitor() {
            @Override
            public void object(String path, H5Object object, @Nullable String seen) {
                found.putIfAbsent(object.address(), path);
            }

            @Override
            public void failed(String path, H5Exception problem) {
                file.report().error("unable to read object '" + path + "'", problem);
            }
        });
        return found;
    }
}
