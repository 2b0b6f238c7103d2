// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.array;

import io.h5coro.Dataset;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.model.ByteArray;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.LongArray;
import io.h5coro.model.Shape;
import io.h5coro.model.ShortArray;
import io.h5coro.model.StringArray;
import java.lang.reflect.Array;
import java.util.BitSet;
import java.util.Optional;

/** Fills up what a dataset lacks of its unlimited dimension, with its fill value. Pure. */
public final class Padding {
    private Padding() {}

    /**
     * Fills up an array.
     *
     * @param part goes to the beginning of each dimension
     * @param whole shape of the result, of the same rank
     * @throws UnsupportedFeatureException when the elements are neither numbers nor texts
     */
    public static H5Array fill(Dataset dataset, H5Array part, Shape whole) {
        int length = Math.toIntExact(whole.elementCount());
        if (part instanceof StringArray texts) {
            return texts(texts, whole, length);
        }
        Object source = backing(dataset, part);
        Object filled = Array.newInstance(source.getClass().getComponentType(), length);
        Optional<H5Array> fill = dataset.fill().value();
        if (fill.isPresent() && length > 0) {
            repeat(backing(dataset, fill.get()), filled, length);
        }
        new Placement(part.shape(), whole)
                .forEachRun((from, to, count) -> System.arraycopy(source, from, filled, to, count));
        return wrapped(part, whole, filled);
    }

    /** Copies the first element of an array into each of another. */
    private static void repeat(Object one, Object filled, int length) {
        System.arraycopy(one, 0, filled, 0, 1);
        for (int done = 1; done < length; done *= 2) {
            System.arraycopy(filled, 0, filled, done, Math.min(done, length - done));
        }
    }

    private static Object backing(Dataset dataset, H5Array array) {
        if (array instanceof ByteArray bytes) {
            return bytes.values();
        }
        if (array instanceof ShortArray shorts) {
            return shorts.values();
        }
        if (array instanceof IntArray ints) {
            return ints.values();
        }
        if (array instanceof LongArray longs) {
            return longs.values();
        }
        if (array instanceof FloatArray floats) {
            return floats.values();
        }
        if (array instanceof DoubleArray doubles) {
            return doubles.values();
        }
        throw new UnsupportedFeatureException(
                Where.object(dataset.file().source(), dataset.path().orElse("dataset")),
                "a dataset of " + array.type().shortName() + " that is shorter than its unlimited dimension");
    }

    private static H5Array wrapped(H5Array like, Shape shape, Object values) {
        if (values instanceof byte[] bytes) {
            return new ByteArray(like.type(), shape, bytes);
        }
        if (values instanceof short[] shorts) {
            return new ShortArray(like.type(), shape, shorts);
        }
        if (values instanceof int[] ints) {
            return new IntArray(like.type(), shape, ints);
        }
        if (values instanceof long[] longs) {
            return new LongArray(like.type(), shape, longs);
        }
        return values instanceof float[] floats
                ? new FloatArray(like.type(), shape, floats)
                : new DoubleArray(like.type(), shape, (double[]) values);
    }

    /** Texts that were never written are nil, and empty. */
    private static StringArray texts(StringArray part, Shape whole, int length) {
        int[] sources = new int[length];
        new Placement(part.shape(), whole).forEachRun((from, to, count) -> {
            for (int i = 0; i < count; i++) {
                sources[to + i] = from + i + 1;
            }
        });
        int[] offsets = new int[length + 1];
        BitSet nil = new BitSet();
        for (int i = 0; i < length; i++) {
            int source = sources[i] - 1;
            int size = source < 0 ? (part.type().variable() ? 0 : part.type().size()) : part.rawBytes(source).length;
            offsets[i + 1] = Math.addExact(offsets[i], size);
            nil.set(i, source < 0 ? part.type().variable() : part.isNil(source));
        }
        byte[] bytes = new byte[offsets[length]];
        for (int i = 0; i < length; i++) {
            if (sources[i] > 0) {
                System.arraycopy(part.rawBytes(sources[i] - 1), 0, bytes, offsets[i], offsets[i + 1] - offsets[i]);
            }
        }
        return new StringArray(part.type(), whole, bytes, offsets, nil);
    }
}
