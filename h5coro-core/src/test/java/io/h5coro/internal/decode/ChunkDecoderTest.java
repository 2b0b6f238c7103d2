// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.FilterException;
import io.h5coro.error.H5Exception;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.Span;
import io.h5coro.model.FilterDescription;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

final class ChunkDecoderTest {
    private static final FilterDescription DEFLATE = new FilterDescription(1, "deflate", true, new int[] {6});
    private static final FilterRegistry BUILT_IN = FilterRegistry.builtIn();

    @Test
    void givesTheStoredBytesWhereNoFilterApplies() throws ChunkDecodeException {
        Span stored = Span.of(new byte[12]);
        assertSame(stored, new ChunkDecoder(List.of(), 4, 12, BUILT_IN).decode(stored, 0));
        assertSame(stored, new ChunkDecoder(List.of(DEFLATE), 4, 12, BUILT_IN).decode(stored, 1));
        assertSame(stored, new ChunkDecoder(List.of(DEFLATE), 4, 12, BUILT_IN).decode(stored, -1));
    }

    @Test
    void cutsBytesBehindTheChunkAndLeavesShortOnesToTheReader() throws ChunkDecodeException {
        ChunkDecoder decoder = new ChunkDecoder(List.of(), 4, 12, BUILT_IN);
        for (int length : new int[] {0, 11, 12, 13, 500}) {
            Span decoded = decoder.decode(Span.of(new byte[length]), 0);
            assertEquals(Math.min(12, length), decoded.length());
        }
    }

    @Test
    void boundsWhatAChunkMayDecodeTo() throws ChunkDecodeException {
        ChunkDecoder decoder = new ChunkDecoder(List.of(DEFLATE), 1, 12, BUILT_IN);
        byte[] much = deflated(new byte[60_000]);
        assertEquals(12, decoder.decode(Span.of(much), 0).length());
        byte[] tooMuch = deflated(new byte[1 << 20]);
        assertThrows(ChunkDecodeException.class, () -> decoder.decode(Span.of(tooMuch), 0));
    }

    private static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater();
        deflater.setInput(plain);
        deflater.finish();
        byte[] buffer = new byte[plain.length + 100];
        int length = deflater.deflate(buffer);
        deflater.end();
        return Arrays.copyOf(buffer, length);
    }

    @Test
    void namesAFilterThatItDoesNotKnow() {
        ChunkDecodeException named = unknown(new FilterDescription(40000, "ours", false, new int[0]));
        assertEquals("filter 40000 (ours) is not supported", named.getMessage());
        assertEquals(40000, named.filterId());
        ChunkDecodeException registered = unknown(new FilterDescription(32028, "", true, new int[0]));
        assertEquals("filter 32028 (sperr) is not supported", registered.getMessage());
        ChunkDecodeException nameless = unknown(new FilterDescription(50000, "", false, new int[0]));
        assertEquals("filter 50000 is not supported", nameless.getMessage());
    }

    @Test
    void whatIsNotSupportedIsOneTypeOfErrorAlsoForFilters() {
        Where where = new Where("file", "/x", 0x40);
        H5Exception e =
                unknown(new FilterDescription(40000, "ours", false, new int[0])).at(where, "chunk [0]");
        UnsupportedFeatureException unsupported = assertInstanceOf(UnsupportedFeatureException.class, e);
        assertEquals("filter 40000 (ours)", unsupported.feature());
        assertEquals("chunk [0]: filter 40000 (ours) is not supported", unsupported.problem());
        H5Exception placed = new UnsupportedFeatureException(Where.source("file"), "a", "why", null).in("/x");
        assertEquals("why", placed.problem());
    }

    private static ChunkDecodeException unknown(FilterDescription filter) {
        ChunkDecoder decoder = new ChunkDecoder(List.of(filter), 1, 4, BUILT_IN);
        ChunkDecodeException e =
                assertThrows(ChunkDecodeException.class, () -> decoder.decode(Span.of(new byte[4]), 0));
        assertTrue(e.unsupported());
        return e;
    }

    @Test
    void doesNotMissAnUnknownFilterThatTheChunkSkipped() throws ChunkDecodeException {
        FilterDescription unknown = new FilterDescription(40000, "ours", true, new int[0]);
        byte[] stored = FilterVector.of("deflate", "deflate/level9").stored();
        byte[] decoded = FilterVector.of("deflate", "deflate/level9").decoded();
        ChunkDecoder decoder = new ChunkDecoder(List.of(DEFLATE, unknown), 4, decoded.length, BUILT_IN);
        assertArrayEquals(decoded, EncodedChunk.bytes(decoder.decode(Span.of(stored), 2)));
    }

    @Test
    void saysWhichFilterFailed() {
        ChunkDecoder decoder = new ChunkDecoder(List.of(DEFLATE), 1, 4, BUILT_IN);
        ChunkDecodeException e =
                assertThrows(ChunkDecodeException.class, () -> decoder.decode(Span.of(new byte[9]), 0));
        assertEquals(1, e.filterId());
        assertEquals("deflate", e.filterName());
        assertFalse(e.unsupported());
        FilterException bad = assertInstanceOf(FilterException.class, e.at(Where.source("file"), "chunk [0]"));
        assertEquals(1, bad.filterId());
        assertEquals("chunk [0]: " + e.getMessage(), bad.problem());
    }

    @Test
    void prefersTheUsersFilter() throws ChunkDecodeException {
        FilterRegistry registry = FilterRegistry.with(List.of(new Zeros()));
        Span decoded = new ChunkDecoder(List.of(DEFLATE), 1, 4, registry).decode(Span.of(new byte[9]), 0);
        assertArrayEquals(new byte[4], EncodedChunk.bytes(decoded));
    }

    @Test
    void turnsAnyExceptionOfAUsersFilterIntoItsOwn() {
        FilterRegistry registry = FilterRegistry.with(List.of(new Careless()));
        FilterDescription filter = new FilterDescription(40001, "", false, new int[0]);
        ChunkDecoder decoder = new ChunkDecoder(List.of(filter), 1, 4, registry);
        ChunkDecodeException e =
                assertThrows(ChunkDecodeException.class, () -> decoder.decode(Span.of(new byte[0]), 0));
        assertTrue(String.valueOf(e.getMessage()).startsWith("filter 40001 (careless) failed with"), e.getMessage());
    }

    private static final class Zeros implements ChunkFilter {
        @Override
        public int id() {
            return 1;
        }

        @Override
        public String name() {
            return "zeros";
        }

        @Override
        public Span decode(Span input, FilterContext context) {
            return Span.of(new byte[context.expectedLength()]);
        }
    }

    private static final class Careless implements ChunkFilter {
        @Override
        public int id() {
            return 40001;
        }

        @Override
        public String name() {
            return "careless";
        }

        @Override
        public Span decode(Span input, FilterContext context) {
            return new Span(input.array(), 0, input.array()[3]);
        }
    }
}
