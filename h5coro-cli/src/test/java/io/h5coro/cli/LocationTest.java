// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.testdata.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocationTest {
    @ParameterizedTest
    @CsvSource({
        "s3://bucket/a.b/granule.h5/gt1l/heights, s3://bucket/a.b/granule.h5, /gt1l/heights",
        "https://host/x.NC4, https://host/x.NC4, /",
        "http://host/x.h5?v=1/group, http://host/x.h5?v=1, /group",
        "s3://bucket/data::a/b, s3://bucket/data, /a/b",
        "s3://bucket/data, s3://bucket/data, /",
        "no/such/file, no/such/file, /"
    })
    void splitsAtTheEndOfTheFile(String text, String file, String path) {
        assertEquals(new Location(file, path), Location.parse(text));
    }

    @Test
    void splitsWhereALocalFileEnds() {
        String file = Fixtures.path("numbers_earliest").toString();
        assertEquals(new Location(file, "/chunked/i1"), Location.parse(file + "/chunked/i1"));
        assertEquals(new Location(file, "/"), Location.parse(file));
    }

    @Test
    void listsMembersOfAGroup() {
        String file = Fixtures.path("numbers_earliest").toString();
        Run run = Run.of("ls", "-l", file + "/chunked");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("dataset  be_f8  (7, 9) float64 chunks "), run.out());
        assertTrue(Run.of("ls", "-r", file).out().contains("dataset  chunked/be_f8  (7, 9) float64"), run.out());
    }

    @Test
    void printsAttributesOfAnObject() {
        String file = Fixtures.path("attributes_earliest").toString();
        Run run = Run.of("attrs", file);
        assertEquals(0, run.status(), run.err());
    }

    @Test
    void explainsAnUnknownCommand() {
        Run run = Run.of("frobnicate");
        assertEquals(ExitCode.USAGE, run.status());
        assertEquals(1, run.errorLines(), run.err());
    }

    @Test
    void saysWhatIsMissing() {
        assertEquals(ExitCode.NOT_FOUND, Run.of("ls", "/no/such/file.h5").status());
        String file = Fixtures.path("numbers_earliest").toString();
        assertEquals(ExitCode.NOT_FOUND, Run.of("attrs", file, "/no/such").status());
    }
}
