// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.H5Coro;
import io.h5coro.labels.stored.ObjectAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The attributes that a user sees: all but those that only say how dimensions are stored. Pure. */
final class VisibleAttributes {
    private static final Set<String> HIDDEN = Set.of(
            "CLASS",
            "NAME",
            "DIMENSION_LIST",
            "REFERENCE_LIST",
            "DIMENSION_LABELS",
            "_Netcdf4Dimid",
            "_Netcdf4Coordinates",
            "_nc3_strict",
            "_NCProperties");

    private VisibleAttributes() {}

    static boolean isVisible(String name) {
        return !HIDDEN.contains(name);
    }

    static List<LabelAttribute> of(H5Coro file, ObjectAttributes attributes) {
        ObjectAttributes.fetch(file, List.of(attributes), VisibleAttributes::isVisible);
        return attributes.names().stream()
                .filter(VisibleAttributes::isVisible)
                .flatMap(name -> of(attributes, name).stream())
                .toList();
    }

    static Optional<LabelAttribute> of(ObjectAttributes attributes, String name) {
        return isVisible(name)
                ? attributes.values(name).map(values -> new LabelAttribute(name, values))
                : Optional.empty();
    }
}
