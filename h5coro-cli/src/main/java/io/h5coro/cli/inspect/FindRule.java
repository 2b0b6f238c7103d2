// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.InlineText;
import io.h5coro.model.Dataspace;
import io.h5coro.model.H5Array;
import io.h5coro.model.Link;
import io.h5coro.model.Reference;
import io.h5coro.model.StringArray;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What is looked for: all of these.
 *
 * @param names what the name, or the path, is like: one of these, if there are any
 * @param kinds of objects, one of these, if there are any
 * @param types what the type is like: one of these, if there are any
 * @param shapes of datasets, one of these, if there are any
 * @param attributes that an object has, all of these
 */
record FindRule(
        List<NameGlob> names,
        List<String> kinds,
        List<NameGlob> types,
        List<String> shapes,
        List<AttributeRule> attributes) {
    private static final List<String> KINDS = List.of("group", "dataset", "datatype", "link");

    /**
     * Checks the kinds.
     *
     * @throws UsageException when one is none
     */
    FindRule {
        for (String kind : kinds) {
            if (!KINDS.contains(kind)) {
                throw new UsageException("--kind " + kind + ": one of " + String.join(", ", KINDS));
            }
        }
        for (String shape : shapes) {
            if (!shape.matches("\\(?\\s*(?:\\d+|\\*)?(?:\\s*,\\s*(?:\\d+|\\*))*\\s*,?\\s*\\)?")) {
                throw new UsageException("--shape " + shape + ": lengths of dimensions with commas between, * for any");
            }
        }
    }

    /**
     * An attribute.
     *
     * @param name its name
     * @param value its value as text; empty for any
     */
    record AttributeRule(String name, Optional<String> value) {
        /** Reads NAME or NAME=VALUE. */
        static AttributeRule parse(String text) {
            int equals = text.indexOf('=');
            return equals <= 0
                    ? new AttributeRule(text, Optional.empty())
                    : new AttributeRule(text.substring(0, equals), Optional.of(text.substring(equals + 1)));
        }

        /** Returns whether an attribute has the value: its text, or the number that it is. */
        boolean holds(AttributeValues attribute) {
            H5Array values = attribute.values();
            return value.isEmpty() || values != null && isValue(values, value.get());
        }

        private static boolean isValue(H5Array values, String wanted) {
            if (values.length() == 1 && values instanceof StringArray strings) {
                return strings.getString(0).equals(wanted);
            }
            StringBuilder text = new StringBuilder();
            new InlineText(text, Reference::toString, Integer.MAX_VALUE)
                    .all(values.length() == 1 ? one(values) : values);
            return text.toString().equals(wanted) || isSameNumber(text.toString(), wanted);
        }

        private static H5Array one(H5Array values) {
            return values.withShape(io.h5coro.model.Shape.scalar());
        }

        private static boolean isSameNumber(String a, String b) {
            try {
                return new BigDecimal(a).compareTo(new BigDecimal(b)) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }

    /** Returns whether attributes have to be looked at. */
    boolean wantsAttributes() {
        return !attributes.isEmpty();
    }

    /** Returns whether shapes or types have to be looked at. */
    boolean wantsTypes() {
        return !types.isEmpty() || !shapes.isEmpty();
    }

    /** Returns whether a member may be meant, but for its attributes' values. */
    boolean admits(Group.Member member) {
        boolean hard = member.link().map(link -> link instanceof Link.Hard).orElse(true);
        H5Object object = member.object().orElse(null);
        if (hard && object == null) {
            return false;
        }
        String kind = object == null ? "link" : ObjectJson.kind(object);
        return (names.isEmpty() || names.stream().anyMatch(name -> name.matches(member.path())))
                && (kinds.isEmpty() || kinds.contains(kind))
                && (types.isEmpty() || isTyped(object))
                && (shapes.isEmpty() || isShaped(object))
                && attributes.stream()
                        .allMatch(rule -> member.attributes().stream()
                                .anyMatch(attribute -> attribute.name().equals(rule.name())));
    }

    private boolean isTyped(@org.jspecify.annotations.Nullable H5Object object) {
        String type = object instanceof Dataset dataset
                ? dataset.type().shortName()
                : object instanceof CommittedType committed ? committed.type().shortName() : "";
        return !type.isEmpty() && types.stream().anyMatch(wanted -> wanted.isLike(type));
    }

    private boolean isShaped(@org.jspecify.annotations.Nullable H5Object object) {
        return object instanceof Dataset dataset
                && dataset.dataspace().kind() != Dataspace.Kind.NULL
                && shapes.stream().anyMatch(wanted -> isShaped(dataset, wanted));
    }

    private static boolean isShaped(Dataset dataset, String wanted) {
        String lengths = wanted.replaceAll("[()\\s]", "").replaceAll(",$", "");
        String[] each = lengths.isEmpty() ? new String[0] : lengths.split(",");
        if (each.length != dataset.shape().rank()) {
            return false;
        }
        for (int d = 0; d < each.length; d++) {
            if (!each[d].equals("*")
                    && !each[d].equals(Long.toString(dataset.shape().dimension(d)))) {
                return false;
            }
        }
        return true;
    }
}
