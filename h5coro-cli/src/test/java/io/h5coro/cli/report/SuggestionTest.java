// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.H5Coro;
import io.h5coro.cli.CommandEdgesTest;
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

    @Test
    void aPathIsCorrectedWhereItGoesWrong() {
        try (H5Coro file = H5Coro.open(CommandEdgesTest.resource("options/kinds.h5"))) {
            assertEquals("; did you mean /int/i1?", Suggestion.ofPath(file, "/itn/i1"));
            assertEquals("; did you mean /int/i1?", Suggestion.ofPath(file, "//int//i11/"));
            assertEquals("; did you mean /attr/late/data?", Suggestion.ofPath(file, "attr/latte/data"));
            // What stood behind the wrong name is not there either.
            assertEquals("; did you mean /attr?", Suggestion.ofPath(file, "/atr/no_such"));
            assertEquals("", Suggestion.ofPath(file, "/quite/different"));
            // The path goes on behind a dataset, or is right.
            assertEquals("", Suggestion.ofPath(file, "/int/i1/x"));
            assertEquals("", Suggestion.ofPath(file, "/int/i1"));
        }
    }

    @Test
    void aPathLeadsThroughLinks() {
        try (H5Coro file = H5Coro.open(CommandEdgesTest.resource("options/links.h5"))) {
            assertEquals("; did you mean /g/up/g/again?", Suggestion.ofPath(file, "/g/up/g/agian"));
            assertEquals("; did you mean /out_group/inner?", Suggestion.ofPath(file, "/out_group/iner"));
            assertEquals("; did you mean /dangling?", Suggestion.ofPath(file, "/dangeling"));
            assertEquals("", Suggestion.ofPath(file, "/dangling/x"));
            assertEquals("", Suggestion.ofPath(file, "/loop/x"));
        }
    }
}
