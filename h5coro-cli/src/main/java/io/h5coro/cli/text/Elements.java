// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.H5Array;

/** Takes the elements of a dataset or an attribute one run after another, in the order in which they are written. */
public interface Elements {
    /**
     * Begins to count from a position of the dataset.
     *
     * @param position row-major index of the next element, from 0
     */
    void begin(long position);

    /** The same for values that libhdf5 hands over without converting them, as where nothing is stored. */
    Elements unconverted();

    /**
     * Writes elements {@code [from, to)}.
     *
     * @param array the values of one read, of which the caller may write others later
     * @param from first element
     * @param to end, exclusive
     * @param last whether nothing follows the last of them, so that no separator stands behind it
     */
    void add(H5Array array, int from, int to, boolean last);
}
