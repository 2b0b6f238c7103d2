// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.cli.json.Json;
import io.h5coro.cli.json.JsonValues;
import io.h5coro.model.Dataspace;
import io.h5coro.model.H5Array;
import io.h5coro.model.Link;
import io.h5coro.model.Reference;
import java.util.function.Function;

/** The fields of objects, links and attributes in documents of all commands. */
final class ObjectJson {
    private ObjectJson() {}

    /** Returns the kind of an object in a word. */
    static String kind(H5Object object) {
        return object instanceof Group ? "group" : object instanceof CommittedType ? "datatype" : "dataset";
    }

    /** Writes what an object is; of a dataset also shape, type and chunks. */
    static void object(Json json, H5Object object) {
        json.field("kind", kind(object));
        if (object instanceof Dataset dataset) {
            shape(json, dataset.dataspace());
            json.field("type", dataset.type().shortName());
            dataset.chunks().ifPresent(chunks -> json.field("chunks", chunks.dimensions()));
        } else if (object instanceof CommittedType type) {
            json.field("type", type.type().shortName());
        }
    }

    /** Writes the lengths of dimensions, null for a null dataspace; and to what they may grow, null for any length. */
    static void shape(Json json, Dataspace space) {
        if (space.kind() == Dataspace.Kind.NULL) {
            json.name("shape").none();
            return;
        }
        json.field("shape", space.shape().dimensions());
        long[] maximum = space.maximum();
        if (space.kind() == Dataspace.Kind.SIMPLE
                && !java.util.Arrays.equals(maximum, space.shape().dimensions())) {
            json.array("maximum");
            for (long length : maximum) {
                if (length == Dataspace.UNLIMITED) {
                    json.none();
                } else {
                    json.value(length);
                }
            }
            json.end();
        }
    }

    /** Writes what a link that is not hard is, and where it leads. */
    static void link(Json json, Link link) {
        json.field("kind", link instanceof Link.UserDefined ? "userlink" : "link");
        if (link instanceof Link.Soft soft) {
            json.field("target", soft.target());
        } else if (link instanceof Link.External external) {
            json.field("targetFile", external.file()).field("target", external.target());
        }
    }

    /** Writes an attribute as an object. */
    static void attribute(Json json, AttributeValues attribute, Function<Reference, String> names) {
        json.object().field("name", attribute.name());
        shape(json, attribute.space());
        json.field("type", attribute.type().shortName());
        H5Array values = attribute.values();
        if (values != null) {
            json.name("value");
            new JsonValues(json, names).all(values);
        }
        json.end();
    }
}
