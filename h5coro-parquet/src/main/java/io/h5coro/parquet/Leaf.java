// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.model.H5Array;
import io.h5coro.model.SequenceArray;
import java.util.ArrayList;
import java.util.List;

/**
 * A column as Parquet has it: the values of one type that are in a column of a table, with what leads to them.
 * Immutable.
 *
 * <p>The values of rows [a, b) are those of one range of one array, since arrays hold what is nested in them in the
 * order of the rows. Parts of complex numbers are every second element of that range.
 *
 * @param names what {@code path_in_schema} is
 * @param steps what leads from a row to its values
 * @param type of the values
 */
record Leaf(List<String> names, List<Step> steps, ColumnType type) {
    /** Copies the lists. */
    Leaf {
        names = List.copyOf(names);
        steps = List.copyOf(steps);
    }

    /** What leads to values that are in others. */
    enum Kind {
        /** To the elements of lists of {@link Step#number} elements. */
        FIXED,
        /** To the elements of lists of any length. */
        LISTING,
        /** To the member at {@link Step#number}. */
        MEMBER,
        /** To the real or the imaginary parts: {@link Step#number} 0 or 1. */
        PART
    }

    /** A step on the way to values. */
    record Step(Kind kind, int number) {
        boolean isList() {
            return kind == Kind.FIXED || kind == Kind.LISTING;
        }
    }

    /** The number of lists around a value: the highest level of repetition. */
    int lists() {
        return (int) steps.stream().filter(Step::isList).count();
    }

    /** The highest level of definition: one for each list, and one when the value may be missing. */
    int definitions() {
        return lists() + (type instanceof ColumnType.Nullable ? 1 : 0);
    }

    /** The distance between two values. */
    int stride() {
        return steps.stream().anyMatch(step -> step.kind == Kind.PART) ? 2 : 1;
    }

    /** The arrays on the way to the values of some rows: those of sequences, and last that of the values. */
    Values of(H5Array column) {
        List<SequenceArray> sequences = new ArrayList<>();
        H5Array array = column;
        for (Step step : steps) {
            switch (step.kind) {
                case LISTING -> {
                    SequenceArray lists = ColumnValues.sequences(array);
                    sequences.add(lists);
                    array = lists.elements();
                }
                case MEMBER -> array = ColumnValues.member(array, step.number);
                case PART -> array = ColumnValues.parts(array);
                case FIXED -> {
                    // Its elements are in the same array.
                }
            }
        }
        return new Values(this, sequences, ColumnValues.elements(array));
    }

    /**
     * The values of some rows.
     *
     * @param leaf what they are
     * @param sequences lists of any length on the way to them, the outermost first
     * @param array holds them
     */
    record Values(Leaf leaf, List<SequenceArray> sequences, H5Array array) {
        /** The index in the array of the first value of a row; that of the next row is the end of this one. */
        int start(int row) {
            long index = row;
            int lists = 0;
            for (Step step : leaf.steps) {
                switch (step.kind) {
                    case FIXED -> index *= step.number;
                    case LISTING -> index = sequences.get(lists++).offset((int) index);
                    case PART -> index = 2 * index + step.number;
                    case MEMBER -> {
                        // At the same index of another array.
                    }
                }
            }
            return Math.toIntExact(index);
        }

        /** The number of values of the rows {@code [from, to)}. */
        int count(int from, int to) {
            return (start(to) - start(from)) / leaf.stride();
        }
    }
}
