// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are not UTF-8 are addressed as they are listed; what is damaged is reported beside the rest. */
final class StoredNamesCommandTest {
    private static String file(String name) {
        return Path.of("../h5coro-core/src/test/resources/names", name + ".h5").toString();
    }

    @ParameterizedTest
    @CsvSource({"stored_earliest, both/a\\xb0, 10", "stored_latest, both/a°, 20", "stored_latest, few/aµ, 20"})
    void addressesANameAsItIsListed(String name, String path, int first) {
        String group = path.substring(0, path.indexOf('/'));
        Run listed = Run.of("ls", file(name) + "::" + group);
        assertEquals(ExitCode.OK, listed.status(), listed.err());
        assertTrue(listed.out().contains(path.substring(group.length() + 1)), listed.out());
        Run attributes = Run.of("attrs", file(name), "/" + path);
        assertEquals(ExitCode.OK, attributes.status(), attributes.err());
        assertTrue(attributes.out().contains(" = " + first + "\n"), attributes.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad_v1", "bad_v2", "bad_dense", "bad_string"})
    void printsTheAttributesBesideADamagedOne(String name) {
        Run run = Run.of("attrs", file(name), "/x");
        assertEquals(ExitCode.CORRUPT, run.status(), run.err());
        assertTrue(run.out().contains(" = 1.5"), run.out());
        assertTrue(run.out().contains(" = 2.5"), run.out());
        assertTrue(run.err().contains("/x@bad"), run.err());
        assertEquals(1, run.errorLines(), run.err());
    }

    @Test
    void saysWhyAMemberWithASlashInItsNameCannotBeOpened() {
        Run listed = Run.of("ls", file("slash_latest"));
        assertEquals(ExitCode.UNSUPPORTED, listed.status(), listed.err());
        assertTrue(listed.out().contains("dataset  x"), listed.out());
        assertTrue(listed.out().contains("c/d/e"), listed.out());
        Run attributes = Run.of("attrs", file("slash_latest"), "/c/d/e");
        assertEquals(ExitCode.UNSUPPORTED, attributes.status(), attributes.err());
        assertTrue(attributes.err().contains("slash"), attributes.err());
        assertFalse(attributes.err().contains("\tat "), attributes.err());
    }
}
