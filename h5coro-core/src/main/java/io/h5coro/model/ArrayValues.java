// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Values with a shape: an array that was read ({@link H5Array}), or a view of one ({@link ArrayView}).
 *
 * <pre>{@code
 * H5Array heights = file.read("/gt1l/heights/h_ph");
 * double[] metres = heights.toDoubles();
 * double first = heights.getDouble(0);
 * float[][] rows = heights.reshape(70, 100).transpose().toNested(float[][].class);
 * }</pre>
 *
 * <p>Element i, {@code 0 <= i < length()}, is the i-th element in row-major order of {@link #shape()}. A method with
 * several indices takes one index for each dimension; one with a single {@code int} takes that i.
 *
 * <p>Conversions are exact whatever the stored type is: enumerations (and with them h5py's booleans) give their number,
 * bit fields and unsigned numbers are never negative, half floats, bfloats and other small floats are widened, whole
 * numbers may become floating-point ones and the other way round. A value that the wanted type does not have makes the
 * conversion fail with {@link InexactValueException}, which names it. -0.0 becomes the whole number 0. The conversions
 * that end with {@code Lossy} round instead. Values that are no numbers (texts, records, complex numbers, sequences)
 * make all of them fail with {@link UnsupportedOperationException}.
 */
public sealed interface ArrayValues permits H5Array, ArrayView {
    /** Returns the lengths of the dimensions, slowest first; "()" for a single value. */
    Shape shape();

    /** Returns the type of the elements in the file. */
    ElementType type();

    /** Returns the number of elements. */
    int length();

    /**
     * Returns element i as a {@code long}. Unsigned numbers are widened as unsigned; enumerations give their number.
     *
     * @throws ArithmeticException when a number does not fit, such as an unsigned one above 2^63 - 1
     * @throws UnsupportedOperationException when the elements are not whole numbers
     */
    long getLong(int i);

    /**
     * Returns the 64 bits of element i: those of {@link #getLong(int)}, and also those of an unsigned number above 2^63
     * - 1, for {@link Long#toUnsignedString(long)} and the like.
     *
     * @throws ArithmeticException when the number has more than 64 bits
     * @throws UnsupportedOperationException when the elements are not whole numbers
     */
    long getBits(int i);

    /**
     * Returns element i as a {@code double}. It is exact for whole numbers of up to 53 bits and for floating-point
     * numbers of up to 64 bits, and otherwise the nearest double.
     *
     * @throws UnsupportedOperationException when the elements are not numbers
     */
    double getDouble(int i);

    /**
     * Returns element i as a {@code BigInteger}, which is exact for every whole number.
     *
     * @throws UnsupportedOperationException when the elements are not whole numbers
     */
    BigInteger getBigInteger(int i);

    /**
     * Returns element i as text: a string, or the name of an enumeration's number. A number without a name gives its
     * digits.
     *
     * @throws UnsupportedOperationException when the elements are neither strings nor enumerations
     */
    String getString(int i);

    /**
     * Returns element i as an object of a class that follows from the type alone.
     *
     * <ul>
     *   <li>whole numbers, enumerations and bit fields: {@code Integer} up to 16 bits, and 32 when signed;
     *       {@code Long} for unsigned ones of up to 32 bits and signed ones of up to 64; else {@code BigInteger}. Sizes
     *       are those of the array's class
     *   <li>floating-point numbers: {@code Float} where every number of the type is one, else {@code Double}
     *   <li>texts: {@code String}; opaque elements: {@code byte[]}; references: {@link Reference}
     *   <li>records: an unmodifiable {@code Map} of the members' names, in their order, to such objects
     *   <li>sequences and arrays: {@link H5Array}; complex numbers: an {@link H5Array} of both parts
     * </ul>
     *
     * @return never null
     * @throws InexactValueException for a floating-point number that no {@code double} is
     */
    Object get(int i);

    /**
     * Returns the element at some indices as {@link #get(int)} does.
     *
     * @param indices one for each dimension
     * @throws IllegalArgumentException when there are more or fewer indices than dimensions
     * @throws IndexOutOfBoundsException when an index is outside of its dimension
     */
    default Object get(int... indices) {
        return get(Places.position(shape(), indices));
    }

    /**
     * Returns the element at some indices as {@link #getDouble(int)} does.
     *
     * @param indices one for each dimension
     * @throws IllegalArgumentException when there are more or fewer indices than dimensions
     * @throws IndexOutOfBoundsException when an index is outside of its dimension
     */
    default double getDouble(int... indices) {
        return getDouble(Places.position(shape(), indices));
    }

    /** Returns the element at some indices, one for each dimension, as {@link #getLong(int)} does. */
    default long getLong(int... indices) {
        return getLong(Places.position(shape(), indices));
    }

    /** Returns the element at some indices, one for each dimension, as {@link #getString(int)} does. */
    default String getString(int... indices) {
        return getString(Places.position(shape(), indices));
    }

    /** Copies all elements into an array of the same shape and type. */
    H5Array copy();

    /**
     * Returns all elements in row-major order as doubles, in a new array.
     *
     * @throws InexactValueException when an element is not exactly a {@code double}
     * @throws UnsupportedOperationException when the elements are not numbers
     */
    double[] toDoubles();

    /** Returns all elements as {@link #toDoubles()} does, each as the nearest {@code double}. */
    double[] toDoublesLossy();

    /**
     * Returns all elements in row-major order as floats, in a new array.
     *
     * @throws InexactValueException when an element is not exactly a {@code float}
     * @throws UnsupportedOperationException when the elements are not numbers
     */
    float[] toFloats();

    /**
     * Returns all elements as {@link #toFloats()} does, each as the nearest {@code float}; one that is too large
     * becomes infinite. A number that no {@code double} is (as of 80 or 128 bits) is rounded to that first.
     */
    float[] toFloatsLossy();

    /**
     * Returns all elements in row-major order as whole numbers, in a new array.
     *
     * @throws InexactValueException when an element is not exactly a {@code long}, or is a floating-point number that
     *     no {@code double} is
     * @throws UnsupportedOperationException when the elements are not numbers
     */
    long[] toLongs();

    /**
     * Returns all elements as {@link #toLongs()} does, without what follows the decimal point.
     *
     * @throws InexactValueException when an element is NaN or out of the range of a {@code long}, or is no
     *     {@code double} (as of 80 or 128 bits) and its nearest one is a whole number, which may be another one
     */
    long[] toLongsLossy();

    /**
     * Returns all elements in row-major order as whole numbers, in a new array.
     *
     * @throws InexactValueException when an element is not exactly an {@code int}
     * @throws UnsupportedOperationException when the elements are not numbers
     */
    int[] toInts();

    /**
     * Returns all elements as {@link #toInts()} does, without what follows the decimal point.
     *
     * @throws InexactValueException when an element is NaN or out of the range of an {@code int}, or for what
     *     {@link #toLongsLossy()} fails
     */
    int[] toIntsLossy();

    /**
     * Returns all elements as an array of arrays, such as {@code toNested(float[][].class)} for two dimensions.
     *
     * @param arrayClass has as many dimensions as this array, at least one, and elements of {@code double},
     *     {@code float}, {@code long}, {@code int}, {@code short} or {@code byte}, {@link BigInteger}, {@link String}
     *     or {@link Object} ({@link #get(int)}). Numbers are converted exactly
     * @return new arrays
     * @throws IllegalArgumentException when the class is none of these, or has another number of dimensions
     * @throws InexactValueException when an element is not exactly one of that class
     * @throws UnsupportedOperationException when the elements cannot be of that class
     */
    <T> T toNested(Class<T> arrayClass);

    /**
     * Returns all elements in row-major order as doubles, one after the other.
     *
     * @throws InexactValueException by the stream, when an element is not exactly a {@code double}
     * @throws UnsupportedOperationException by the stream, when the elements are not numbers
     */
    DoubleStream doubleStream();

    /**
     * Returns all elements in row-major order as whole numbers, one after the other.
     *
     * @throws InexactValueException by the stream, when an element is not exactly a {@code long}
     * @throws UnsupportedOperationException by the stream, when the elements are not numbers
     */
    LongStream longStream();

    /** Returns all elements in row-major order as {@link #get(int)} gives them, one after the other. */
    default Stream<Object> stream() {
        return IntStream.range(0, length()).mapToObj(this::get);
    }

    /**
     * Returns the values of one member of records. Nothing is copied.
     *
     * @param name as {@link CompoundType.Member#name()} gives it
     * @throws UnsupportedOperationException when the elements are not compounds
     * @throws IllegalArgumentException when there is no member of that name
     */
    ArrayValues field(String name);

    /** Returns all elements as a view. Nothing is copied. */
    ArrayView view();

    /**
     * Returns a part of the elements. Nothing is copied.
     *
     * @throws IllegalArgumentException when the slice does not fit the shape
     */
    default ArrayView slice(Hyperslab slice) {
        return view().slice(slice);
    }

    /**
     * Returns a part of the elements by its text form, such as "[0:10, ::2]". Nothing is copied.
     *
     * @throws IllegalArgumentException when the text is not a slice ({@link Hyperslab#parse(String)}), or does not fit
     */
    default ArrayView slice(String slice) {
        return slice(Hyperslab.parse(slice));
    }

    /**
     * Returns the elements with their dimensions in another order. Nothing is copied.
     *
     * @param dimensions the new order, each of {@code 0 … rank - 1} once; none for the reverse order
     * @throws IllegalArgumentException when it is no order of the dimensions
     */
    default ArrayView transpose(int... dimensions) {
        return view().transpose(dimensions);
    }

    /**
     * Returns the elements, in the same row-major order, under another shape. Nothing is copied.
     *
     * @param dimensions the new lengths; one of them may be -1 and follows from the others
     * @throws IllegalArgumentException when the shape has another number of elements
     * @throws UnsupportedOperationException when the elements of a view do not lie one after the other in its array,
     *     as after {@link #transpose}: {@link #copy()} it first
     */
    default ArrayView reshape(long... dimensions) {
        return view().reshape(dimensions);
    }

    /**
     * Returns the elements as a buffer that shares the memory of the array: what is put into it changes the array, and
     * the other way round. It belongs to the caller as the array does, and is in row-major order.
     *
     * @return position 0, limit {@link #length()}
     * @throws UnsupportedOperationException when the array is no {@link FloatArray}, or a view of one whose elements do
     *     not lie one after the other: {@link #copy()} it first
     */
    FloatBuffer asFloatBuffer();

    /** Returns the elements of a {@link DoubleArray} as a buffer that shares its memory; see {@link #asFloatBuffer}. */
    DoubleBuffer asDoubleBuffer();

    /** Returns the elements of a {@link LongArray} as a buffer that shares its memory; see {@link #asFloatBuffer}. */
    LongBuffer asLongBuffer();

    /** Returns the elements of an {@link IntArray} as a buffer that shares its memory; see {@link #asFloatBuffer}. */
    IntBuffer asIntBuffer();

    /** Returns the elements of a {@link ShortArray} as a buffer that shares its memory; see {@link #asFloatBuffer}. */
    ShortBuffer asShortBuffer();

    /** Returns the elements of a {@link ByteArray} as a buffer that shares its memory; see {@link #asFloatBuffer}. */
    ByteBuffer asByteBuffer();
}
