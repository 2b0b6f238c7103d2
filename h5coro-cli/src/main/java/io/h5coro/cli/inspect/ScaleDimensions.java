// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.model.Dataspace;
import io.h5coro.model.H5Array;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.StringArray;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The names of dimensions by HDF5's dimension scales: a scale is a dataset with the attribute CLASS = DIMENSION_SCALE,
 * and named as its path ends; DIMENSION_LIST has the scales of each dimension, of which the last one counts. Pure.
 */
final class ScaleDimensions {
    /** Attributes by which dimensions are kept, which are not for people. */
    private static final Set<String> BOOKKEEPING = Set.of(
            "CLASS",
            "NAME",
            "DIMENSION_LIST",
            "REFERENCE_LIST",
            "DIMENSION_LABELS",
            "_Netcdf4Dimid",
            "_Netcdf4Coordinates",
            "_nc3_strict",
            "_NCProperties");

    /** What netCDF-4 puts before the name of a variable that is named as a dimension and is none. */
    private static final String NO_COORDINATE = "_nc4_non_coord_";

    private static final String NO_VARIABLE = "This is a netCDF dimension but not a netCDF variable.";

    private ScaleDimensions() {}

    static boolean isBookkeeping(AttributeValues attribute) {
        return BOOKKEEPING.contains(attribute.name());
    }

    /** Returns the name of a variable for people. */
    static String name(InfoGroup.Variable variable) {
        return variable.name().startsWith(NO_COORDINATE)
                ? variable.name().substring(NO_COORDINATE.length())
                : variable.name();
    }

    /** Returns whether a dataset is a dimension. */
    static boolean isDimension(InfoGroup.Variable variable) {
        return variable.dataset().dataspace().kind() == Dataspace.Kind.SIMPLE
                && text(variable, "CLASS").filter("DIMENSION_SCALE"::equals).isPresent();
    }

    /** Returns whether a dataset is a variable: some dimensions are none. */
    static boolean isVariable(InfoGroup.Variable variable) {
        return !isDimension(variable)
                || text(variable, "NAME")
                        .filter(name -> name.startsWith(NO_VARIABLE))
                        .isEmpty();
    }

    private static Optional<String> text(InfoGroup.Variable variable, String attribute) {
        return values(variable, attribute)
                .filter(values -> values instanceof StringArray && values.length() == 1)
                .map(values -> values.getString(0));
    }

    private static Optional<H5Array> values(InfoGroup.Variable variable, String attribute) {
        return variable.attributes().stream()
                .filter(one -> one.name().equals(attribute))
                .findFirst()
                .flatMap(one -> Optional.ofNullable(one.values()));
    }

    /**
     * Returns the name of a dimension.
     *
     * @param names the paths of what references refer to
     * @return empty when it has none
     */
    static Optional<String> dimension(InfoGroup.Variable variable, int axis, Function<Reference, String> names) {
        Optional<H5Array> list = values(variable, "DIMENSION_LIST");
        if (list.isPresent()
                && list.get() instanceof SequenceArray scales
                && axis < scales.length()
                && scales.elements() instanceof ReferenceArray references
                && scales.offset(axis + 1) > scales.offset(axis)) {
            String path = names.apply(references.get(scales.offset(axis + 1) - 1));
            return path.startsWith("/") ? Optional.of(lastName(path)) : Optional.empty();
        }
        boolean own = isDimension(variable) && variable.dataset().shape().rank() == 1;
        return own ? Optional.of(variable.name()) : Optional.empty();
    }

    /** Returns what attributes are shown of a list. */
    static List<AttributeValues> shown(List<AttributeValues> attributes, boolean all) {
        return all
                ? attributes
                : attributes.stream()
                        .filter(attribute -> !isBookkeeping(attribute))
                        .toList();
    }

    /** Returns the last name of a path; empty for the root group. */
    static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
