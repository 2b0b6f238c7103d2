// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class StoredTextTest {
    private static StoredText of(int... bytes) {
        byte[] stored = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            stored[i] = (byte) bytes[i];
        }
        return StoredText.of(stored);
    }

    @Test
    void isUtf8OrElseLatin1() {
        assertEquals("a°", of('a', 0xc2, 0xb0).text());
        assertEquals("a°", of('a', 0xb0).text());
        assertEquals("Ã©°", of(0xc3, 0xa9, 0xb0).text(), "one byte that is not UTF-8 makes all of it ISO 8859-1");
        assertEquals("😀", StoredText.of("😀").text());
        assertEquals("", of().text());
        assertTrue(of('a').isUtf8());
        assertFalse(of(0xc0, 0x80).isUtf8(), "overlong");
        assertFalse(of(0xed, 0xa0, 0x80).isUtf8(), "a surrogate");
    }

    @Test
    void isEqualByItsBytes() {
        assertEquals(of('a'), StoredText.of("a"));
        assertEquals(of('a'), of('a').shownAs("b"));
        assertNotEquals(of('a', 0xb0), of('a', 0xc2, 0xb0));
        assertTrue(of(0xb0).compareBytes(of('a')) > 0, "bytes are unsigned");
        assertTrue(of('a').compareBytes(of('a', 'b')) < 0);
        byte[] bytes = of('a').bytes();
        bytes[0] = 'b';
        assertArrayEquals("a".getBytes(StandardCharsets.UTF_8), of('a').bytes());
    }

    @Test
    void hasATextForItsBytesAlone() {
        assertEquals("a°", of('a', 0xc2, 0xb0).exact());
        assertEquals("a\udcb0", of('a', 0xb0).exact());
        assertEquals("b", of('a').shownAs("b").text());
    }
}
