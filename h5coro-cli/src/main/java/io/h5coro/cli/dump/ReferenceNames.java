// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.cli.text.ReferenceText;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.WalkOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the references of one file refer to, in words. Confined to one thread. */
final class ReferenceNames implements ReferenceText {
    private final OpenedFile file;
    private @Nullable Map<Long, String> paths;

    ReferenceNames(OpenedFile file) {
        this.file = file;
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
     * (H5G_get_name_by_addr), whatever the order of printing; empty when no path leads to it.
     */
    private String path(long address) {
        Map<Long, String> known = paths;
        if (known == null) {
            known = walk();
            paths = known;
        }
        return known.getOrDefault(address, "");
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
