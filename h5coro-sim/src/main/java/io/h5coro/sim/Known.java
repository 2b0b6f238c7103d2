// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.util.Arrays;
import java.util.List;

/**
 * A dataset of which the values are known.
 *
 * @param shape its dimensions
 * @param values canonical bytes of each element in row-major order, by the variant of the file
 */
record Known(String path, List<Long> shape, List<List<byte[]>> values) {
    /**
     * Whether the values of a slice are those of a variant of the file.
     *
     * @param got canonical bytes of its elements
     */
    boolean isOf(int variant, Slice slice, List<byte[]> got) {
        int[] wanted = slice.elements(shape);
        List<byte[]> all = values.get(variant);
        if (wanted.length != got.size()) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!Arrays.equals(all.get(wanted[i]), got.get(i))) {
                return false;
            }
        }
        return true;
    }
}
