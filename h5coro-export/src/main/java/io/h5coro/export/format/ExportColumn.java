// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.format;

import io.h5coro.model.Shape;

/**
 * A column, which is a dataset or what is selected of it. Immutable.
 *
 * @param name its name in the file that is written
 * @param path of the dataset, for messages
 * @param element type of one element
 * @param shape what is selected: the rows first; a scalar has none and is one row
 */
public record ExportColumn(String name, String path, ColumnType element, Shape shape) {
    /** Returns the number of rows. */
    public long rows() {
        return shape.rank() == 0 ? 1 : shape.dimension(0);
    }

    /** Returns the type of one row: the element, in a list for each dimension behind the first. */
    public ColumnType row() {
        ColumnType type = element;
        for (int i = shape.rank() - 1; i > 0; i--) {
            type = new ColumnType.Fixed(type, shape.dimension(i));
        }
        return type;
    }
}
