// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Copies elements of an array by their places into an array in which they lie one after the other. Pure. */
final class ArrayCopies {
    private ArrayCopies() {}

    /** Places in an array, in the order in which their elements are copied. */
    interface Order {
        /** Number of elements. */
        int count();

        /** The shape under which the elements are copied. */
        Shape shape();

        /** Takes note of all places, in their order. */
        void forEachRun(Run run);

        /** The places of all parts of the elements, so many of each, in an array of parts. */
        Order parts(int each);
    }

    /** Takes places at equal distances, and the number of elements that came before. */
    interface Run {
        void accept(int from, int step, int count, int into);
    }

    /** The elements at some places, under the shape of these. */
    static H5Array of(H5Array array, Order places) {
        Shape shape = places.shape();
        if (array instanceof ByteArray a) {
            return new ByteArray(a.type(), shape, bytes(a.values(), places));
        }
        if (array instanceof ShortArray a) {
            return new ShortArray(a.type(), shape, shorts(a.values(), places));
        }
        if (array instanceof IntArray a) {
            return new IntArray(a.type(), shape, ints(a.values(), places));
        }
        if (array instanceof LongArray a) {
            return new LongArray(a.type(), shape, longs(a.values(), places));
        }
        if (array instanceof FloatArray a) {
            return new FloatArray(a.type(), shape, floats(a.values(), places));
        }
        if (array instanceof DoubleArray a) {
            return new DoubleArray(a.type(), shape, doubles(a.values(), places));
        }
        return composed(array, shape, places);
    }

    private static H5Array composed(H5Array array, Shape shape, Order places) {
        if (array instanceof CompoundArray a) {
            List<H5Array> fields = new ArrayList<>();
            a.fields().forEach(field -> fields.add(of(field, places)));
            return new CompoundArray(a.type(), shape, fields);
        }
        if (array instanceof ComplexArray a) {
            return new ComplexArray(a.type(), shape, flat(of(a.parts(), places.parts(2))));
        }
        if (array instanceof NestedArray a) {
            int each = Math.toIntExact(a.type().shape().elementCount());
            return new NestedArray(a.type(), shape, flat(of(a.elements(), places.parts(each))));
        }
        if (array instanceof OpaqueArray a) {
            return new OpaqueArray(
                    a.type(), shape, bytes(a.bytes(), places.parts(a.type().size())));
        }
        if (array instanceof WideFloatArray a) {
            BitSet exact = new BitSet();
            places.forEachRun((from, step, count, into) -> {
                for (int k = 0; k < count; k++) {
                    exact.set(into + k, a.isExact(from + k * step));
                }
            });
            byte[] raw = bytes(a.bytes(), places.parts(a.type().size()));
            return new WideFloatArray(a.type(), shape, raw, doubles(a.nearest(), places), exact);
        }
        return objects(array, shape, places);
    }

    private static H5Array objects(H5Array array, Shape shape, Order places) {
        if (array instanceof BigIntegerArray a) {
            BigInteger[] values = new BigInteger[places.count()];
            places.forEachRun((from, step, count, into) -> {
                for (int k = 0; k < count; k++) {
                    values[into + k] = a.values()[from + k * step];
                }
            });
            return new BigIntegerArray(a.type(), shape, values);
        }
        if (array instanceof ReferenceArray a) {
            List<Reference> values = new ArrayList<>(places.count());
            places.forEachRun((from, step, count, into) -> {
                for (int k = 0; k < count; k++) {
                    values.add(a.get(from + k * step));
                }
            });
            return new ReferenceArray(a.type(), shape, values);
        }
        if (array instanceof StringArray a) {
            return strings(a, shape, places);
        }
        return sequences((SequenceArray) array, shape, places);
    }

    private static H5Array flat(H5Array parts) {
        return parts.withShape(Shape.of(parts.length()));
    }

