// SPDX-License-Identifier: Apache-2.0
package io.h5coro.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class FilterDataExceptionTest {
    @Test
    void tellsDamageFromWhatIsNotSupported() {
        assertFalse(new FilterDataException("cut off").unsupported());
        assertTrue(new FilterDataException("codec 9", true).unsupported());
        assertEquals("codec 9", new FilterDataException("codec 9", true).getMessage());
    }
}
