// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.H5Coro;
import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.text.VisibleText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a name is printed as can be typed. */
final class EscapedPathTest {
    @ParameterizedTest
    @CsvSource({
        "/a\\nb, '/a\nb'",
        "/a\\tb, '/a\tb'",
        "/a\\rb, '/a\rb'",
        "/\\x1b[31m, '/\u001b[31m'",
        "/\\x00, '/\0'",
        "/\\x9b, '/\u009b'",
        "/\\u202egnp, '/\u202egnp'",
        "/\\u{e0001}x, '/\udb40\udc01x'",
        "/\\u{10ffff}, '/\udbff\udfff'",
        "/\\u{110000}, /\\u{110000}",
        "/\\x1, /\\x1",
        "/\\x1B, /\\x1B",
        "/\\u12, /\\u12",
        "/\\u{1f}, /\\u{1f}",
        "/\\q, /\\q",
        "/back\\\\slash, /back\\\\slash",
        "/plain, /plain"
    })
    void undoesEscapesAndLeavesTheRest(String typed, String path) {
        assertEquals(path, EscapedPath.unescaped(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb", "x\u001b[31m", "\u202egnp", "\udb40\udc01", "\u2028", "tab\t", "\u0007", "温度", "a b"})
    void isTheInverseOfWhatIsPrinted(String name) {
        assertEquals(name, EscapedPath.unescaped(VisibleText.of(name)));
    }

    @Test
    void anObjectOfThatVeryNameComesFirst() {
        try (H5Coro file = H5Coro.open(CommandEdgesTest.resource("odd_names.h5"))) {
            assertEquals("/a\nb", EscapedPath.in(file, "/a\\nb"));
            assertEquals("/a\nb", EscapedPath.in(file, "/a\nb"));
            assertEquals("/no\nsuch", EscapedPath.in(file, "/no\\nsuch"));
            assertEquals("/no such", EscapedPath.in(file, "/no such"));
        }
    }
}
