// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Shapes and dataspaces. */
final class ShapeTest {
    @Test
    void countsItsElements() {
        assertEquals(1, Shape.scalar().elementCount());
        assertEquals(0, Shape.of(0).elementCount());
        assertEquals(0, Shape.of(Long.MAX_VALUE, Long.MAX_VALUE, 0).elementCount());
        assertEquals(24, Shape.of(2, 3, 4).elementCount());
        assertEquals(Long.MAX_VALUE, Shape.of(Long.MAX_VALUE).elementCount());
        assertThrows(
                ArithmeticException.class, () -> Shape.of(1L << 32, 1L << 31).elementCount());
        assertThrows(IllegalArgumentException.class, () -> Shape.of(3, -1));
    }

    @Test
    void keepsItsDimensions() {
        long[] dimensions = {2, 3};
        Shape shape = Shape.of(dimensions);
        dimensions[0] = 9;
        shape.dimensions()[1] = 9;
        assertArrayEquals(new long[] {2, 3}, shape.dimensions());
        assertEquals(3, shape.dimension(1));
        assertEquals(2, shape.rank());
        assertEquals(Shape.of(2, 3, 4), shape.append(Shape.of(4)));
        assertEquals(shape, shape.append(Shape.scalar()));
        assertSame(Shape.scalar(), Shape.of());
        assertNotEquals(Shape.of(6), shape);
    }

    @Test
    void hasATextLikeNumpys() {
        assertEquals("()", Shape.scalar().toString());
        assertEquals("(5,)", Shape.of(5).toString());
        assertEquals("(12, 90, 180)", Shape.of(12, 90, 180).toString());
    }

    @Test
    void saysHowFarADataspaceMayGrow() {
        Dataspace space = new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(2, 3), new long[] {Dataspace.UNLIMITED, 5});
        assertEquals(OptionalLong.empty(), space.maximum(0));
        assertEquals(OptionalLong.of(5), space.maximum(1));
        assertEquals("(2, 3) of at most (unlimited, 5)", space.toString());
        assertEquals("(2, 3)", Dataspace.simple(Shape.of(2, 3)).toString());
        assertEquals("null", Dataspace.none().toString());
        assertEquals("scalar", Dataspace.scalar().toString());
        assertEquals(1, Dataspace.scalar().elementCount());
        assertEquals(0, Dataspace.none().elementCount());
        assertEquals(space, new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(2, 3), space.maximum()));
        assertNotEquals(space, Dataspace.simple(Shape.of(2, 3)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(2), new long[] {1, 2}));
    }
}
