// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Variants that a chunk may need and this decoder does not support are told from damage. */
final class BloscVariantsTest {
    private static final int ITEM = 4;

    /** A stored Blosc2 chunk of 8 bytes. */
    private static final String STORED2 = "05010704" + "08000000" + "08000000" + "28000000" + "00".repeat(16);

    private static Blosc2Chunk open(Consumer<byte[]> change) throws FilterDataException {
        byte[] chunk = HexFormat.of().parseHex(STORED2 + "0102030405060708");
        change.accept(chunk);
        return Blosc2Chunk.open(Span.of(chunk), ITEM, 100, new BloscCodecs());
    }

    private static void assertUnsupported(Consumer<byte[]> change) {
        FilterDataException e = assertThrows(FilterDataException.class, () -> open(change));
        assertTrue(e.unsupported(), e.getMessage());
    }

    @Test
    void decodesAStoredChunk() throws FilterDataException {
        byte[] out = new byte[8];
        assertEquals(8, open(chunk -> {}).decodeBlock(0, out, 0));
        assertEquals("0102030405060708", HexFormat.of().formatHex(out));
    }

    @Test
    void refusesDictionariesLazyAndInstrumentedChunksAsUnsupported() {
        assertUnsupported(chunk -> chunk[31] = 1);
        assertUnsupported(chunk -> chunk[31] = 8);
        assertUnsupported(chunk -> chunk[31] = (byte) 0x80);
    }

    @Test
    void refusesUnknownFiltersCodecsAndVersionsAsUnsupported() {
        byte notStored = 5;
        assertUnsupported(chunk -> {
            chunk[2] = notStored;
            chunk[16] = 32;
        });
        assertUnsupported(chunk -> chunk[2] = (byte) (6 << 5 | notStored));
        assertUnsupported(chunk -> chunk[0] = 6);
    }

    @Test
    void refusesABlosc1ChunkOfAnotherVersionAsUnsupported() {
        byte[] chunk = HexFormat.of().parseHex("03010204" + "00000000" + "00000000" + "10000000");
        FilterContext context = new FilterContext(new int[0], ITEM, 0, 0);
        FilterDataException e =
                assertThrows(FilterDataException.class, () -> new BloscFilter().decode(Span.of(chunk), context));
        assertTrue(e.unsupported(), e.getMessage());
    }
}
