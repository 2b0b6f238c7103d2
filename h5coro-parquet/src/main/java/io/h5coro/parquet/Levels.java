// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import io.h5coro.export.format.ColumnValues;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Levels of repetition and definition of the values of a page: at which list a value goes on, and how many lists around
 * it have elements. Confined to one thread.
 *
 * <p>Example: rows [[1, 2], [3]] and [[]] of two lists each. Repetition 0 2 1 0: 1 begins a row, 2 goes on in the inner
 * list, 3 in the outer one, and the empty list begins a row. Definition 2 2 2 1: all lists have elements but the last,
 * which only the outer one has.
 */
final class Levels {
    private final Leaf.Values values;
    private byte[] repetition = new byte[1024];
    private byte[] definition = new byte[1024];
    private int count;

    Levels(Leaf.Values values) {
        this.values = values;
    }

    /** The number of levels, which is that of values where no list is empty. */
    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /** Adds those of one row. */
    void addRow(int row) {
        add(new Way(0, 0, 0), row, 0);
    }

    /** How far a walk through the lists has come. */
    private record Way(int step, int lists, int sequences) {}

    private void add(Way way, int index, int repeated) {
        if (way.step == values.leaf().steps().size()) {
            boolean isNull = ColumnValues.isMissing(values.leaf().type(), values.array(), index);
            put(repeated, values.leaf().definitions() - (isNull ? 1 : 0));
            return;
        }
        Leaf.Step step = values.leaf().steps().get(way.step);
        if (!step.isList()) {
            add(new Way(way.step + 1, way.lists, way.sequences), index, repeated);
            return;
        }
        boolean fixed = step.kind() == Leaf.Kind.FIXED;
        int from = fixed
                ? index * step.number()
                : values.sequences().get(way.sequences).offset(index);
        int to = fixed
                ? from + step.number()
                : values.sequences().get(way.sequences).offset(index + 1);
        if (from == to) {
            put(repeated, way.lists);
        }
        Way inner = new Way(way.step + 1, way.lists + 1, way.sequences + (fixed ? 0 : 1));
        for (int i = from; i < to; i++) {
            add(inner, i, i == from ? repeated : way.lists + 1);
        }
    }

    private void put(int repeated, int defined) {
        if (count == repetition.length) {
            repetition = Arrays.copyOf(repetition, 2 * count);
            definition = Arrays.copyOf(definition, 2 * count);
        }
        repetition[count] = (byte) repeated;
        definition[count++] = (byte) defined;
    }

    /**
     * Writes both, each behind its length, as runs of equal levels and groups of eight packed ones. What has one level
     * only is left out.
     */
    void writeTo(ByteArrayOutputStream out) {
        write(repetition, values.leaf().lists(), out);
        write(definition, values.leaf().definitions(), out);
    }

    private void write(byte[] levels, int highest, ByteArrayOutputStream out) {
        if (highest == 0) {
            return;
        }
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(highest);
        byte[] runs = new LevelRuns(levels, width).encoded(count);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(runs.length >>> shift);
        }
        out.writeBytes(runs);
    }
}
