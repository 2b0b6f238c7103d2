// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;

/**
 * Memory of the caller that takes the values of one request: a part of an array, or what remains of a buffer, on the
 * heap or outside of it. Immutable, as far as its memory is.
 *
 * <pre>{@code
 * float[] all = new float[14_000];
 * DatasetRequest heights = DatasetRequest.of("/gt1l/heights/h_ph");
 * CompletableFuture<Destination.Filled> filled = file.readInto(heights, Destination.of(all, 7000));
 * long count = filled.join().length();
 * }</pre>
 *
 * <p>The memory decides which types it takes; the values are stored as the arrays of {@link H5Array} have them.
 *
 * <ul>
 *   <li>{@code float} and {@code double}: IEEE numbers of four and eight bytes
 *   <li>{@code byte}, {@code short}, {@code int}, {@code long}: whole numbers, enumerations, bit fields and times of
 *       that size which use all their bits. Unsigned ones keep their bits
 *   <li>a {@code ByteBuffer}: all of these, in the order of bytes that it had when the destination was made
 * </ul>
 */
public final class Destination {
    private final Object memory;
    private final int offset;
    private final int length;

    private Destination(Object memory, int arrayLength, int offset) {
        this.memory = memory;
        this.offset = Objects.checkFromToIndex(offset, arrayLength, arrayLength);
        this.length = arrayLength - offset;
    }

    private Destination(Buffer buffer, Buffer own) {
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException("a buffer that is read only takes no values");
        }
        boolean onHeap = buffer.hasArray() && !(buffer instanceof ByteBuffer);
        this.memory = onHeap ? buffer.array() : own;
        this.offset = buffer.position() + (onHeap ? buffer.arrayOffset() : 0);
        this.length = buffer.remaining();
    }

    /**
     * Takes the elements of an array from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException when the offset is not in {@code 0 … values.length}
     */
    public static Destination of(float[] values, int offset) {
        return new Destination(values, values.length, offset);
    }

    /** Takes the elements of an array from {@code offset} on; see {@link #of(float[], int)}. */
    public static Destination of(double[] values, int offset) {
        return new Destination(values, values.length, offset);
    }

    /** Takes the elements of an array from {@code offset} on; see {@link #of(float[], int)}. */
    public static Destination of(long[] values, int offset) {
        return new Destination(values, values.length, offset);
    }

    /** Takes the elements of an array from {@code offset} on; see {@link #of(float[], int)}. */
    public static Destination of(int[] values, int offset) {
        return new Destination(values, values.length, offset);
    }

    /** Takes the elements of an array from {@code offset} on; see {@link #of(float[], int)}. */
    public static Destination of(short[] values, int offset) {
        return new Destination(values, values.length, offset);
    }

    /** Takes the elements of an array from {@code offset} on; see {@link #of(float[], int)}. */
    public static Destination of(byte[] values, int offset) {
        return new Destination(values, values.length, offset);
    }

    /**
     * Takes the elements of a buffer from its position to its limit, as both are now. They are not changed.
     *
     * @throws IllegalArgumentException when the buffer is read only
     */
    public static Destination of(FloatBuffer buffer) {
        return new Destination(buffer, buffer.duplicate());
    }

    /** Takes the elements of a buffer from its position to its limit; see {@link #of(FloatBuffer)}. */
    public static Destination of(DoubleBuffer buffer) {
        return new Destination(buffer, buffer.duplicate());
    }

    /** Takes the elements of a buffer from its position to its limit; see {@link #of(FloatBuffer)}. */
    public static Destination of(LongBuffer buffer) {
        return new Destination(buffer, buffer.duplicate());
    }

    /** Takes the elements of a buffer from its position to its limit; see {@link #of(FloatBuffer)}. */
    public static Destination of(IntBuffer buffer) {
        return new Destination(buffer, buffer.duplicate());
    }

    /** Takes the elements of a buffer from its position to its limit; see {@link #of(FloatBuffer)}. */
    public static Destination of(ShortBuffer buffer) {
        return new Destination(buffer, buffer.duplicate());
    }

    /**
     * Takes the bytes of a buffer from its position to its limit, as both are now, for elements of any of the types.
     * They are not changed.
     *
     * @throws IllegalArgumentException when the buffer is read only
     */
    public static Destination of(ByteBuffer buffer) {
        return new Destination(buffer, buffer.duplicate().order(buffer.order()));
    }

    /** Returns the array, or the buffer where it has no array of its element type. */
    public Object memory() {
        return memory;
    }

    /** Returns the index of the first element that is filled; of a {@code ByteBuffer} of the first byte. */
    public int offset() {
        return offset;
    }

    /** Returns the number of elements that there is room for; of a {@code ByteBuffer} of bytes. */
    public int length() {
        return length;
    }

    /** Returns the kind of memory and its room, such as "float[] of 7000 elements from 7000 on". */
    @Override
    public String toString() {
        String kind = memory.getClass().isArray()
                ? memory.getClass().getSimpleName()
                : memory instanceof ByteBuffer ? "ByteBuffer" : "buffer";
        return kind + " with room for " + length + (kind.equals("ByteBuffer") ? " bytes" : " elements") + " from "
                + offset + " on";
    }

    /**
     * What was read into a destination. Immutable.
     *
     * @param type type of the elements in the file
     * @param shape shape of the values, which are in row-major order
     */
    public record Filled(ElementType type, Shape shape) {
        /** Returns the number of elements that were stored, from the destination's offset on. */
        public long length() {
            return shape.elementCount();
        }
    }
}
