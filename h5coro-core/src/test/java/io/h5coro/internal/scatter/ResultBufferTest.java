// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.Where;
import io.h5coro.internal.grid.ChunkGrid;
import io.h5coro.internal.grid.Selection;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FloatArray;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IntegerType;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ResultBufferTest {
    private static final Where HERE = Where.source("test");
    private static final Shape SPACE = Shape.of(4, 6);

    private static final ElementDecoder DECODER = new ElementDecoder(HERE, new NoHeap(), 1 << 20);

    static Stream<ElementType> numbers() {
        return Stream.of(Order.LITTLE_ENDIAN, Order.BIG_ENDIAN)
                .flatMap(order -> Stream.of(
                        IntegerType.of(1, order, true),
                        IntegerType.of(2, order, true),
                        IntegerType.of(4, order, true),
                        IntegerType.of(8, order, true),
                        FloatType.ieee(4, order),
                        FloatType.ieee(8, order),
                        FloatType.ieee(2, order),
                        IntegerType.of(3, order, true),
                        IntegerType.of(16, order, true)));
    }

    /** The numbers 0 to 23 in the type's encoding, behind five bytes of something else. */
    private static byte[] encoded(ElementType type) {
        Order order = type instanceof IntegerType i ? i.order() : ((FloatType) type).order();
        ByteBuffer all = ByteBuffer.allocate(5 + 24 * type.size()).position(5);
        for (int i = 0; i < 24; i++) {
            ByteBuffer big = ByteBuffer.allocate(16);
            if (type instanceof IntegerType) {
                big.putLong(8, i);
            } else if (type.size() == 2) {
                big.putShort(14, Float16.bits(i));
            } else if (type.size() == 4) {
                big.putFloat(12, i);
            } else {
                big.putDouble(8, i);
            }
            for (int b = 0; b < type.size(); b++) {
                all.put(big.get(order == Order.BIG_ENDIAN ? 16 - type.size() + b : 15 - b));
            }
        }
        return all.array();
    }

    /** binary16 of small whole numbers, by its definition. */
    private static final class Float16 {
        static short bits(int value) {
            if (value == 0) {
                return 0;
            }
            int exponent = 31 - Integer.numberOfLeadingZeros(value);
            return (short) ((exponent + 15) << 10 | (value << (10 - exponent)) & 0x3ff);
        }
    }

    private static double[] read(ElementType type, String slice) {
        Selection selection = Selection.of(SPACE, List.of(Hyperslab.parse(slice)), HERE);
        StridedCopy copy = ChunkGrid.wholeCopy(
                SPACE,
                selection.boxes().get(0),
                new StridedCopy.Target(selection.result().dimensions(), 0));
        ResultBuffer buffer = ResultBuffer.of(type, (int) selection.elementCount());
        buffer.put(encoded(type), 5, copy);
        H5Array array = buffer.array(type, selection.result(), DECODER);
        double[] values = new double[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getDouble(i);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void copiesRunsAndSteps(ElementType type) {
        assertArrayEquals(new double[] {8, 9, 10, 14, 15, 16}, read(type, "[1:3, 2:5]"));
        assertArrayEquals(new double[] {1, 4, 13, 16}, read(type, "[0:4:2, 1::3]"));
        assertArrayEquals(new double[] {3, 9, 15, 21}, read(type, "[:, 3]"));
        assertEquals(23, read(type, "[]")[23]);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void fillsWithOneElement(ElementType type) {
        byte[] all = encoded(type);
        byte[] seven = java.util.Arrays.copyOfRange(all, 5 + 7 * type.size(), 5 + 8 * type.size());
        ResultBuffer buffer = ResultBuffer.of(type, 5);
        buffer.fill(seven);
        H5Array array = buffer.array(type, Shape.of(5), DECODER);
        for (int i = 0; i < 5; i++) {
            assertEquals(7, array.getDouble(i));
        }
    }

    @Test
    void refusesSourcesThatAreTooShort() {
        ResultBuffer buffer = ResultBuffer.of(IntegerType.of(4, Order.LITTLE_ENDIAN, true), 3);
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.put(new byte[11], 0, StridedCopy.contiguous(3)));
    }

    @Test
    void keepsBitsOfFloats() {
        ByteBuffer nan = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 0x7ff0_0000_0000_0001L);
        ResultBuffer doubles = ResultBuffer.of(FloatType.ieee(8, Order.LITTLE_ENDIAN), 1);
        doubles.put(nan.array(), 0, StridedCopy.contiguous(1));
        DoubleArray array = assertInstanceOf(
                DoubleArray.class, doubles.array(FloatType.ieee(8, Order.LITTLE_ENDIAN), Shape.scalar(), DECODER));
        assertEquals(0x7ff0_0000_0000_0001L, Double.doubleToRawLongBits(array.values()[0]));
        assertInstanceOf(
                FloatArray.class,
                ResultBuffer.of(FloatType.ieee(4, Order.BIG_ENDIAN), 0)
                        .array(FloatType.ieee(4, Order.BIG_ENDIAN), Shape.of(0), DECODER));
    }

    @Test
    void handsOutOpaqueBytesAsTheyAre() {
        OpaqueType type = new OpaqueType(3, "");
        ResultBuffer buffer = ResultBuffer.of(type, 4);
        buffer.fill(new byte[] {1, 2, 3});
        buffer.put(new byte[] {9, 9, 9, 8, 8, 8}, 3, StridedCopy.contiguous(1));
        OpaqueArray array = assertInstanceOf(OpaqueArray.class, buffer.array(type, Shape.of(4), DECODER));
        assertArrayEquals(new byte[] {8, 8, 8, 1, 2, 3, 1, 2, 3, 1, 2, 3}, array.bytes());
    }
}
