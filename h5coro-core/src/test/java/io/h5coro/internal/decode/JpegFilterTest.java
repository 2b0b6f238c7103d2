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
import java.util.List;
import org.junit.jupiter.api.Test;

final class JpegFilterTest extends FilterContract {
    @Override
    ChunkFilter filter() {
        return new JpegFilter();
    }

    @Override
    List<FilterVector> vectors() {
        return FilterVector.group("jpeg");
    }

    @Test
    void saysWhichKindsOfImageItDoesNotSupport() {
        byte[] progressive =
                FilterVector.group("jpeg", "grey/95/32x48").get(0).stored().clone();
        int frame = indexOf(progressive, (byte) 0xc0);
        progressive[frame] = (byte) 0xc2;
        FilterContext context = new FilterContext(new int[0], 1, 32 * 48, 32 * 48);
        FilterDataException e =
                assertThrows(FilterDataException.class, () -> filter().decode(Span.of(progressive), context));
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
