// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export;

import io.h5coro.Dataset;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Says which datasets are written with other values than those that are stored, such as numbers that a scale and an
 * offset have packed.
 *
 * <pre>{@code
 * ColumnDecoder halves = dataset -> Optional.of(new ColumnDecoder.Decoding(DOUBLE, values -> halvesOf(values)));
 * Export.to("csv").withDecoder(halves).write(file, requests, target);
 * }</pre>
 */
@FunctionalInterface
public interface ColumnDecoder {
    /** Returns how a dataset's values are decoded; empty when they are written as they are stored. */
    Optional<Decoding> decoding(Dataset dataset);

    /**
     * How values are decoded.
     *
     * @param type of the decoded elements
     * @param values makes them of stored ones, which may be any part of the dataset; the result has the same number of
     *     elements in the same order
     */
    record Decoding(ElementType type, UnaryOperator<H5Array> values) {}
}
