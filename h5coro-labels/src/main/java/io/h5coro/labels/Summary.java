// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.error.H5Exception;
import io.h5coro.labels.stored.ObjectAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Dimensions, variables and attributes of a group as text, in the way of {@code ncdump -h}. Confined to one thread. */
final class Summary {
    private static final String INDENT = "    ";

    private final LabelledGroup group;
    private final StringBuilder text = new StringBuilder();

    Summary(LabelledGroup group) {
        this.group = group;
    }

    String text() {
        List<ObjectAttributes> all = new ArrayList<>();
        collect(group, all);
        ObjectAttributes.fetch(group.file(), all, VisibleAttributes::isVisible);
        add(group, "", "group: " + group.path());
        return text.toString();
    }

    /** The attributes of all groups and variables, which one call reads. */
    private static void collect(LabelledGroup of, List<ObjectAttributes> all) {
        all.add(of.scanned().attributes());
        of.variables().forEach(variable -> all.add(variable.scanned().attributes()));
        inner(of).forEach(each -> collect(each, all));
    }

    /** The groups that are in this one first: a loop of links ends here. */
    private static List<LabelledGroup> inner(LabelledGroup of) {
        return of.groups().stream()
                .filter(each -> each.scanned().parent() == of.scanned())
                .distinct()
                .toList();
    }

    private void add(LabelledGroup of, String margin, String title) {
        line(margin, title + " {");
        if (!of.dimensions().isEmpty()) {
            line(margin, "dimensions:");
            of.dimensions().forEach(dimension -> line(margin + INDENT, dimension(dimension)));
        }
        if (!of.variables().isEmpty()) {
            line(margin, "variables:");
            of.variables().forEach(variable -> add(variable, margin + INDENT));
        }
        if (of.scanned().attributes().names().stream().anyMatch(VisibleAttributes::isVisible)) {
            line(margin, "attributes:");
            attributes(of.scanned().attributes(), margin + INDENT, "");
        }
        inner(of).forEach(each -> add(each, margin, "group: " + each.path()));
        line(margin, "}");
    }

    private static String dimension(Dimension dimension) {
        return dimension.name() + " = "
                + (dimension.unlimited() ? "UNLIMITED // " + dimension.size() + " now" : dimension.size());
    }

    private void add(Variable variable, String margin) {
        String names = variable.storedDimensions().stream().map(Dimension::name).collect(Collectors.joining(", "));
        String role = variable.isCoordinate() ? " // coordinate" : "";
        line(margin, variable.storedType().shortName() + " " + variable.name() + "(" + names + ")" + role);
        attributes(variable.scanned().attributes(), margin + INDENT, variable.name());
    }

    private void attributes(ObjectAttributes attributes, String margin, String owner) {
        for (String name : attributes.names()) {
            if (VisibleAttributes.isVisible(name)) {
                line(margin, owner + ":" + said(name, attributes));
            }
        }
    }

    private static String said(String name, ObjectAttributes attributes) {
        try {
            return VisibleAttributes.of(attributes, name)
                    .map(LabelAttribute::toString)
                    .orElse(name);
        } catch (H5Exception e) {
            return name + " // " + e.problem();
        }
    }

    private void line(String margin, String content) {
        text.append(margin).append(content).append('\n');
    }
}
