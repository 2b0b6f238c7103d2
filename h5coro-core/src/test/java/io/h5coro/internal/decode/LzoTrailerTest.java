// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.LzoFilter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Whether a trailer stands behind an LZO block is seen from the block, whatever the client data say. */
final class LzoTrailerTest {
    private static final int TRAILER = 8;

    @Test
    void readsWhatLiblzoEncodedWithATrailerAndWithout() throws FilterDataException {
        int trailers = 0;
        for (CodecVector vector : CodecVector.of("lzo")) {
            boolean bare = vector.name().contains("without trailer");
            byte[] block = bare ? vector.encoded() : Arrays.copyOf(vector.encoded(), vector.encoded().length - TRAILER);
            trailers += bare ? 0 : 1;
            for (int[] clientData : new int[][] {{1, 20, 0}, {1, 27, 4}, {1, 13, 0}, {}}) {
                FilterContext context = new FilterContext(
                        clientData, vector.elementSize(), vector.decodedLength() / 2, vector.decodedLength());
                assertTrue(vector.matches(new LzoFilter().decode(Span.of(block), context)), vector.name());
                assertTrue(vector.matches(new LzoFilter().decode(Span.of(vector.encoded()), context)), vector.name());
            }
        }
        assertTrue(trailers > 2, "vectors with trailers: " + trailers);
    }
}
