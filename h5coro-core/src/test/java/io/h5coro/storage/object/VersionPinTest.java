// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VersionPinTest {
    private static final String MONDAY = "Mon, 06 Jul 2026 10:00:00 GMT";

    private static ObjectVersion version(String tag, String time, long size) {
        return ObjectVersion.of(
                size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
                Optional.of(tag).filter(text -> !text.equals("-")),
                Optional.of(time).filter(text -> !text.equals("-")));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                // tag and time first, then later, and whether that is surely the same version
                "`\"a\"`, -, `\"a\"`, -, true",
                "`\"a\"`, -, `\"b\"`, -, false",
                "`\"a\"`, -, -, -, false",
                "`\"a\"`, -, -, 1, false",
                "`\"a\"`, 1, -, 1, false",
                "`\"a\"`, -, `W/\"a\"`, -, false",
                "`\"a\"`, 1, `W/\"a\"`, 1, false",
                "`\"a\"`, 1, `\"a\"`, 2, true",
                "`\"a\"`, 1, `\"a\"`, -, true",
                "`\"a\"`, -, `\"a\"`, 1, true",
                "`W/\"a\"`, -, `W/\"a\"`, -, true",
                "`W/\"a\"`, -, `W/\"b\"`, -, false",
                "`W/\"a\"`, 1, `W/\"a\"`, 1, true",
                "`W/\"a\"`, 1, `W/\"a\"`, 2, false",
                "`W/\"a\"`, 1, `W/\"a\"`, -, false",
                "`W/\"a\"`, 1, -, 1, false",
                "`W/\"a\"`, -, -, -, false",
                "`W/\"a\"`, -, `\"a\"`, -, true",
                "`W/\"a\"`, 1, `\"a\"`, 2, false",
                "`W/\"a\"`, -, `\"b\"`, -, false",
                "a, -, a, -, true",
                "a, -, b, -, false",
                "a, 1, a, 2, false",
                "-, 1, -, 1, true",
                "-, 1, -, 2, false",
                "-, 1, -, -, false",
                "-, 1, `\"a\"`, -, false",
                "-, 1, `W/\"a\"`, -, false",
                "-, 1, `\"a\"`, 1, true",
                "-, -, -, -, true",
                "-, -, `\"a\"`, -, false",
                "-, -, -, 1, false",
                "`\"\"`, -, `\"\"`, -, true",
                "`\"\"`, 1, `\"\"`, 2, false",
                "`W/\"\"`, 1, `W/\"\"`, 2, false"
            })
    void whatCannotBeComparedHasChanged(String tag, String time, String nextTag, String nextTime, boolean same) {
        VersionPin pin = new VersionPin("x", false);
        assertEquals(null, pin.complaint(version(tag, time, 10)));
        assertEquals(same, pin.complaint(version(nextTag, nextTime, 10)) == null);
        assertTrue(same || pin.complaint(version(tag, time, 10)) == null, "the first one stays");
        VersionPin alone = new VersionPin("x", true);
        assertEquals(null, alone.complaint(version(tag, time, 10)));
        assertEquals(null, alone.complaint(version(nextTag, nextTime, 10)));
        assertTrue(alone.complaint(version(tag, time, 11)) != null);
    }

    @Test
    void whatJoinsIsExpectedFromThenOn() {
        VersionPin pin = new VersionPin("x", false);
        assertEquals(null, pin.complaint(version("-", MONDAY, -1)));
        assertEquals(null, pin.complaint(version("\"a\"", MONDAY, 10)));
        assertEquals(OptionalLong.of(10), pin.size());
        assertEquals(Optional.of("\"a\""), pin.condition());
        assertTrue(pin.complaint(version("-", MONDAY, 10)) != null);
        assertTrue(pin.complaint(version("\"a\"", MONDAY, 11)) != null);
        assertEquals(null, pin.complaint(version("\"a\"", MONDAY, -1)));
    }

    @Test
    void aSizeAloneIsComparedWithEveryAnswer() {
        VersionPin pin = new VersionPin("x", false);
        assertTrue(pin.acceptsSize(10));
        assertFalse(pin.acceptsSize(11));
        assertTrue(pin.complaint(version("\"a\"", "-", 11)) != null);
        assertEquals(null, pin.complaint(version("\"a\"", "-", 10)));
        VersionPin bare = new VersionPin("x", false);
        assertEquals(null, bare.complaint(version("-", "-", 10)));
        assertTrue(bare.complaint(version("-", "-", -1)) != null, "nothing is left to compare");
        assertEquals(Optional.empty(), bare.version());
    }

    @Test
    void aVersionThatIsExpectedNeedsTheSameStrongTag() {
        VersionPin pin = new VersionPin("x", false);
        assertFalse(pin.expect("W/\"a\"", 10));
        assertFalse(pin.expect("\"\"", 10));
        assertTrue(pin.expect("\"a\"", 10));
        assertFalse(pin.expect("\"a\"", 10));
        assertTrue(pin.complaint(version("W/\"a\"", MONDAY, 10)) != null);
        assertTrue(pin.complaint(version("-", MONDAY, 10)) != null);
        assertTrue(pin.complaint(version("\"a\"", MONDAY, 11)) != null);
        assertEquals(null, pin.complaint(version("\"a\"", MONDAY, 10)));
        assertFalse(new VersionPin("x", true).expect("\"a\"", 10));
    }

    @Test
    void theServersWordsAreEscapedInComplaints() {
        VersionPin pin = new VersionPin("x", false);
        assertEquals(null, pin.complaint(version("\u001b[2J", "-", 10)));
        String complaint = String.valueOf(pin.complaint(version("b".repeat(1_000), "-", 10)));
        assertTrue(complaint.contains("\\u001b[2J") && complaint.length() < 400, complaint);
    }
}
