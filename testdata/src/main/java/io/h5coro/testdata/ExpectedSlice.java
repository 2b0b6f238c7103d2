// SPDX-License-Identifier: Apache-2.0
package io.h5coro.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What libhdf5 reads from one hyperslab of a dataset.
 *
 * @param selection half-open ranges such as {@code [2:9, 1:7:3]}; a missing trailing dimension is whole
 * @param shape number of selected elements along every dimension of the dataset
 * @param sha256 hash of the canonical bytes, lower-case hexadecimal
 * @param values the elements in row-major order, absent when they are more than a few
 */
public record ExpectedSlice(String selection, List<Long> shape, String sha256, Optional<JsonNode> values) {
    /** Copies the list. */
    public ExpectedSlice {
        shape = List.copyOf(shape);
    }
}
