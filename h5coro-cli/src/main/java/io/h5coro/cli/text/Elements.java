// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.H5Array;

/** Takes the elements of a dataset or an attribute one run after another, in the order in which they are written. */
public interface Elements {
    /** Begins to count anew, at a position of the dataset. */
    void begin(long position);

    /**
     * Writes elements {@code [from, to)}.
     *
     * @param last whether nothing follows the last of them
     */
    void add(H5Array array, int from, int to, boolean last);
}
