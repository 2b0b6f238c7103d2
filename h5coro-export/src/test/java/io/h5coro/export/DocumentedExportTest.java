// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.export.refs.ReferenceOptions;
import io.h5coro.export.refs.References;
import io.h5coro.model.DatasetRequest;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of README, {@code docs/export.md} and {@code docs/refs.md} run. */
final class DocumentedExportTest {
    @Test
    void exportsAsTheExamplesSay(@TempDir Path folder) throws IOException {
        try (H5Coro file = H5Coro.open(Fixtures.path("sample_granule.h5"))) {
            List<DatasetRequest> columns = List.of(
                    DatasetRequest.parse("/gt1l/heights/h_ph[0:1000]"),
                    DatasetRequest.parse("/gt1l/heights/lat_ph[0:1000]"));
            Export.to("csv").write(file, columns, folder.resolve("heights.csv"));
            Export.to("arrow").write(file, columns, folder.resolve("heights.arrow"));
        }
        List<String> lines = Files.readAllLines(folder.resolve("heights.csv"));
        assertEquals("h_ph,lat_ph", lines.get(0));
        assertTrue(lines.get(1).startsWith("1811.2"), lines.get(1));
        assertEquals(1001, lines.size());
        assertTrue(Files.size(folder.resolve("heights.arrow")) > 12_000);
    }

    @Test
    void refersAsTheExampleSays(@TempDir Path folder) throws IOException {
        try (H5Coro file = H5Coro.open(Fixtures.path("sample_granule.h5"))) {
            References references = References.of(file, ReferenceOptions.at("s3://bucket/granule.h5"));
            references.writeJson(folder.resolve("granule.json"));
        }
        assertTrue(Files.readString(folder.resolve("granule.json")).contains("\"s3://bucket/granule.h5\""));
        String here = Files.readString(Path.of("src/test/java/io/h5coro/export/DocumentedExportTest.java"));
        String text = Files.readString(Path.of("../docs/refs.md"));
        String example = text.substring(text.indexOf("```java\n") + "```java".length());
        List<String> lines = example.substring(0, example.indexOf("```"))
                .lines()
                .map(line -> line.strip().replace("Path.of(", "folder.resolve("))
                .filter(line -> line.length() > 1)
                .toList();
        assertEquals(2, lines.size());
        lines.forEach(line -> assertTrue(here.contains(line), line));
    }

    @Test
    void holdsTheExamples() throws IOException {
        String here = Files.readString(Path.of("src/test/java/io/h5coro/export/DocumentedExportTest.java"));
        for (String document : List.of("../README.md", "../docs/export.md")) {
            String text = Files.readString(Path.of(document));
            String example =
                    text.substring(text.indexOf("```java\nList<DatasetRequest> columns = ") + "```java".length());
            List<String> lines = example.substring(0, example.indexOf("```"))
                    .lines()
                    .map(line -> line.strip().replace("Path.of(", "folder.resolve("))
                    .filter(line -> line.length() > 1)
                    .toList();
            assertEquals(4, lines.size());
            lines.forEach(line -> assertTrue(here.contains(line), line));
        }
    }
}
