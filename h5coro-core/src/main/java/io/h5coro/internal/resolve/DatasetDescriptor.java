// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.FilterDescription;
import java.util.List;

/**
 * All that the object header says of a dataset's values. Immutable.
 *
 * @param path absolute path by which it was found, for messages
 * @param headerAddress its object header, relative to the base address
 * @param space extent
 * @param type type of the elements in the file
 * @param layout where the values are
 * @param filters the filter pipeline in the order of writing; empty without one
 * @param fill what was never written
 */
public record DatasetDescriptor(
        String path,
        long headerAddress,
        Dataspace space,
        ElementType type,
        Layout layout,
        List<FilterDescription> filters,
        FillValue fill) {
    /** Copies the list. */
    public DatasetDescriptor {
        filters = List.copyOf(filters);
    }
}
