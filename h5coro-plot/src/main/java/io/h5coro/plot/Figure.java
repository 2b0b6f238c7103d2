// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import java.util.List;

/** Marks on a white ground, later ones on top. Immutable but for the arrays of its marks. */
public record Figure(int width, int height, List<Mark> marks) {
    public Figure {
        marks = List.copyOf(marks);
    }
}
