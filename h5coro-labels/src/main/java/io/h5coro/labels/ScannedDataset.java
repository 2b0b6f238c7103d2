// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.Dataset;
import io.h5coro.labels.stored.ObjectAttributes;
import io.h5coro.model.Shape;

/** A dataset that the walk met, with its attributes. Immutable. */
record ScannedDataset(String name, String path, Dataset dataset, ObjectAttributes attributes, Shape shape) {
    private static final String NO_VARIABLE = "This is a netCDF dimension but not a netCDF variable.";
    private static final String NOT_THE_COORDINATE = "_nc4_non_coord_";

    boolean isScale() {
        return attributes.text("CLASS").filter("DIMENSION_SCALE"::equals).isPresent();
    }

    /** Whether it holds values, and is not only there for the name and size of a dimension. */
    boolean isVariable() {
        return attributes
                .text("NAME")
                .filter(name -> name.contains(NO_VARIABLE))
                .isEmpty();
    }

    /** The name of the variable: a prefix tells it from the dimension of the same name. */
    String variableName() {
        return name.replace(NOT_THE_COORDINATE, "");
    }
}
