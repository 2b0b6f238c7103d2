// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.series;

import io.h5coro.model.ArrayType;
import io.h5coro.model.BigIntegerArray;
import io.h5coro.model.ByteArray;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.LongArray;
import io.h5coro.model.NestedArray;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.Shape;
import io.h5coro.model.ShortArray;
import io.h5coro.model.StringArray;
import io.h5coro.model.WideFloatArray;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Joins arrays of one element type along their first dimension. Numbers are copied as they come; other elements are
 * kept until the last one is here. Confined to one thread.
 */
public final class JoinedRows {
    private final Shape shape;
    private final int length;

    /** Numbers; null for other elements, and before the first part. */
    private @Nullable Object numbers;

    private int filled;

    /** Parts that were not copied. */
    private final List<H5Array> parts = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param shape of all together
     */
    public JoinedRows(Shape shape) {
        this.shape = shape;
        this.length = Math.toIntExact(shape.elementCount());
    }

    /** Adds the next part, at least one. */
    public void add(H5Array part) {
        if (part.length() == 0 && !parts.isEmpty()) {
            return;
        }
        Object values = numbers(part);
        if (values == null || (part.length() == length && parts.isEmpty())) {
            parts.add(part);
            return;
        }
        if (numbers == null) {
            numbers = Array.newInstance(values.getClass().getComponentType(), length);
            parts.add(part.copyOfRange(0, 0));
        }
        System.arraycopy(values, 0, numbers, filled, part.length());
        filled += part.length();
    }

    /** All parts, under the shape of all together. */
    public H5Array array() {
        H5Array first = parts.get(0);
        return numbers != null ? wrapped(first.type(), shape, numbers) : joined(shape, parts);
    }

    /** The numbers of an array; null when it has other elements. */
    private static @Nullable Object numbers(H5Array array) {
        if (array instanceof FloatArray floats) {
            return floats.values();
        }
        if (array instanceof DoubleArray doubles) {
            return doubles.values();
        }
        if (array instanceof ByteArray bytes) {
            return bytes.values();
        }
        if (array instanceof ShortArray shorts) {
            return shorts.values();
        }
        if (array instanceof IntArray ints) {
            return ints.values();
        }
        return array instanceof LongArray longs ? longs.values() : null;
    }

    private static H5Array wrapped(ElementType type, Shape shape, Object numbers) {
        if (numbers instanceof float[] floats) {
            return new FloatArray(type, shape, floats);
        }
        if (numbers instanceof double[] doubles) {
            return new DoubleArray(type, shape, doubles);
        }
        if (numbers instanceof byte[] bytes) {
            return new ByteArray(type, shape, bytes);
        }
        if (numbers instanceof short[] shorts) {
            return new ShortArray(type, shape, shorts);
        }
        return numbers instanceof int[] ints
                ? new IntArray(type, shape, ints)
                : new LongArray(type, shape, (long[]) numbers);
    }

    /** Joins arrays of one class and type. */
    private static H5Array joined(Shape shape, List<? extends H5Array> parts) {
        H5Array first = parts.get(0);
        if (parts.size() == 1) {
            return first.withShape(shape);
        }
        if (numbers(first) != null) {
            JoinedRows rows = new JoinedRows(shape);
            parts.forEach(rows::add);
            return rows.array();
        }
        if (first instanceof StringArray) {
            return texts(shape, all(parts, StringArray.class));
        }
        if (first instanceof CompoundArray) {
            return compounds(shape, all(parts, CompoundArray.class));
        }
        if (first instanceof SequenceArray) {
            return sequences(shape, all(parts, SequenceArray.class));
        }
        return first instanceof NestedArray || first instanceof ComplexArray
                ? pairs(shape, parts)
                : plain(shape, parts);
    }

    private static <T extends H5Array> List<T> all(List<? extends H5Array> parts, Class<T> type) {
        return parts.stream().map(type::cast).toList();
    }

    private static Shape flat(List<? extends H5Array> parts) {
        return Shape.of(parts.stream().mapToLong(H5Array::length).sum());
    }

