// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.Attribute;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.ReadPromise;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.text.InlineText;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Reference;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An attribute with its values. Many are read in one call.
 *
 * @param name its name
 * @param type type of its elements
 * @param space its extent
 * @param values its values; null where they were not read, for it has too many of them or is null
 */
record AttributeValues(
        String name,
        ElementType type,
        Dataspace space,
        @Nullable H5Array values) {
    /**
     * Returns it on one line, as in {@code tas:units = "K"}.
     *
     * @param object name of its object; empty for the root group
     * @param names what references refer to
     * @param most values of one dimension that are written
     */
    String line(String object, Function<Reference, String> names, int most) {
        StringBuilder line = new StringBuilder(VisibleText.of(object + ":" + name)).append(" = ");
        if (values != null) {
            new InlineText(line, names, most).all(values);
        } else if (space.kind() == Dataspace.Kind.NULL) {
            line.append("null");
        } else {
            line.append(type.shortName()).append(' ').append(space.shape());
        }
        return line.toString();
    }

    /**
     * An attribute to read.
     *
     * @param object what it is of
     * @param attribute the attribute
     */
    record Wanted(H5Object object, Attribute attribute) {
        /** Returns what it is called in messages. */
        String shown() {
            return object.path().orElse("") + "@" + attribute.name();
        }

        private long bytes() {
            double elements = 1;
            for (long length : attribute.shape().dimensions()) {
                elements *= length;
            }
            return (long) (elements * attribute.type().size());
        }
    }

    /** All attributes of an object. */
    static List<Wanted> of(H5Object object, List<Attribute> attributes) {
        return attributes.stream()
                .map(attribute -> new Wanted(object, attribute))
                .toList();
    }

    /**
     * Reads attributes in one call.
     *
     * @param mostBytes values of larger ones are not read
     * @return those that were asked for, in their order; empty for one that cannot be read, with an error
     */
    static List<Optional<AttributeValues>> read(H5Coro file, List<Wanted> all, long mostBytes, Report report) {
        List<DatasetRequest> requests = new ArrayList<>();
        for (Wanted wanted : all) {
            if (isRead(wanted, mostBytes)) {
                String name = Integer.toString(requests.size());
                requests.add(wanted.object()
                        .attributeRequest(wanted.attribute().name())
                        .named(name));
            }
        }
        ReadPromise promise = file.readDatasets(requests);
        Iterator<DatasetRequest> next = requests.iterator();
        List<Optional<AttributeValues>> read = new ArrayList<>();
        for (Wanted wanted : all) {
            Attribute attribute = wanted.attribute();
            try {
                H5Array values =
                        isRead(wanted, mostBytes) ? promise.get(next.next().name()) : null;
                read.add(Optional.of(
                        new AttributeValues(attribute.name(), attribute.type(), attribute.dataspace(), values)));
            } catch (H5Exception e) {
                report.error("unable to read attribute " + wanted.shown(), e);
                read.add(Optional.empty());
            }
        }
        return read;
    }

    private static boolean isRead(Wanted wanted, long mostBytes) {
        return wanted.attribute().failure().isEmpty()
                && wanted.attribute().dataspace().kind() != Dataspace.Kind.NULL
                && wanted.bytes() <= mostBytes;
    }

    /** Returns its shape as the commands print it. */
    static String shape(Dataspace space) {
        return space.kind() == Dataspace.Kind.NULL ? "null" : space.shape().toString();
    }

    /** Returns the lengths of its dimensions; empty when it is null. */
    static Optional<Shape> lengths(Dataspace space) {
        return space.kind() == Dataspace.Kind.NULL ? Optional.empty() : Optional.of(space.shape());
    }
}
