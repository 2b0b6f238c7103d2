// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.Dataset;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.model.Dataspace;
import io.h5coro.model.Link;
import io.h5coro.model.Reference;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What is in a file, as {@code ncdump -h} shows it.
 *
 * @param out where it goes
 * @param names paths of what references refer to
 * @param all whether attributes by which dimensions are kept are shown too
 */
record InfoText(Sink out, Function<Reference, String> names, boolean all) {
    /** Values of an attribute that are shown. */
    private static final int MOST_VALUES = 10;

    private static final int LONGEST = 160;

    /**
     * Writes a group.
     *
     * @param heading what it is called
     */
    void write(String heading, InfoGroup group) {
        line("", heading + (group.same() == null ? "" : " (as " + group.same() + ")") + " {");
        List<InfoGroup.Variable> scales =
                group.variables().stream().filter(ScaleDimensions::isDimension).toList();
        section("dimensions", scales.stream().map(InfoText::dimension).toList());
        section(
                "types",
                group.types().stream()
                        .map(type -> type.name() + " = " + type.type().type().shortName())
                        .toList());
        if (group.variables().stream().anyMatch(ScaleDimensions::isVariable)) {
            line("", "variables:");
            group.variables().stream().filter(ScaleDimensions::isVariable).forEach(this::variable);
        }
        section("links", group.links().stream().map(InfoText::link).toList());
        if (!ScaleDimensions.shown(group.attributes(), all).isEmpty()) {
            line("", "attributes:");
            attributes("    ", "", group.attributes());
        }
        line("", "}");
    }

    private void section(String name, List<String> lines) {
        if (!lines.isEmpty()) {
            line("", name + ":");
            lines.forEach(text -> line("    ", text));
        }
    }

    private static String dimension(InfoGroup.Variable scale) {
        Dataspace space = scale.dataset().dataspace();
        Shape shape = space.shape();
        String length = shape.rank() == 1 ? Long.toString(shape.dimension(0)) : shape.toString();
        boolean unlimited = shape.rank() == 1 && space.maximum(0).isEmpty();
        return scale.name() + " = " + (unlimited ? "UNLIMITED ; // (" + length + " currently)" : length + " ;");
    }

    private static String link(Link link) {
        if (link instanceof Link.Soft soft) {
            return link.name() + " -> " + soft.target();
        }
        return link instanceof Link.External external
                ? link.name() + " -> " + external.file() + " " + external.target()
                : link.name() + " -> (user-defined)";
    }

    private void variable(InfoGroup.Variable variable) {
        String name = ScaleDimensions.name(variable);
        Dataset dataset = variable.dataset();
        line("    ", dataset.type().shortName() + " " + name + dimensions(variable) + " ;");
        attributes("        ", name, variable.attributes());
    }

    private String dimensions(InfoGroup.Variable variable) {
        Dataspace space = variable.dataset().dataspace();
        if (space.kind() != Dataspace.Kind.SIMPLE) {
            return space.kind() == Dataspace.Kind.NULL ? "(null)" : "";
        }
        List<String> dimensions = new ArrayList<>();
        for (int d = 0; d < space.shape().rank(); d++) {
            String length = Long.toString(space.shape().dimension(d));
            dimensions.add(ScaleDimensions.dimension(variable, d, names).orElse(length));
        }
        return "(" + String.join(", ", dimensions) + ")";
    }

    private void attributes(String indent, String object, List<AttributeValues> attributes) {
        for (AttributeValues attribute : ScaleDimensions.shown(attributes, all)) {
            String text = attribute.line(object, names, MOST_VALUES);
            line(indent, (text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...") + " ;");
        }
    }

    private void line(String indent, String text) {
        out.write(indent + VisibleText.of(text) + "\n");
    }
}
