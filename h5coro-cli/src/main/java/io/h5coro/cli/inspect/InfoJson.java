// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.cli.json.Json;
import io.h5coro.model.Dataspace;
import io.h5coro.model.Link;
import io.h5coro.model.Reference;
import java.util.List;
import java.util.function.Function;

/**
 * What is in a file as JSON: {@code "groups"}, each with dimensions, variables, types, links and attributes.
 *
 * @param json the document
 * @param names paths of what references refer to
 * @param all whether attributes by which dimensions are kept are shown too
 */
record InfoJson(Json json, Function<Reference, String> names, boolean all) {
    void write(List<InfoGroup> groups) {
        json.array("groups");
        groups.forEach(this::group);
        json.end();
    }

    private void group(InfoGroup group) {
        json.object().field("path", group.path());
        if (group.same() != null) {
            json.field("same", group.same());
        }
        json.array("dimensions");
        group.variables().stream().filter(ScaleDimensions::isDimension).forEach(scale -> {
            json.object().field("name", scale.name());
            ObjectJson.shape(json, scale.dataset().dataspace());
            json.end();
        });
        json.end().array("variables");
        group.variables().stream().filter(ScaleDimensions::isVariable).forEach(this::variable);
        json.end().array("types");
        group.types().forEach(type -> {
            json.object().field("name", type.name());
            json.field("type", type.type().type().shortName()).end();
        });
        json.end().array("links");
        for (Link link : group.links()) {
            json.object().field("name", link.name());
            ObjectJson.link(json, link);
            json.end();
        }
        json.end();
        attributes(group.attributes());
        json.end();
    }

    private void variable(InfoGroup.Variable variable) {
        json.object().field("name", ScaleDimensions.name(variable)).field("path", variable.path());
        ObjectJson.object(json, variable.dataset());
        Dataspace space = variable.dataset().dataspace();
        json.array("dimensions");
        for (int d = 0;
                space.kind() == Dataspace.Kind.SIMPLE && d < space.shape().rank();
                d++) {
            ScaleDimensions.dimension(variable, d, names).ifPresentOrElse(json::value, json::none);
        }
        json.end();
        attributes(variable.attributes());
        json.end();
    }

    private void attributes(List<AttributeValues> attributes) {
        json.array("attributes");
        ScaleDimensions.shown(attributes, all).forEach(attribute -> ObjectJson.attribute(json, attribute, names));
        json.end();
    }
}