    private static H5Array texts(Shape shape, List<StringArray> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] offsets = new int[Math.toIntExact(shape.elementCount()) + 1];
        BitSet nil = new BitSet();
        int at = 0;
        for (StringArray part : parts) {
            for (int i = 0; i < part.length(); i++) {
                nil.set(at, part.isNil(i));
                bytes.writeBytes(part.rawBytes(i));
                offsets[++at] = bytes.size();
            }
        }
        return new StringArray(parts.get(0).type(), shape, bytes.toByteArray(), offsets, nil);
    }

    private static H5Array compounds(Shape shape, List<CompoundArray> parts) {
        List<List<H5Array>> fields = parts.stream().map(CompoundArray::fields).toList();
        List<H5Array> joined = new ArrayList<>();
        for (int i = 0; i < fields.get(0).size(); i++) {
            int member = i;
            joined.add(joined(shape, fields.stream().map(all -> all.get(member)).toList()));
        }
        return new CompoundArray(parts.get(0).type(), shape, joined);
    }

    private static H5Array sequences(Shape shape, List<SequenceArray> parts) {
        List<H5Array> elements = new ArrayList<>();
        int[] offsets = new int[Math.toIntExact(shape.elementCount()) + 1];
        BitSet nil = new BitSet();
        int at = 0;
        int before = 0;
        for (SequenceArray part : parts) {
            for (int i = 0; i < part.length(); i++) {
                nil.set(at, part.isNil(i));
                offsets[++at] = Math.addExact(before, part.offset(i + 1));
            }
            before = offsets[at];
            elements.add(part.elements());
        }
        return new SequenceArray(parts.get(0).type(), shape, joined(flat(elements), elements), offsets, nil);
    }

    /** Arrays that are made of several values for each element. */
    private static H5Array pairs(Shape shape, List<? extends H5Array> parts) {
        if (parts.get(0) instanceof ComplexArray first) {
            List<H5Array> values = all(parts, ComplexArray.class).stream()
                    .map(ComplexArray::parts)
                    .toList();
            return new ComplexArray(first.type(), shape, joined(flat(values), values));
        }
        List<H5Array> values = all(parts, NestedArray.class).stream()
                .map(NestedArray::elements)
                .toList();
        return new NestedArray((ArrayType) parts.get(0).type(), shape, joined(flat(values), values));
    }

    private static H5Array plain(Shape shape, List<? extends H5Array> parts) {
        H5Array first = parts.get(0);
        if (first instanceof ReferenceArray references) {
            List<Reference> values = new ArrayList<>();
            all(parts, ReferenceArray.class).forEach(part -> {
                for (int i = 0; i < part.length(); i++) {
                    values.add(part.get(i));
                }
            });
            return new ReferenceArray(references.type(), shape, values);
        }
        if (first instanceof BigIntegerArray) {
            BigInteger[] values = all(parts, BigIntegerArray.class).stream()
                    .map(BigIntegerArray::values)
                    .flatMap(Arrays::stream)
                    .toArray(BigInteger[]::new);
            return new BigIntegerArray(first.type(), shape, values);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (first instanceof OpaqueArray) {
            all(parts, OpaqueArray.class).forEach(part -> bytes.writeBytes(part.bytes()));
            return new OpaqueArray(first.type(), shape, bytes.toByteArray());
        }
        List<WideFloatArray> wide = all(parts, WideFloatArray.class);
        wide.forEach(part -> bytes.writeBytes(part.bytes()));
        double[] nearest = wide.stream()
                .flatMapToDouble(part -> IntStream.range(0, part.length()).mapToDouble(part::getDouble))
                .toArray();
        BitSet exact = new BitSet();
        int before = 0;
        for (WideFloatArray part : wide) {
            for (int i = 0; i < part.length(); i++) {
                exact.set(before + i, part.isExact(i));
            }
            before += part.length();
        }
        return new WideFloatArray(wide.get(0).type(), shape, bytes.toByteArray(), nearest, exact);
    }
}
