// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.anndata;

import io.h5coro.model.EnumType;
import io.h5coro.model.H5Array;
import io.h5coro.model.StringType;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a column: values, of which some may be missing, or codes of categories. Immutable.
 *
 * <pre>{@code
 * AnnColumn kinds = cells.obs().read("cell_type").column("cell_type");
 * String first = kinds.isMissing(0) ? "-" : kinds.getString(0);
 * }</pre>
 */
public final class AnnColumn {
    private final String name;
    private final Values values;

    AnnColumn(String name, Values values) {
        this.name = name;
        this.values = values;
    }

    /** What is stored; codes where there are categories. */
    record Values(H5Array stored, BitSet missing, @Nullable H5Array categories, boolean ordered) {}

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns the number of rows. */
    public int length() {
        return values.stored.shape().rank() == 0
                ? 1
                : Math.toIntExact(values.stored.shape().dimension(0));
    }

    /**
     * Returns whether a row has no value: it is masked, or has no category. NaN is a value here.
     *
     * @throws IndexOutOfBoundsException when there is no such row
     */
    public boolean isMissing(int row) {
        return values.missing.get(Objects.checkIndex(row, length()));
    }

    /** Returns what is stored: the values, also those that are masked, or the codes of categories, -1 for none. */
    public H5Array stored() {
        return values.stored;
    }

    /** Returns the categories; empty when the values are none. */
    public Optional<H5Array> categories() {
        return Optional.ofNullable(values.categories);
    }

    /** Returns whether the categories have an order. */
    public boolean isOrdered() {
        return values.ordered;
    }

    /**
     * Returns a value as a text: the category, the text, or the digits.
     *
     * @throws IllegalStateException when it is missing
     */
    public String getString(int row) {
        int place = place(row);
        H5Array array = array();
        boolean isText = array.type() instanceof StringType || array.type() instanceof EnumType;
        return isText ? array.getString(place) : String.valueOf(array.get(place));
    }

    /**
     * Returns a value as a number.
     *
     * @throws IllegalStateException when it is missing
     * @throws UnsupportedOperationException when it is no number
     */
    public double getDouble(int row) {
        return array().getDouble(place(row));
    }

    /**
     * Returns a value as a whole number; a truth value is 0 or 1.
     *
     * @throws IllegalStateException when it is missing
     * @throws UnsupportedOperationException when it is none
     */
    public long getLong(int row) {
        return array().getLong(place(row));
    }

    private H5Array array() {
        return values.categories == null ? values.stored : values.categories;
    }

    private int place(int row) {
        if (isMissing(row)) {
            throw new IllegalStateException("row " + row + " of column '" + name + "' is missing");
        }
        return values.categories == null ? row : (int) values.stored.getLong(row);
    }

    /** Returns name, number of rows and of categories on one line. */
    @Override
    public String toString() {
        return name + " (" + length() + " rows"
                + categories()
                        .map(names -> ", " + names.length() + " categories)")
                        .orElse(")");
    }
}
