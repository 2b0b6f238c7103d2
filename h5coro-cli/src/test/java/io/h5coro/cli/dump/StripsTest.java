// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.model.Shape;
import org.junit.jupiter.api.Test;

/** h5dump reads pieces of 32 MiB, whole rows where they fit. */
final class StripsTest {
    @Test
    void whatFitsIsOnePiece() {
        assertEquals(12, new Strips(Shape.of(3, 4), 8).next());
        assertEquals(1, new Strips(Shape.of(), 8).next());
    }

    @Test
    void wholeRowsWhereTheyFit() {
        Strips strips = new Strips(Shape.of(10, 1 << 20), 8);
        assertEquals(4 << 20, strips.next());
        assertEquals(4 << 20, strips.next());
        assertEquals(2 << 20, strips.next());
    }

    @Test
    void partsOfARowWhereOneDoesNot() {
        Strips strips = new Strips(Shape.of(2, 5 << 20), 8);
        assertEquals(4 << 20, strips.next());
        assertEquals(1 << 20, strips.next());
        assertEquals(4 << 20, strips.next());
        assertEquals(1 << 20, strips.next());
    }

    @Test
    void anElementLargerThanAPieceIsOne() {
        Strips strips = new Strips(Shape.of(2), 64 << 20);
        assertEquals(1, strips.next());
        assertEquals(1, strips.next());
    }
}
