// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * An array of sequences of variable length, stored as one concatenated array of elements.
 *
 * <pre>{@code
 * if (file.read("/gt1l/heights/h_ph") instanceof SequenceArray sequences) {
 *     double[] first = sequences.get(0).toDoubles();
 * }
 * }</pre>
 */
public final class SequenceArray implements H5Array {
    private final SequenceType type;
    private final Shape shape;
    private final H5Array elements;
    private final int[] offsets;
    private final BitSet nil;

    /**
     * Wraps the values without copying them.
     *
     * @param elements elements of all sequences, concatenated
     * @param offsets index of the first element of each sequence, and at the end the number of all elements
     * @param nil the sequences that were never written
     * @throws IllegalArgumentException when the shape has another number of elements than there are sequences
     */
    public SequenceArray(SequenceType type, Shape shape, H5Array elements, int[] offsets, BitSet nil) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, offsets.length - 1);
        this.elements = elements;
        this.offsets = offsets;
        this.nil = nil;
    }

    @Override
    public SequenceType type() {
        return type;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int length() {
        return offsets.length - 1;
    }

    @Override
    public SequenceArray copyOfRange(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        int[] part = Arrays.copyOfRange(offsets, from, to + 1);
        int first = part[0];
        for (int i = 0; i < part.length; i++) {
            part[i] -= first;
        }
        return new SequenceArray(
                type, Shape.of(to - from), elements.copyOfRange(first, offsets[to]), part, nil.get(from, to));
    }

    @Override
    public SequenceArray withShape(Shape other) {
        return new SequenceArray(type, other, elements, offsets, nil);
    }

    /** Returns whether sequence i is a nil reference, which means that it was never written. It has no element. */
    public boolean isNil(int i) {
        return nil.get(Objects.checkIndex(i, length()));
    }

    /** Copies the elements of sequence i into an array of one dimension. */
    @Override
    public H5Array get(int i) {
        return elements.copyOfRange(offsets[i], offsets[i + 1]);
    }

    /** Returns the elements of all sequences, concatenated. */
    public H5Array elements() {
        return elements;
    }

    /**
     * Returns the index of the first element of sequence i in {@link #elements()}.
     *
     * @param i 0 to {@code length()}; for {@code length()} the result is the number of all elements
     */
    public int offset(int i) {
        return offsets[i];
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
