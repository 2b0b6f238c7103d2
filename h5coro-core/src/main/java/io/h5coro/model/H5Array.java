// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The values of a dataset, a slice or an attribute: a shape, an element type, and one flat array in row-major order.
 * Element i of an accessor, {@code 0 <= i < length()}, is the i-th element in row-major order of {@link #shape()}.
 *
 * <p>The permitted classes say how values are stored in memory; {@link #type()} says what they are in the file:
 *
 * <pre>{@code
 * H5Array array = file.read("/gt1l/heights/h_ph");
 * if (array instanceof FloatArray floats) {
 *     float[] values = floats.values();
 * }
 * double[] metres = array.toDoubles();
 * double first = array.getDouble(0);
 * }</pre>
 *
 * <p>{@link ArrayValues} has what all arrays can: conversions, views that copy nothing, streams, buffers.
 *
 * <p>Accessors are exact: one that cannot give the stored value exactly throws, except where its description says that
 * it rounds.
 *
 * <p>The backing array that {@code values()} of a class returns belongs to the caller; changing it changes this object.
 * An array that is not changed is safe to share between threads.
 */
public sealed interface H5Array extends ArrayValues
        permits ByteArray,
                ShortArray,
                IntArray,
                LongArray,
                BigIntegerArray,
                FloatArray,
                DoubleArray,
                WideFloatArray,
                StringArray,
                OpaqueArray,
                ReferenceArray,
                CompoundArray,
                SequenceArray,
                NestedArray,
                ComplexArray {
    /** Copies the elements {@code [from, to)} in row-major order into an array of one dimension. */
    H5Array copyOfRange(int from, int to);

    /**
     * Returns the same values under another shape. The backing array is shared.
     *
     * @throws IllegalArgumentException when the shape has another number of elements
     */
    H5Array withShape(Shape shape);

    @Override
    default H5Array copy() {
        return copyOfRange(0, length()).withShape(shape());
    }

    @Override
    default long getLong(int i) {
        throw no("whole numbers");
    }

    @Override
    default long getBits(int i) {
        return getLong(i);
    }

    @Override
    default double getDouble(int i) {
        throw no("numbers");
    }

    @Override
    default BigInteger getBigInteger(int i) {
        return BigInteger.valueOf(getLong(i));
    }

    @Override
    default String getString(int i) {
        throw no("strings");
    }

    @Override
    default Object get(int i) {
        return BoxedValues.of(this, Objects.checkIndex(i, length()));
    }

    @Override
    default H5Array field(String name) {
        throw no("compounds");
    }

    @Override
    default ArrayView view() {
        return new ArrayView(this, Places.all(shape()));
    }

    @Override
    default double[] toDoubles() {
        return Conversions.doubles(this, false);
    }

    @Override
    default double[] toDoublesLossy() {
        return Conversions.doubles(this, true);
    }

    @Override
    default float[] toFloats() {
        return Conversions.floats(this, false);
    }

    @Override
    default float[] toFloatsLossy() {
        return Conversions.floats(this, true);
    }

    @Override
    default long[] toLongs() {
        return Conversions.longs(this, false);
    }

    @Override
    default long[] toLongsLossy() {
        return Conversions.longs(this, true);
    }

    @Override
    default int[] toInts() {
        return Conversions.ints(this, false);
    }

    @Override
    default int[] toIntsLossy() {
        return Conversions.ints(this, true);
    }

    @Override
    default <T> T toNested(Class<T> arrayClass) {
        return NestedCopies.of(this, arrayClass);
    }

    @Override
    default DoubleStream doubleStream() {
        return IntStream.range(0, length()).mapToDouble(i -> Conversions.doubleAt(this, i));
    }

    @Override
    default LongStream longStream() {
        return IntStream.range(0, length()).mapToLong(i -> Conversions.longAt(this, i));
    }

    @Override
    default FloatBuffer asFloatBuffer() {
        throw no("of a float[]");
    }

    @Override
    default DoubleBuffer asDoubleBuffer() {
        throw no("of a double[]");
    }

    @Override
    default LongBuffer asLongBuffer() {
        throw no("of a long[]");
    }

    @Override
    default IntBuffer asIntBuffer() {
        throw no("of an int[]");
    }

    @Override
    default ShortBuffer asShortBuffer() {
        throw no("of a short[]");
    }

    @Override
    default ByteBuffer asByteBuffer() {
        throw no("of a byte[]");
    }

    /**
     * Returns type, shape and the first values on one line of bounded length, such as "float32 (7000,) [1811.2, 1800.3,
     * …]".
     */
    @Override
    String toString();

    private UnsupportedOperationException no(String what) {
        return new UnsupportedOperationException("elements of type " + type().shortName() + " are not " + what);
    }
}
