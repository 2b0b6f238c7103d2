// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import io.h5coro.internal.grid.Spans;
import io.h5coro.model.DataSelection;

/**
 * A source of a virtual dataset.
 *
 * @param name where the source is
 * @param virtual its elements in the virtual dataset
 * @param source the same elements in the source
 * @param slices how many indices are selected of the source's unlimited dimension; -1 when it has none
 */
record VirtualPart(VirtualSource.Name name, Spans virtual, DataSelection source, long slices) {}
