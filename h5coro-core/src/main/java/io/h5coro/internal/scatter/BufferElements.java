// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.model.Destination;
import io.h5coro.model.ElementType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/** Whole numbers and IEEE floats in a buffer of them, which may be outside of the heap. */
final class BufferElements extends ResultBuffer {
    private final Target target;
    private final int size;
    private final ByteOrder order;

    /** Where elements go; {@code source} has the order of the file's bytes. */
    private interface Target {
        /** Copies elements that stand one after the other, counted in elements from the source's start. */
        void run(int into, ByteBuffer source, int from, int count);

        /** Copies one element from a byte on. */
        void one(int into, ByteBuffer source, int at);
    }

    private BufferElements(Target target, int size, ByteOrder order) {
        this.target = target;
        this.size = size;
        this.order = order;
    }

    /**
     * Elements of a destination that is a buffer.
     *
     * @param order of the bytes of an element in the file
     */
    static BufferElements of(Destination destination, ElementType type, ByteOrder order) {
        Object memory = destination.memory();
        int from = destination.offset();
        int length = destination.length();
        Buffer buffer = memory instanceof ByteBuffer bytes
                ? typed(bytes.slice(from, length).order(bytes.order()), type)
                : ((Buffer) memory).slice(from, length);
        return new BufferElements(target(buffer), type.size(), order);
    }

    private static Buffer typed(ByteBuffer bytes, ElementType type) {
        if (type instanceof FloatType) {
            return type.size() == Float.BYTES ? bytes.asFloatBuffer() : bytes.asDoubleBuffer();
        }
        return switch (type.size()) {
            case 1 -> bytes;
            case 2 -> bytes.asShortBuffer();
            case 4 -> bytes.asIntBuffer();
            default -> bytes.asLongBuffer();
        };
    }

    private static Target target(Buffer buffer) {
        if (buffer instanceof FloatBuffer values) {
            return target(
                    (into, source, from, count) -> values.put(into, source.asFloatBuffer(), from, count),
                    (into, source, at) -> values.put(into, source.getFloat(at)));
        }
        if (buffer instanceof DoubleBuffer values) {
            return target(
                    (into, source, from, count) -> values.put(into, source.asDoubleBuffer(), from, count),
                    (into, source, at) -> values.put(into, source.getDouble(at)));
        }
        if (buffer instanceof LongBuffer values) {
            return target(
                    (into, source, from, count) -> values.put(into, source.asLongBuffer(), from, count),
                    (into, source, at) -> values.put(into, source.getLong(at)));
        }
        if (buffer instanceof IntBuffer values) {
            return target(
                    (into, source, from, count) -> values.put(into, source.asIntBuffer(), from, count),
                    (into, source, at) -> values.put(into, source.getInt(at)));
        }
        if (buffer instanceof ShortBuffer values) {
            return target(
                    (into, source, from, count) -> values.put(into, source.asShortBuffer(), from, count),
                    (into, source, at) -> values.put(into, source.getShort(at)));
        }
        ByteBuffer values = (ByteBuffer) buffer;
        return target(
                (into, source, from, count) -> values.put(into, source, from, count),
                (into, source, at) -> values.put(into, source.get(at)));
    }

    private interface Run {
        void copy(int into, ByteBuffer source, int from, int count);
    }

    private interface One {
        void copy(int into, ByteBuffer source, int at);
    }

    private static Target target(Run run, One one) {
        return new Target() {
            @Override
            public void run(int into, ByteBuffer source, int from, int count) {
                run.copy(into, source, from, count);
            }

            @Override
            public void one(int into, ByteBuffer source, int at) {
                one.copy(into, source, at);
            }
        };
    }

    @Override
    public void put(byte[] source, int offset, ElementCopy copy) {
        int length = (int) copy.runLength();
        ByteBuffer bytes =
                ByteBuffer.wrap(source, offset, source.length - offset).slice().order(order);
        if (copy.isDense()) {
            copy.forEachRun((from, to) -> target.run((int) to, bytes, (int) from, length));
            return;
        }
        int sourceStep = (int) copy.sourceStep() * size;
        int step = (int) copy.destinationStep();
        copy.forEachRun((from, to) -> {
            int at = (int) from * size;
            int into = (int) to;
            for (int i = 0; i < length; i++, at += sourceStep, into += step) {
                target.one(into, bytes, at);
            }
        });
    }

    @Override
    public void fill(byte[] element) {
        throw new UnsupportedOperationException("is filled from around");
    }

    @Override
    public H5Array array(ElementType type, Shape shape, ElementDecoder decoder) {
        throw new UnsupportedOperationException("has no array");
    }
}
