// SPDX-License-Identifier: Apache-2.0
package io.h5coro.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpanTest {
    private final byte[] array = new byte[10];

    @Test
    void isAViewOfTheArray() {
        assertSame(array, Span.of(array).array());
        assertEquals(10, Span.of(array).length());
        assertEquals(7, new Span(array, 3, 4).end());
        assertEquals(10, new Span(array, 10, 0).end());
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 11", "5, 6", "11, 0", "0, -1", "2147483647, 2147483647"})
    void liesInItsArray(int offset, int length) {
        assertThrows(IndexOutOfBoundsException.class, () -> new Span(array, offset, length));
    }
}
