// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import io.h5coro.error.Where;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.LongArray;
import io.h5coro.model.Shape;
import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Attributes that a test states, of an object "/v" of "test.h5". */
final class StatedAttributes implements Attributes {
    private final Map<String, H5Array> values = new HashMap<>();

    StatedAttributes with(String name, H5Array value) {
        values.put(name, value);
        return this;
    }

    StatedAttributes with(String name, String text) {
        return with(name, ofText(text));
    }

    StatedAttributes with(String name, double number) {
        return with(name, doubles(number));
    }

    static H5Array ofText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringType type = new StringType(
                Math.max(1, bytes.length), false, StringType.Padding.NULL_PADDED, StringType.CharacterSet.UTF_8);
        return new StringArray(type, Shape.scalar(), bytes, new int[] {0, bytes.length}, new BitSet());
    }

    static H5Array doubles(double... numbers) {
        return new DoubleArray(FloatType.ieee(8, ElementType.Order.LITTLE_ENDIAN), Shape.of(numbers.length), numbers);
    }

    static H5Array longs(long... numbers) {
        return new LongArray(
                IntegerType.of(8, ElementType.Order.LITTLE_ENDIAN, true), Shape.of(numbers.length), numbers);
    }

    @Override
    public Optional<H5Array> values(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public Where where() {
        return Where.object("test.h5", "/v");
    }
}
