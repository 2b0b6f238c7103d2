// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Frames written by hand after RFC 8878, for what the encoders do not write. */
final class ZstdDecoderTest {
    private static final String MAGIC = "28b52ffd";
    private static final String EMPTY_LAST_BLOCK = "010000";

    private static int decode(String hex, byte[] out) throws FilterDataException {
        byte[] in = HexFormat.of().parseHex(hex);
        assertTrue(ZstdDecoder.lengthBound(Span.of(in)) >= 0);
        return new ZstdDecoder().decode(Span.of(in), Span.of(out));
    }

    private static FilterDataException refused(String hex) {
        return assertThrows(FilterDataException.class, () -> decode(hex, new byte[100]));
    }

    @Test
    void hashesAsXxHashDoes() {
        assertEquals(0xef46db3751d8e999L, hash(""));
        assertEquals(0xd24ec4f1a98c6e5bL, hash("a"));
        assertEquals(0x44bc2cf5ad770999L, hash("abc"));
    }

    private static long hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return XxHash64.of(bytes, 0, bytes.length);
    }

    @Test
    void acceptsTheChecksumOfNothingAndRefusesAnother() throws FilterDataException {
        assertEquals(0, decode(MAGIC + "2400" + EMPTY_LAST_BLOCK + "99e9d851", new byte[1]));
        assertTrue(refused(MAGIC + "2400" + EMPTY_LAST_BLOCK + "98e9d851")
                .getMessage()
                .contains("checksum"));
    }

    @Test
    void decodesRawAndRunBlocks() throws FilterDataException {
        byte[] out = new byte[10];
        // A window of 1 KiB; "abc" raw, then 5 times 'x' as the last block.
        assertEquals(8, decode(MAGIC + "0000" + "180000" + "616263" + "2b0000" + "78", out));
        assertEquals("abcxxxxx", new String(out, 0, 8, StandardCharsets.US_ASCII));
    }

    @Test
    void refusesADictionaryAsUnsupported() {
        FilterDataException e = refused(MAGIC + "21" + "05" + "00" + EMPTY_LAST_BLOCK);
        assertTrue(e.unsupported());
        assertTrue(e.getMessage().contains("dictionary 5"), e.getMessage());
    }

    @Test
    void acceptsADictionaryIdentifierOfZero() throws FilterDataException {
        assertEquals(0, decode(MAGIC + "21" + "00" + "00" + EMPTY_LAST_BLOCK, new byte[1]));
    }

    @Test
    void refusesTheFormatsBeforeVersion08AsUnsupported() {
        assertTrue(refused("27b52ffd" + "2000" + EMPTY_LAST_BLOCK).unsupported());
        assertFalse(refused("00000000" + "2000" + EMPTY_LAST_BLOCK).unsupported());
    }

    @Test
    void refusesTheReservedBitAndTheReservedBlockType() {
        assertFalse(refused(MAGIC + "2800" + EMPTY_LAST_BLOCK).unsupported());
        assertFalse(refused(MAGIC + "2000" + "070000").unsupported());
    }

    @Test
    void refusesABlockBeyondTheWindow() {
        // 1025 raw bytes in a window of 1024.
        String block = HexFormat.of().formatHex(new byte[] {(byte) (1025 << 3 | 1), (byte) (1025 << 3 >> 8), 0});
        refused(MAGIC + "0000" + block + "00".repeat(1025));
    }

    @Test
    void refusesARepeatedTableThatWasNotGiven() {
        // A compressed block without literals and with one sequence whose three tables are those of the block before.
        assertTrue(refused(MAGIC + "0000" + "2d0000" + "00" + "01fc" + "0001")
                .getMessage()
                .contains("not given"));
    }

    @Test
    void skipsFramesThatAreNotData() throws FilterDataException {
        assertEquals(0, decode("5f2a4d18" + "03000000" + "aabbcc", new byte[0]));
        refused("5f2a4d18" + "04000000" + "aabbcc");
    }
}
