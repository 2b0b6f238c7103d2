// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.jpeg.JpegFilter;
import org.junit.jupiter.api.Test;

final class JpegFilterTest {
    private static final ChunkFilter FILTER = new JpegFilter();

    @Test
    void saysWhichKindsOfImageItDoesNotSupport() {
        byte[] progressive = FilterVector.of("jpeg", "grey/95/32x48").stored().clone();
        int frame = indexOf(progressive, (byte) 0xc0);
        progressive[frame] = (byte) 0xc2;
        FilterContext context = new FilterContext(new int[0], 1, 32 * 48, 32 * 48);
        FilterDataException e =
                assertThrows(FilterDataException.class, () -> FILTER.decode(Span.of(progressive), context));
        assertTrue(e.unsupported());
        assertEquals("a JPEG image with marker FFC2", e.getMessage());
    }

    private static int indexOf(byte[] image, byte marker) {
        for (int i = 1; i < image.length; i++) {
            if (image[i - 1] == -1 && image[i] == marker) {
                return i;
            }
        }
        throw new AssertionError("no marker");
    }
}
