// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

final class DeflateFilterTest {
    private static final int[] LEVEL = {6};

    private static final ChunkFilter FILTER = new DeflateFilter();

    @Test
    void rejectsAStreamWithoutItsEndEvenWhenAllBytesCameOut() throws IOException {
        byte[] stream = zlib(new byte[1000]);
        FilterContext context = new FilterContext(LEVEL, 1, 1000, 1000);
        for (int missing = 1; missing <= 5; missing++) {
            Span cut = new Span(stream, 0, stream.length - missing);
            assertThrows(FilterDataException.class, () -> FILTER.decode(cut, context));
        }
    }

    @Test
    void rejectsAWrongChecksum() throws IOException {
        byte[] stream = zlib(new byte[1000]);
        stream[stream.length - 1] ^= 1;
        FilterContext context = new FilterContext(LEVEL, 1, 1000, 1000);
        assertThrows(FilterDataException.class, () -> FILTER.decode(Span.of(stream), context));
    }

    @Test
    void growsWhenTheExpectedLengthIsOnlyAGuess() throws IOException, FilterDataException {
        byte[] stream = zlib(new byte[100_000]);
        for (int guess : new int[] {0, 1, 99_999, 100_000, 100_001}) {
            Span decoded = FILTER.decode(Span.of(stream), new FilterContext(LEVEL, 1, guess, 200_000));
            assertEquals(100_000, decoded.length(), "guess " + guess);
        }
    }

    @Test
    void stopsAtTheMaximum() throws IOException {
        byte[] stream = zlib(new byte[50_000_000]);
        FilterContext context = new FilterContext(LEVEL, 1, 4096, 4096);
        FilterDataException e = assertThrows(FilterDataException.class, () -> FILTER.decode(Span.of(stream), context));
        assertTrue(String.valueOf(e.getMessage()).contains("4096"), e.getMessage());
    }

    @Test
    void rejectsGzipAndRawDeflate() throws IOException {
        byte[] stream = zlib(new byte[100]);
        byte[] raw = Arrays.copyOfRange(stream, 2, stream.length);
        FilterContext context = new FilterContext(LEVEL, 1, 100, 100);
        assertThrows(FilterDataException.class, () -> FILTER.decode(Span.of(raw), context));
        byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 3, 0};
        assertThrows(FilterDataException.class, () -> FILTER.decode(Span.of(gzip), context));
    }

    static byte[] zlib(byte[] data) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(data);
        }
        return packed.toByteArray();
    }
}
