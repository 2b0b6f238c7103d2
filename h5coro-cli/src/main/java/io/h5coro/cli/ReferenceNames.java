// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceType;
import org.jspecify.annotations.Nullable;

/** What references refer to, in words. */
final class ReferenceNames {
    private final OpenedFile file;

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

    /** A reference inside of a compound, an array or a sequence. */
    String inElement(ReferenceType type, Reference reference) {
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
        H5Object object = object(reference.file() == null ? reference.address() : -1);
        return object instanceof Group
                ? "GROUP"
                : object instanceof Dataset ? "DATASET" : object instanceof CommittedType ? "DATATYPE" : "UNKNOWN";
    }

    private String path(Reference reference) {
        String path = reference.file() == null ? file.objectsByName().path(reference.address()) : null;
        return path == null ? "" : path;
    }

    /** The object of an address, under its path; null when there is none that can be read. */
    @Nullable
    H5Object object(long address) {
        if (address < 0) {
            return null;
        }
        String path = file.objectsByName().path(address);
        if (path == null) {
            return null;
        }
        try {
            return file.reader().objectAt(address, path);
        } catch (H5Exception e) {
            return null;
        }
    }
}
