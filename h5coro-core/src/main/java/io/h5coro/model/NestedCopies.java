// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.lang.reflect.Array;
import java.math.BigInteger;

/** Copies arrays into arrays of arrays. Pure. */
final class NestedCopies {
    private NestedCopies() {}

    static <T> T of(H5Array array, Class<T> arrayClass) {
        int rank = 0;
        Class<?> of = arrayClass;
        while (of.isArray()) {
            rank++;
            of = of.componentType();
        }
        if (rank == 0 || rank != array.shape().rank()) {
            throw new IllegalArgumentException("values of shape " + array.shape() + " are no "
                    + arrayClass.getTypeName() + ", which has " + rank + " dimensions");
        }
        return arrayClass.cast(nested(flat(array, of, arrayClass), array.shape(), 0, new int[1]));
    }

    /** All elements in one array of the innermost class; not a copy where they are one. */
    private static Object flat(H5Array array, Class<?> of, Class<?> whole) {
        if (of == double.class) {
            return array instanceof DoubleArray same ? same.values() : array.toDoubles();
        }
        if (of == float.class) {
            return array instanceof FloatArray same ? same.values() : array.toFloats();
        }
        if (of == long.class) {
            return array.toLongs();
        }
        if (of == int.class) {
            return array.toInts();
        }
        if (of == short.class) {
            return Conversions.shorts(array);
        }
        if (of == byte.class) {
            return Conversions.bytes(array);
        }
        if (of == BigInteger.class || of == String.class || of == Object.class) {
            return Conversions.objects(array, of);
        }
        throw new IllegalArgumentException("no values become " + whole.getTypeName());
    }

    /** The elements from {@code next[0]} on under the dimensions from {@code d} on. */
    private static Object nested(Object flat, Shape shape, int d, int[] next) {
        int length = Math.toIntExact(shape.dimension(d));
        Class<?> of = flat.getClass().componentType();
        if (d == shape.rank() - 1) {
            Object row = Array.newInstance(of, length);
            System.arraycopy(flat, next[0], row, 0, length);
            next[0] += length;
            return row;
        }
        int[] lengths = new int[shape.rank() - d];
        lengths[0] = length;
        Object[] rows = (Object[]) Array.newInstance(of, lengths);
        for (int i = 0; i < length; i++) {
            rows[i] = nested(flat, shape, d + 1, next);
        }
        return rows;
    }
}
