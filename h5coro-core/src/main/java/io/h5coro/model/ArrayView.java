// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Elements of an array in another order, or some of them: what {@link #slice}, {@link #pick}, {@link #transpose} and
 * {@link #reshape} give. Nothing is copied; a change of the array shows in the view.
 *
 * <pre>{@code
 * H5Array confidence = file.read("/gt1l/heights/signal_conf_ph");
 * ArrayView land = confidence.slice("[0:100]").pick(1, 0);
 * int[] values = land.toInts();
 * H5Array array = land.copy();
 * }</pre>
 *
 * <p>A view is no {@link H5Array}: what takes one may look at its {@code values()}. {@link #copy()} makes one, and the
 * conversions copy as well. Methods that need elements one after the other say so.
 *
 * <p>Immutable, as far as the array is; then it is safe to share between threads.
 */
public final class ArrayView implements ArrayValues {
    private final H5Array array;
    private final Places places;
    private final Shape shape;
    private final int length;

    /** Makes the view of elements of {@code array}, all of which it has. */
    ArrayView(H5Array array, Places places) {
        this.array = array;
        this.places = places;
        this.shape = places.shape();
        this.length = places.count();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public ElementType type() {
        return array.type();
    }

    @Override
    public int length() {
        return length;
    }

    private int at(int i) {
        return places.at(Objects.checkIndex(i, length));
    }

    @Override
    public long getLong(int i) {
        return array.getLong(at(i));
    }

    @Override
    public long getBits(int i) {
        return array.getBits(at(i));
    }

    @Override
    public double getDouble(int i) {
        return array.getDouble(at(i));
    }

    @Override
    public BigInteger getBigInteger(int i) {
        return array.getBigInteger(at(i));
    }

    @Override
    public String getString(int i) {
        return array.getString(at(i));
    }

    @Override
    public Object get(int i) {
        return array.get(at(i));
    }

    @Override
    public ArrayView field(String name) {
        return new ArrayView(array.field(name), places);
    }

    @Override
    public ArrayView view() {
        return this;
    }

    @Override
    public ArrayView slice(Hyperslab slice) {
        Places part = places;
        int d = 0;
        for (Hyperslab.Range range : slice.within(shape)) {
            int from = Math.toIntExact(Objects.requireNonNull(range.start()));
            int to = Math.toIntExact(Objects.requireNonNull(range.stop()));
            part = part.within(d++, from, to, range.step());
        }
        return new ArrayView(array, part);
    }

    /**
     * Returns the elements of one index of a dimension; the dimension is gone. Nothing is copied.
     *
     * <p>Example: {@code pick(0, 3)} of a matrix is its fourth row, of shape (columns,).
     *
     * @param dimension 0 for the slowest
     * @throws IndexOutOfBoundsException when there is no such dimension, or no such index in it
     */
    public ArrayView pick(int dimension, int index) {
        return new ArrayView(array, places.without(Objects.checkIndex(dimension, shape.rank()), index));
    }

    @Override
    public ArrayView transpose(int... dimensions) {
        int rank = shape.rank();
        int[] order = dimensions.clone();
        if (order.length == 0) {
            order = new int[rank];
            Arrays.setAll(order, d -> rank - 1 - d);
        }
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        boolean each = sorted.length == rank;
        for (int d = 0; each && d < rank; d++) {
            each = sorted[d] == d;
        }
        if (!each) {
            throw new IllegalArgumentException(
                    Arrays.toString(dimensions) + " is no order of the dimensions of shape " + shape);
        }
        return new ArrayView(array, places.ordered(order));
    }

    @Override
    public ArrayView reshape(long... dimensions) {
        Shape other = inferred(dimensions);
        if (count(other) != length) {
            throw new IllegalArgumentException("shape " + other + " does not have " + length + " elements");
        }
        requireDense("reshape");
        Places all = Places.all(other);
        return new ArrayView(array, new Places(places.first(), all.lengths(), all.steps()));
    }

    private static long count(Shape shape) {
        try {
            return shape.elementCount();
        } catch (ArithmeticException overflow) {
            return Long.MAX_VALUE;
        }
    }

    /** The shape of which one length may be left open. */
    private Shape inferred(long[] dimensions) {
        long[] lengths = dimensions.clone();
        int open = -1;
        for (int d = 0; d < lengths.length && open < 0; d++) {
            open = lengths[d] == -1 ? d : -1;
        }
        if (open >= 0) {
            lengths[open] = 1;
            long others = count(Shape.of(lengths));
            if (others <= 0 || length % others != 0) {
                throw new IllegalArgumentException(
                        length + " elements have no shape " + Arrays.toString(dimensions) + ", whatever -1 is");
            }
            lengths[open] = length / others;
        }
        return Shape.of(lengths);
    }

    /** Returns whether the elements lie one after the other in the array, in the view's row-major order. */
    public boolean isContiguous() {
        return places.isDense();
    }

    private int requireDense(String what) {
        if (!places.isDense()) {
            throw new UnsupportedOperationException(
                    what + " needs elements that lie one after the other; those of this view do not: copy() it first");
        }
        return length == 0 ? 0 : places.first();
    }

    @Override
    public H5Array copy() {
        return ArrayCopies.of(array, places);
    }

    @Override
    public double[] toDoubles() {
        H5Array copy = copy();
        return copy instanceof DoubleArray doubles ? doubles.values() : copy.toDoubles();
    }

    @Override
    public double[] toDoublesLossy() {
        H5Array copy = copy();
        return copy instanceof DoubleArray doubles ? doubles.values() : copy.toDoublesLossy();
    }

    @Override
    public float[] toFloats() {
        H5Array copy = copy();
        return copy instanceof FloatArray floats ? floats.values() : copy.toFloats();
    }

    @Override
    public float[] toFloatsLossy() {
        H5Array copy = copy();
        return copy instanceof FloatArray floats ? floats.values() : copy.toFloatsLossy();
    }

    @Override
    public long[] toLongs() {
        return copy().toLongs();
    }

    @Override
    public long[] toLongsLossy() {
        return copy().toLongsLossy();
    }

    @Override
    public int[] toInts() {
        return copy().toInts();
    }

    @Override
    public int[] toIntsLossy() {
        return copy().toIntsLossy();
    }

    @Override
    public <T> T toNested(Class<T> arrayClass) {
        return copy().toNested(arrayClass);
    }

    /** Copies the elements first. */
    @Override
    public DoubleStream doubleStream() {
        return copy().doubleStream();
    }

    /** Copies the elements first. */
    @Override
    public LongStream longStream() {
        return copy().longStream();
    }

    @Override
    public FloatBuffer asFloatBuffer() {
        return array.asFloatBuffer().slice(requireDense("asFloatBuffer"), length);
    }

    @Override
    public DoubleBuffer asDoubleBuffer() {
        return array.asDoubleBuffer().slice(requireDense("asDoubleBuffer"), length);
    }

    @Override
    public LongBuffer asLongBuffer() {
        return array.asLongBuffer().slice(requireDense("asLongBuffer"), length);
    }

    @Override
    public IntBuffer asIntBuffer() {
        return array.asIntBuffer().slice(requireDense("asIntBuffer"), length);
    }

    @Override
    public ShortBuffer asShortBuffer() {
        return array.asShortBuffer().slice(requireDense("asShortBuffer"), length);
    }

    @Override
    public ByteBuffer asByteBuffer() {
        return array.asByteBuffer().slice(requireDense("asByteBuffer"), length);
    }

    /** Returns "view (3, 2) of " and the array's text. */
    @Override
    public String toString() {
        return "view " + shape + " of " + array;
    }
}
