// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export;

import io.h5coro.Dataset;
import io.h5coro.export.format.ColumnType;
import io.h5coro.export.internal.source.ColumnTypes;
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
     * @param joined number of the last dimensions whose elements become one: 1 when characters become texts, mostly 0
     * @param values makes them of stored ones, which may be any part of the dataset that has the joined dimensions
     *     whole; the result has an element for each stored one, or for each of those that are joined, in the same order
     */
    record Decoding(ColumnType type, int joined, UnaryOperator<H5Array> values) {
        /** Decodes each element by itself to one of another type of HDF5. */
        public Decoding(ElementType type, UnaryOperator<H5Array> values) {
            this(ColumnTypes.of(type), 0, values);
        }
    }
}
