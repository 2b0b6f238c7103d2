// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.grid.Spans;
import io.h5coro.model.DataSelection;
import io.h5coro.model.Shape;

/**
 * A source of a virtual dataset.
 *
 * @param name where the source is
 * @param virtual its elements in the virtual dataset
 * @param source the same elements in the source
 * @param slices how many indices are selected of the source's unlimited dimension; -1 when it has none
 */
record VirtualPart(VirtualSource.Name name, Spans virtual, DataSelection source, long slices) {
    /**
     * What the mapping takes of its source.
     *
     * @param shape the source's
     * @throws MalformedFileException when these are not as many elements as in the virtual dataset, or no elements
     */
    Spans elements(Shape shape, Where where) {
        Spans elements;
        try {
            elements = slices >= 0 ? clipped() : VirtualSelections.limited(source, shape, where);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new MalformedFileException(
                    where, "mapping of " + name + " that makes no sense: " + e.getMessage(), e);
        }
        if (elements.count() != virtual.count()) {
            throw new MalformedFileException(
                    where, "mapping of " + elements.count() + " elements of " + name + " to " + virtual.count());
        }
        return elements;
    }

    private Spans clipped() {
        DataSelection.Regular regular = (DataSelection.Regular) source;
        return VirtualSelections.clipped(regular, regular.unlimitedDimension(), slices);
    }
}
