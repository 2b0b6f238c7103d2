// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.model.Hyperslab;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of one or more variables, by the names of their dimensions. Dimensions that are not named are read whole. A
 * single index or value keeps its dimension, with length 1. Immutable.
 *
 * <pre>{@code
 * Selection same = Selection.parse("time=0:10, lat=-30..30, lon=~12.5");
 * Selection selection = Selection.all().index("time", 0, 10).values("lat", "-30", "30").nearest("lon", "12.5");
 * }</pre>
 *
 * <p>In a text, parts are separated by commas:
 *
 * <table>
 * <caption>Parts of a selection</caption>
 * <tr><td>{@code time=0:10}, {@code time=0:10:2}, {@code time=5}, {@code time=-3:}</td>
 *     <td>indices, half open, as {@link Hyperslab} has them</td></tr>
 * <tr><td>{@code lat=-30..30}, {@code lat=..0}, {@code time=2000-01..2000-06}</td>
 *     <td>the elements whose coordinate lies between two values, both included. A time that is cut short includes the
 *     whole year, month, day, hour, minute or second</td></tr>
 * <tr><td>{@code lon=~12.5}</td>
 *     <td>the element whose coordinate is nearest to a value; the first of two that are equally near</td></tr>
 * </table>
 *
 * <p>The coordinate of a dimension is the variable of its name. It must have that dimension alone, no missing value,
 * and ascend or descend. Values are compared in its type: 0.1 includes a coordinate of {@code float32} that is the
 * nearest to 0.1.
 */
public final class Selection {
    private static final Selection ALL = new Selection(Map.of());

    private final Map<String, Part> parts;

    private Selection(Map<String, Part> parts) {
        this.parts = parts;
    }

    /** A part of one dimension: indices, or values of its coordinate. */
    sealed interface Part permits Indices, Between, Nearest {}

    record Indices(Hyperslab.Range range) implements Part {}

    record Between(@Nullable String from, @Nullable String to) implements Part {}

    record Nearest(String value) implements Part {}

    /** Selects everything. */
    public static Selection all() {
        return ALL;
    }

    /**
     * Parses the text form.
     *
     * @throws IllegalArgumentException when the text does not have it
     */
    public static Selection parse(String text) {
        Selection selection = ALL;
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1 || part.substring(0, equals).isBlank()) {
                throw new IllegalArgumentException("'" + part.strip() + "' is not dimension=part, in '" + text + "'");
            }
            String name = part.substring(0, equals).strip();
            selection = selection.with(name, part(part.substring(equals + 1).strip()));
        }
        return selection;
    }

    private static Part part(String text) {
        int dots = text.indexOf("..");
        if (dots >= 0) {
            String from = text.substring(0, dots).strip();
            String to = text.substring(dots + 2).strip();
            return new Between(from.isEmpty() ? null : from, to.isEmpty() ? null : to);
        }
        if (text.startsWith("~")) {
            return new Nearest(text.substring(1).strip());
        }
        Hyperslab one = Hyperslab.parse(text);
        if (one.ranges().size() != 1 || text.contains("[")) {
            throw new IllegalArgumentException("'" + text + "' is no range of one dimension");
        }
        return new Indices(one.ranges().get(0));
    }

    /** Returns the same selection with the indices {@code [start, stop)} of a dimension. */
    public Selection index(String dimension, long start, long stop) {
        return with(dimension, new Indices(Hyperslab.Range.of(start, stop)));
    }

    /** Returns the same selection with a range of indices of a dimension. */
    public Selection index(String dimension, Hyperslab.Range range) {
        return with(dimension, new Indices(range));
    }

    /**
     * Returns the same selection with the elements of a dimension whose coordinate lies between two values.
     *
     * @param from least value, included; a number, a date, or a duration of ISO 8601
     * @param to greatest value, included
     */
    public Selection values(String dimension, String from, String to) {
        return with(dimension, new Between(from, to));
    }

    /** Returns the same selection with the element of a dimension whose coordinate is nearest to a value. */
    public Selection nearest(String dimension, String value) {
        return with(dimension, new Nearest(value));
    }

    private Selection with(String dimension, Part part) {
        Map<String, Part> more = new LinkedHashMap<>(parts);
        if (more.put(dimension, part) != null) {
            throw new IllegalArgumentException("dimension '" + dimension + "' is selected twice");
        }
        return new Selection(more);
    }

    /** The parts by the names of their dimensions. */
    Map<String, Part> parts() {
        return parts;
    }

    /** Returns what is selected of each dimension. */
    @Override
    public String toString() {
        return parts.toString();
    }
}
