// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What references are called and lead to; {@code testdata/make/dumped.py} wrote down libhdf5's names. */
final class DumpReferencesTest {
    @TempDir
    Path folder;

    private Run dump(String... arguments) {
        Run run = Run.of(arguments);
        assertAll(() -> assertEquals(0, run.status(), run.err()), () -> assertEquals("", run.err()));
        return run;
    }

    /** Lines of the output that hold one of some words, without what is in front. */
    private static List<String> lines(Run run, String pattern) {
        return Pattern.compile(pattern)
                .matcher(run.out())
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ascending", "descending"})
    void namesAnObjectByItsFirstPathAsStoredWhateverTheOrderOfPrinting(String order) throws IOException {
        String file = DumpFiles.one(folder, "aliases.h5");
        Run run = dump("dump", "-q", "creation_order", "-z", order, "-d", "references", file);
        assertEquals(DumpFiles.text("aliases.txt").lines().toList(), lines(run, "(?<=aliases.h5)/[a-z0-9/]+(?=\"\n)"));
    }

    @Test
    void namesAndFollowsReferencesIntoAnotherFile() throws IOException {
        DumpFiles.copy(folder, "references.h5", "referenced.h5");
        Run run = dump("dump", "-d", "object", folder.resolve("references.h5").toString());
        assertTrue(run.out().contains("DATASET \"referenced.h5/values\"\n"), run.out());
        assertTrue(run.out().contains("(0): 1, 2, 3, 4\n"), run.out());
        assertTrue(run.out().contains("GROUP \"referenced.h5/group\"\n"), run.out());
        assertFalse(run.out().contains(" 999"), run.out());
    }

    @Test
    void readsRegionsAndAttributesOfAnotherFile() throws IOException {
        DumpFiles.copy(folder, "references.h5", "referenced.h5");
        String file = folder.resolve("references.h5").toString();
        Run names = dump("dump", "-d", "region", "-d", "attribute", file);
        assertTrue(names.out().contains("DATASET \"referenced.h5/values\" {\n"), names.out());
        assertTrue(names.out().contains("ATTRIBUTE \"referenced.h5/values/note\" {\n"), names.out());
        assertTrue(names.out().contains("REGION_TYPE BLOCK  (1)-(2)\n"), names.out());
        Run values = dump("dump", "-R", "-d", "region", "-d", "attribute", file);
        assertEquals(List.of("            2, 3\n", "         (0): 5\n"), lines(values, " +(2, 3|\\(0\\): 5)\n"));
        assertFalse(values.out().contains(" 999"), values.out());
    }

    @Test
    void saysUnknownWhereTheOtherFileIsMissing() throws IOException {
        String file = DumpFiles.one(folder, "references.h5");
        Run run = dump("dump", "-d", "object", "-d", "attribute", file);
        assertTrue(run.out().contains("UNKNOWN \"referenced.h5\"\n"), run.out());
        assertTrue(run.out().contains("NULL"), run.out());
    }

    /** A link out of the folder is left as it is, with a warning; a reference is a value, which could not be read. */
    @Test
    void aReferenceOutOfTheFolderIsRefusedWithTheStatusOfNoAccess() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(DumpFiles.one(folder, "references.h5")));
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("referenced.h5", "../erenced.h5");
        Path file = Files.write(folder.resolve("refused.h5"), text.getBytes(StandardCharsets.ISO_8859_1));
        Run run = Run.of("dump", "-d", "object", file.toString());
        assertEquals(ExitCode.STORAGE, run.status(), run.err());
        assertTrue(run.err().contains("'../erenced.h5', which is not in its folder"), run.err());
        assertTrue(run.err().contains("--follow-anywhere"), run.err());
        assertTrue(run.out().endsWith("}\n}\n"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-R"})
    void readsReferencesWhereALinkLedToTheirFile(String regions) throws IOException {
        DumpFiles.copy(folder, "linking.h5", "linked.h5");
        String file = folder.resolve("linking.h5").toString();
        String option = regions.isEmpty() ? "-y" : regions;
        Run asked = dump("dump", option, "-d", "/r", "-d", "/q", "-a", "/r/a", file);
        Run whole = dump("dump", option, file);
        for (Run run : List.of(asked, whole)) {
            assertTrue(run.out().contains("linked.h5/electrodes\""), run.out());
            assertTrue(run.out().contains("1, 2, 3\n"), run.out());
            assertEquals(!regions.isEmpty(), run.out().contains("   2, 3\n"), run.out());
            assertFalse(run.out().contains("decoy\"\n"), run.out());
        }
        assertFalse(asked.out().contains(" 999"), asked.out());
    }

    @Test
    void namesTheLinkedFileByItsWholePath() throws IOException {
        DumpFiles.copy(folder, "linking.h5", "linked.h5");
        Path folderOfBoth = folder.toAbsolutePath();
        Run run = dump("dump", "-d", "/r", folder.resolve("linking.h5").toString());
        assertTrue(run.out().contains("DATASET \"" + folderOfBoth + "/linked.h5/electrodes\"\n"), run.out());
    }
}
