// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.model.StoredText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "Größe", "温度", "a\u0000b", "\ud83c\udf0d", "\ufffd", "tail µ"})
    void holdsTextAsUtf8(String text) {
        assertEquals(text, Written.utf8(bytes -> bytes.add(text)));
        assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), ByteText.bytes(text));
    }

    /** A name in ISO 8859-1 is written as its own bytes, whatever is around it. */
    @Test
    void bytesThatAreNoTextComeBackAsTheyWere() {
        byte[] stored = {'a', (byte) 0xb5, 'V', (byte) 0xff, (byte) 0xc3, (byte) 0xa9, (byte) 0x80};
        String exact = StoredText.of(stored).exact();
        assertArrayEquals(stored, ByteText.bytes(exact));
        assertEquals(new String(stored, StandardCharsets.ISO_8859_1), Written.bytes(text -> text.add(exact)));
        assertEquals(
                "x" + new String(stored, StandardCharsets.ISO_8859_1) + "y\u00c2\u00b5",
                Written.bytes(text -> text.add("x" + exact + "yµ")));
    }

    @Test
    void growsAsFarAsItHasTo() {
        String long_ = "0123456789".repeat(1000);
        assertEquals(long_ + "!", Written.bytes(text -> text.add(long_).add('!')));
        byte[] many = new byte[5000];
        Arrays.fill(many, (byte) 'x');
        assertEquals(
                "ab" + "x".repeat(5000), Written.bytes(text -> text.add("ab").add(many)));
        assertEquals("x".repeat(10_000), Written.bytes(text -> text.add(many).add(many)));
    }

    @Test
    void takesTheLowestEightBitsOfANumber() {
        assertEquals("A\u00ff", Written.bytes(text -> text.add(0x141).add(-1)));
        assertEquals("-9223372036854775808", Written.bytes(text -> text.add(Long.MIN_VALUE)));
        assertEquals("007fff", Written.bytes(text -> text.hex(0).hex(0x7f).hex(-1)));
    }

    @Test
    void isEmptyAgainWhenCleared() {
        assertEquals("new", Written.bytes(text -> text.add("old text").clear().add("new")));
    }
}
