// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.refs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.testdata.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * References of virtual datasets that libhdf5 wrote (testdata/make/linked.py), against where h5py says that the chunks
 * of the sources are. What zarr reads through such is compared by make_virtual.py and read_refs.py.
 */
final class VirtualReferencesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        for (String name : List.of("virtual_v110", "virtual_sources")) {
            Files.copy(Fixtures.path(name), folder.resolve(name + ".h5"));
        }
    }

    private References references(String address) {
        try (H5Coro file = H5Coro.open(folder.resolve("virtual_v110.h5"))) {
            return References.of(file, ReferenceOptions.at(address).withInlineBytes(0));
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> refs(String address) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        references(address).writeJson(out);
        Map<String, Object> all = (Map<String, Object>) JsonTree.of(out.toString(StandardCharsets.UTF_8));
        return (Map<String, Object>) all.get("refs");
    }

    /**
     * In virtual_sources.h5 "a" (6, 5) is at 2048, "100%" at 2781, "line" at 2901 and "block_0" and "block_1" are at
     * 3021 and 3081, all without chunks; "growing" has chunks of two rows from 2621 on.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "percent | [6,5] | 0.0 2781 120",
                "irregular | [2,5] | 0.0 2048 40; 1.0 2128 40",
                "part | [1,2] | 0.0 2072 8; 1.0 2092 8; 2.0 2112 8",
                "reshaped | [1,6] | 0.0 2901 24; 1.0 2925 24; 2.0 2949 24; 3.0 2973 24; 4.0 2997 24",
                "printf | [3,5] | 0.0 3021 60; 1.0 3081 60",
                "unlimited | [2,5] | 0.0 2621 40; 1.0 2661 40; 2.0 2701 40; 3.0 2741 40",
                "missing_dataset | [6,5] | 1.0 2048 120",
            })
    void chunksAreThoseOfTheSources(String name, String chunks, String places) throws IOException {
        Map<String, Object> refs = refs("s3://bucket/x/main.h5");
        String array = refs.get(name + "/.zarray").toString();
        assertTrue(array.contains("\"chunks\":" + chunks), array);
        long count = refs.keySet().stream()
                .filter(key -> key.startsWith(name + "/") && refs.get(key) instanceof List)
                .count();
        assertEquals(places.split("; ").length, count);
        for (String place : places.split("; ")) {
            String[] words = place.split(" ");
            assertEquals(
                    List.of("s3://bucket/x/virtual_sources.h5", Long.valueOf(words[1]), Long.valueOf(words[2])),
                    refs.get(name + "/" + words[0]),
                    place);
        }
    }

    /** The address of the file may be another than that under which it is opened. */
    @Test
    void sourcesInTheFileItselfHaveItsAddress() throws IOException {
        Map<String, Object> refs = refs("https://host/main.h5?token=1");
        assertEquals(List.of("https://host/main.h5", 2048L, 41L), refs.get("same_file/0.0"));
        assertEquals(List.of("https://host/main.h5", 2089L, 41L), refs.get("same_file/1.0"));
        assertEquals(List.of("https://host/virtual_sources.h5", 2781L, 120L), refs.get("percent/0.0"));
    }

    @Test
    void chunksThatAreNotThoseOfTheSourcesAreRefusedByName() {
        Map<String, String> reasons = references("main.h5").refused().stream()
                .collect(java.util.stream.Collectors.toMap(RefusedVariable::path, RefusedVariable::reason));
        String missing = "chunks were never written, and what HDF5 gives for them is not what Zarr gives";
        Map.of(
                        "/stacked", "its sources differ in their filters",
                        "/strided", "its sources differ in their filters",
                        "/nested", "of its source /stacked: its sources differ in their filters",
                        "/converted_int", "its sources have elements of another type",
                        "/missing_file", missing,
                        "/with_gap", missing,
                        "/unwritten_source", missing,
                        "/missing_group", "virtual_sources.h5: /nothing/here: does not exist")
                .forEach((path, reason) ->
                        assertTrue(reasons.get(path).contains(reason), path + ": " + reasons.get(path)));
        assertEquals(13, reasons.size());
    }
}
