// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Element types: sizes, and which of them are the usual ones. */
final class TypesTest {
    private static final IntegerType U1 = IntegerType.of(1, Order.LITTLE_ENDIAN, false);

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void knowsIeeeFloats(int size) {
        for (Order order : List.of(Order.LITTLE_ENDIAN, Order.BIG_ENDIAN)) {
            FloatType type = FloatType.ieee(size, order);
            assertTrue(type.isIeee());
            assertEquals(8 * size - 1, type.signLocation());
            assertEquals(8 * size, 1 + type.exponentSize() + type.mantissaSize());
        }
        assertFalse(FloatType.ieee(size, Order.VAX).isIeee());
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void knowsPlainIntegers(Order order) {
        assertEquals(order != Order.VAX, IntegerType.of(4, order, true).isPlain());
        assertFalse(new IntegerType(4, order, true, 0, 31, BitPadding.ZERO, BitPadding.ZERO).isPlain());
        assertFalse(new IntegerType(4, order, true, 1, 31, BitPadding.ZERO, BitPadding.ZERO).isPlain());
    }

    @Test
    void knowsBooleans() {
        EnumType.Member no = new EnumType.Member("FALSE", 0);
        EnumType.Member yes = new EnumType.Member("TRUE", 1);
        assertTrue(new EnumType(U1, List.of(yes, no)).isBoolean());
        assertFalse(new EnumType(U1, List.of(no)).isBoolean());
        assertFalse(new EnumType(IntegerType.of(2, Order.LITTLE_ENDIAN, false), List.of(no, yes)).isBoolean());
        assertFalse(new EnumType(U1, List.of(no, new EnumType.Member("TRUE", 2))).isBoolean());
        assertEquals("TRUE", new EnumType(U1, List.of(no, yes)).nameOf(1).orElseThrow());
        assertTrue(new EnumType(U1, List.of(no, yes)).nameOf(-1).isEmpty());
    }

    @Test
    void addsUpSizes() {
        assertEquals(6, new ArrayType(IntegerType.of(2, Order.LITTLE_ENDIAN, true), Shape.of(3)).size());
        assertEquals(16, new ComplexType(FloatType.ieee(8, Order.LITTLE_ENDIAN)).size());
        assertEquals(1, new EnumType(U1, List.of()).size());
        assertThrows(ArithmeticException.class, () -> new ArrayType(U1, Shape.of(1L << 40)).size());
    }
}
