// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.testdata.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo of the README, in a JVM of its own. */
@Timeout(180)
class DemoTest {
    @TempDir
    Path folder;

    @Test
    void readsTheGranuleAndEndsCleanly() throws Exception {
        CommandRun demo = CommandRun.of(Demo.class, folder, Map.of(), List.of());
        assertEquals(0, demo.status(), demo.err());
        String start = Fixtures.expected("sample_granule")
                .object("/ancillary_data/data_start_utc")
                .values()
                .orElseThrow()
                .get(0)
                .asText();
        assertTrue(demo.out().contains("(0): \"" + start + "\""), demo.out());
        assertTrue(demo.out().contains("DATASET \"/gt2r/geolocation/ph_index_beg\""), demo.out());
        assertTrue(demo.err().contains("$ h5coro dump --endpoint http://127.0.0.1:"), demo.err());
        assertTrue(demo.err().matches("(?s).*\\d+ requests, \\d+ bytes fetched.*"), "the statistics: " + demo.err());
        assertFalse(demo.err().contains("Exception"), demo.err());
        try (var left = Files.list(CommandRun.temporary(folder))) {
            assertEquals(List.of(), left.filter(Files::isDirectory).toList(), "the store's folder is gone");
        }
    }

    @Test
    void endsWithTheStatusOfTheCommand() throws Exception {
        CommandRun demo = CommandRun.of(Demo.class, folder, Map.of(), List.of("-d", "/no/such/dataset"));
        assertNotEquals(0, demo.status(), demo.err());
        assertTrue(demo.err().contains("/no"), demo.err());
    }
}
