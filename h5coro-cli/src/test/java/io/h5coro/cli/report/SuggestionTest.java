// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionTest {
    private static final List<String> KNOWN = List.of("heights", "geolocation", "x", "h_ph", "Heights2");

    @Test
    void findsWhatIsAtMostTwoLettersAway() {
        assertEquals("heights", Suggestion.nearest("hieghts", KNOWN).orElseThrow());
        assertEquals("heights", Suggestion.nearest("height", KNOWN).orElseThrow());
        assertEquals("heights", Suggestion.nearest("hhheights", KNOWN).orElseThrow());
        assertEquals("geolocation", Suggestion.nearest("geoloctaino", KNOWN).orElseThrow());
        assertEquals("h_ph", Suggestion.nearest("hph", KNOWN).orElseThrow());
        assertEquals("", Suggestion.of("hhhheights", KNOWN));
        assertEquals("", Suggestion.of("y", KNOWN));
        assertEquals("", Suggestion.of("", KNOWN));
        assertEquals("; did you mean x?", Suggestion.of("xy", KNOWN));
        assertEquals("", Suggestion.of("a".repeat(100_000), List.of("a".repeat(100_001))));
    }
}
