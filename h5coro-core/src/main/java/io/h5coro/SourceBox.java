// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.model.Shape;
import java.util.List;

/**
 * A box of a virtual dataset, and the box of another dataset that its values come from: element i of one, in row-major
 * order, is element i of the other. Immutable.
 *
 * <pre>{@code
 * for (SourceBox box : file.dataset("/all").sourceBoxes()) {
 *     System.out.println(box.origin() + " " + box.shape() + " is in " + box.source().file());
 * }
 * }</pre>
 *
 * @param origin index of the first element in each dimension of the virtual dataset, slowest first
 * @param shape elements in each of these dimensions, at least one
 * @param source the other dataset, which may be in another file, and may be virtual itself
 * @param sourceOrigin index of the first element in each dimension of the source; empty for a scalar
 * @param sourceShape elements in each of these dimensions; as many in all as in {@code shape}
 */
public record SourceBox(List<Long> origin, Shape shape, Dataset source, List<Long> sourceOrigin, Shape sourceShape) {
    /** Copies the lists. */
    public SourceBox {
        origin = List.copyOf(origin);
        sourceOrigin = List.copyOf(sourceOrigin);
    }
}
