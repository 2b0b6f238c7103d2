// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code h5coro find}: what the files hold is stated by hand from the scripts that write them. */
final class FindCommandTest {
    private static final String CLIMATE = CommandEdgesTest.resource("values/climate.h5");
    private static final String KINDS = CommandEdgesTest.resource("options/kinds.h5");

    private static List<String> found(String file, String... options) {
        List<String> words = new ArrayList<>(List.of("find", file));
        words.addAll(List.of(options));
        Run run = Run.of(words.toArray(String[]::new));
        assertEquals(0, run.status(), run.err());
        return run.out().lines().toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--name l*|/lat /level /lon",
                "--name ?at|/lat",
                "--name [!l]*s*|/alias /forecast /forecast/pressure /tas",
                "--name {lat,lon}|/lat /lon",
                "--name LAT|",
                "--name /*|/ /alias /far /forecast /lat /level /lon /tas /time",
                "--name /forecast/*|/forecast/pressure /forecast/station",
                "--name **/pressure|/forecast/pressure",
                "--name lat --name lon|/lat /lon",
                "--kind group|/ /forecast",
                "--kind link|/alias /far",
                "--type float*|/lat /level /lon /tas /time",
                "--type string|/forecast/station",
                "--shape 3|/lat",
                "--shape (6,)|/forecast/station /time",
                "--shape *,*|/forecast/pressure",
                "--shape 6,*,4|/tas",
                "--attr units|/tas /time",
                "--attr units=K|/tas",
                "--attr units=k|",
                "--attr flag=3.0|/tas",
                "--attr _FillValue=1e20|/tas",
                "--attr valid_range=0.0,_1000.5|/tas",
                "--attr title|/",
                "--attr units --attr flag|/tas",
                "--attr units --name t* --shape 6|/time",
                "--attr no_such|"
            })
    void findsWhatAllOptionsHoldFor(String options, String paths) {
        String[] words = options.split(" ");
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].replace("_1000", " 1000");
        }
        assertEquals(paths == null ? List.of() : List.of(paths.split(" ")), found(CLIMATE, words));
    }

    @Test
    void aGroupIsLookedInAlone() {
        assertEquals(List.of("/attr/late/data"), found(KINDS, "/attr", "--kind", "dataset"));
        assertEquals(
                List.of("dataset  /attr/late/data  (3,) int32", "datatype /alias"),
                List.of(
                        found(KINDS, "/attr", "--kind", "dataset", "-l").get(0),
                        found(KINDS, "--kind", "datatype", "-l").get(0)));
    }

    @Test
    void jsonHasWhatWasFoundWithTheAttributesThatWereAskedFor() throws Exception {
        var found = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(Run.of("find", "--json", CLIMATE, "--attr", "units").out())
                .at("/files/0/found");
        assertEquals(2, found.size());
        assertEquals("/tas", found.get(0).get("path").asText());
        assertEquals("[6,3,4]", found.get(0).get("shape").toString());
        assertEquals("[null,3,4]", found.get(0).get("maximum").toString());
        assertEquals("K", found.get(0).at("/attributes/0/value").asText());
    }

    @Test
    void saysWhatIsWrong() {
        assertEquals(ExitCode.USAGE, Run.of("find", CLIMATE, "--kind", "file").status());
        assertEquals(ExitCode.USAGE, Run.of("find", CLIMATE, "--shape", "a").status());
        assertEquals(ExitCode.USAGE, Run.of("find", CLIMATE, "--name", "[z-a]").status());
        assertEquals(ExitCode.NOT_FOUND, Run.of("find", CLIMATE, "/tas").status());
        assertEquals(ExitCode.NOT_FOUND, Run.of("find", CLIMATE, "/none").status());
    }

    @Test
    void lettersThatMeanSomethingElsewhereMeanThemselves() {
        assertTrue(NameGlob.parse("a.b+(c)$").matches("/x/a.b+(c)$"));
        assertFalse(NameGlob.parse("a.b").matches("/axb"));
        assertTrue(NameGlob.parse("\\*").matches("/*") && !NameGlob.parse("\\*").matches("/a"));
        assertTrue(NameGlob.parse("[a&&b]").matches("/&"));
        assertTrue(NameGlob.parse("x}").matches("/x}") && NameGlob.parse("a,b").matches("/a,b"));
    }
}
