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
     * @throws MalformedFileException when these are not as many elements as in the virtual dataset
     */
    Spans elements(Shape shape, Where where) {
        Spans elements = slices >= 0
                ? VirtualSelections.clipped(
                        (DataSelection.Regular) source, ((DataSelection.Regular) source).unlimitedDimension(), slices)
                : VirtualSelections.limited(source, shape, where);
        if (elements.count() != virtual.count()) {
            throw new MalformedFileException(
                    where, "mapping of " + elements.count() + " elements of " + name + " to " + virtual.count());
        }
        return elements;
    }
}
