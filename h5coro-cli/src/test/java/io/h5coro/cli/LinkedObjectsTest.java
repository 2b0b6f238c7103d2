// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of objects in files that a link leads into; 999 is wrong wherever it appears. */
final class LinkedObjectsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void copy() throws IOException {
        for (String name : List.of("handles_main", "handles_linked", "handles_third")) {
            Files.copy(Fixtures.path(name), folder.resolve(name + ".h5"));
        }
    }

    private String main() {
        return folder.resolve("handles_main.h5").toString();
    }

    @Test
    void lsListsTheMembersOfAGroupOfAnotherFile() {
        Run run = Run.of("ls", "-r", main() + "/third");
        assertEquals(0, run.status(), run.err());
        assertEquals(
                List.of(
                        "link     back  -> handles_linked.h5 /electrodes",
                        "dataset  electrodes  (2,) float64",
                        "dataset  refs  (3,) reference"),
                run.out().lines().toList());
    }

    @Test
    void dumpPrintsAGroupAndADatasetOfAnotherFile() {
        Run group = Run.of("dump", "-g", "/g", main());
        assertEquals(0, group.status(), group.err());
        assertTrue(group.out().contains("(0): 1, 2, 3\n"), group.out());
        assertTrue(!group.out().contains(" 999"), group.out());
        Run dataset = Run.of("dump", "-d", "/temperature", main());
        assertEquals(0, dataset.status(), dataset.err());
        assertTrue(dataset.out().contains("(0): 1, 2, 3\n"), dataset.out());
    }

    @Test
    void attrsPrintsThoseOfTheObjectInTheOtherFile() {
        Run run = Run.of("attrs", main() + "/temperature");
        assertEquals(0, run.status(), run.err());
        assertEquals("temperature:k = 1\n", run.out());
    }

    @Test
    void attrsHasTheNameThatWasAskedFor() {
        for (String name : List.of("other_name", "through", "through/")) {
            Run run = Run.of("attrs", main(), "/" + name);
            assertEquals(0, run.status(), run.err());
            assertEquals(name.replace("/", "") + ":k = 1\n", run.out());
        }
    }

    /** At the address of what they refer to the file that was named holds another object, /decoy. */
    @Test
    void infoNamesWhatReferencesOfAnotherFileReferTo() {
        Run run = Run.of("info", main() + "/holders");
        assertEquals(0, run.status(), run.err());
        List<String> named = run.out()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("refs:"))
                .toList();
        assertEquals(
                List.of(
                        "refs:object = /electrodes ;",
                        "refs:region = /electrodes Blocks[rank=1, corners=[[1], [2]]] ;"),
                named);
    }

    @Test
    void diffComparesReferencesByWhatTheyReferToInTheirFiles() {
        Run run = Run.of("diff", main(), folder.resolve("handles_linked.h5").toString(), "-g", "/holders");
        assertEquals("", run.out());
        assertEquals(0, run.status(), run.err());
    }

    @Test
    void diffShowsReferencesThatDiffer() {
        Run run = Run.of("diff", main() + "/virtual_refs", main() + "/own_refs");
        assertEquals(1, run.status(), run.err());
        assertEquals("/: 2 of 2 values differ, the first at [0]: /electrodes != /local\n", run.out());
    }
}