    private static H5Array strings(StringArray a, Shape shape, Order places) {
        int[] offsets = new int[places.count() + 1];
        BitSet nil = new BitSet();
        places.forEachRun((from, step, count, into) -> {
            for (int k = 0; k < count; k++) {
                int i = from + k * step;
                offsets[into + k + 1] = Math.addExact(offsets[into + k], a.rawLength(i));
                nil.set(into + k, a.isNil(i));
            }
        });
        byte[] bytes = new byte[offsets[offsets.length - 1]];
        places.forEachRun((from, step, count, into) -> {
            for (int k = 0; k < count; k++) {
                a.copyRaw(from + k * step, bytes, offsets[into + k]);
            }
        });
        return new StringArray(a.type(), shape, bytes, offsets, nil);
    }

    /** The elements of all wanted sequences: each sequence's lie one after the other. */
    private static H5Array sequences(SequenceArray a, Shape shape, Order places) {
        int count = places.count();
        int[] offsets = new int[count + 1];
        int[] starts = new int[count];
        BitSet nil = new BitSet();
        places.forEachRun((from, step, run, into) -> {
            for (int k = 0; k < run; k++) {
                int i = from + k * step;
                starts[into + k] = a.offset(i);
                offsets[into + k + 1] = Math.addExact(offsets[into + k], a.offset(i + 1) - a.offset(i));
                nil.set(into + k, a.isNil(i));
            }
        });
        return new SequenceArray(a.type(), shape, of(a.elements(), new Runs(starts, offsets, 1)), offsets, nil);
    }

    /**
     * Parts of an array that lie one after the other each.
     *
     * @param starts place of the first element of each part
     * @param offsets number of elements before each part, and at the end that of all
     * @param each places for an element
     */
    @SuppressWarnings("ArrayRecordComponent") // made here, never changed
    private record Runs(int[] starts, int[] offsets, int each) implements Order {
        @Override
        public int count() {
            return Math.multiplyExact(offsets[starts.length], each);
        }

        @Override
        public Shape shape() {
            return Shape.of(count());
        }

        @Override
        public Order parts(int parts) {
            return new Runs(starts, offsets, Math.multiplyExact(each, parts));
        }

        @Override
        public void forEachRun(Run run) {
            for (int k = 0; k < starts.length; k++) {
                run.accept(starts[k] * each, 1, (offsets[k + 1] - offsets[k]) * each, offsets[k] * each);
            }
        }
    }

    /** Copies values by their places; those at a distance of each other by {@code strided}, a loop of their type. */
    private static void copy(Object values, Object copy, Order places, Run strided) {
        places.forEachRun((from, step, count, into) -> {
            if (step == 1) {
                System.arraycopy(values, from, copy, into, count);
            } else {
                strided.accept(from, step, count, into);
            }
        });
    }

    private static byte[] bytes(byte[] values, Order places) {
        byte[] copy = new byte[places.count()];
        copy(values, copy, places, (from, step, count, into) -> {
            for (int k = 0; k < count; k++) {
                copy[into + k] = values[from + k * step];
            }
        });
        return copy;
    }

    private static short[] shorts(short[] values, Order places) {
        short[] copy = new short[places.count()];
        copy(values, copy, places, (from, step, count, into) -> {
            for (int k = 0; k < count; k++) {
                copy[into + k] = values[from + k * step];
            }
        });
        return copy;
    }

    private static int[] ints(int[] values, Order places) {
        int[] copy = new int[places.count()];
        copy(values, copy, places, (from, step, count, into) -> {
            for (int k = 0; k < count; k++) {
                copy[into + k] = values[from + k * step];
            }
        });
        return copy;
    }

    private static long[] longs(long[] values, Order places) {
        long[] copy = new long[places.count()];
        copy(values, copy, places, (from, step, count, into) -> {
            for (int k = 0; k < count; k++) {
                copy[into + k] = values[from + k * step];
            }
        });
        return copy;
    }

    private static float[] floats(float[] values, Order places) {
        float[] copy = new float[places.count()];
        copy(values, copy, places, (from, step, count, into) -> {
            for (int k = 0; k < count; k++) {
                copy[into + k] = values[from + k * step];
            }
        });
        return copy;
    }

    private static double[] doubles(double[] values, Order places) {
        double[] copy = new double[places.count()];
        copy(values, copy, places, (from, step, count, into) -> {
            for (int k = 0; k < count; k++) {
                copy[into + k] = values[from + k * step];
            }
        });
        return copy;
    }
}
