// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that name others; that values are right is FixtureTest's. */
final class ForeignFilesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void copySources() throws IOException {
        for (String name : List.of("virtual_sources", "external_links_v110", "virtual_v110")) {
            Files.copy(Fixtures.path(name), folder.resolve(name + ".h5"));
        }
    }

    private H5Coro links() {
        return H5Coro.open(folder.resolve("external_links_v110.h5"));
    }

    private static int[] ints(H5Array array) {
        int[] values = new int[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) array.getLong(i);
        }
        return values;
    }

    @Test
    void followsExternalLinks() {
        try (H5Coro file = links();
                H5Coro target = H5Coro.open(folder.resolve("virtual_sources.h5"))) {
            int[] expected = ints(target.read("/a"));
            assertArrayEquals(expected, ints(file.read("/to_dataset")));
            assertArrayEquals(expected, ints(file.read("/to_root/a")));
            assertEquals("/to_dataset", file.dataset("/to_dataset").path().orElseThrow());
            assertEquals(
                    target.list("/").variables().keySet(),
                    file.list("/to_root").variables().keySet());
            assertTrue(file.list("/").variables().containsKey("to_dataset"));
            ReadPromise promise = file.readDatasets(List.of(
                    DatasetRequest.of("/own"), DatasetRequest.of("/to_dataset"), DatasetRequest.of("/to_root/b")));
            assertEquals(3, promise.get("/own").length());
            assertArrayEquals(expected, ints(promise.get("/to_dataset")));
            assertArrayEquals(ints(target.read("/b")), ints(promise.get("/to_root/b")));
        }
    }

    /** A file that names another one, with a name of the same length in its place. */
    private Path renamed(String fixture, String old, String name) throws IOException {
        String text = new String(Fixtures.bytes(fixture), StandardCharsets.ISO_8859_1);
        assertTrue(text.contains(old) && old.length() == name.length());
        return Files.write(folder.resolve("renamed.h5"), text.replace(old, name).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void opensSiblingsWithAColonInTheirName() throws IOException {
        // The checksums of the structures that hold the names are not those of the new names.
        ReadOptions trusting = ReadOptions.builder().verifyChecksums(false).build();
        for (String name : List.of("wrf-02T01:00:00.h5", "C:tual_sources.h5x", "file:l_sources.h5x")) {
            Files.copy(folder.resolve("virtual_sources.h5"), folder.resolve(name));
            try (H5Coro links = H5Coro.open(renamed("external_links_v110", "virtual_sources.h5", name), trusting);
                    H5Coro target = H5Coro.open(Fixtures.path("virtual_sources"))) {
                assertArrayEquals(ints(target.read("/a")), ints(links.read("/to_dataset")));
            }
        }
        Files.copy(
                Fixtures.path("external_raw_v110").resolveSibling("external_raw_1.bin"),
                folder.resolve("raw:12:00:00.bin.x"));
        Files.copy(
                Fixtures.path("external_raw_v110").resolveSibling("external_raw_2.bin"),
                folder.resolve("external_raw_2.bin"));
        try (H5Coro raw = H5Coro.open(
                        renamed("external_raw_v110", "external_raw_1.bin", "raw:12:00:00.bin.x"), trusting);
                H5Coro target = H5Coro.open(Fixtures.path("external_raw_v110"))) {
            assertArrayEquals(ints(target.read("/whole")), ints(raw.read("/whole")));
        }
    }

    @Test
    void tellsMissingFromRefused() {
        try (H5Coro file = links()) {
            assertThrows(NotFoundException.class, () -> file.read("/to_missing_file"));
            assertThrows(NotFoundException.class, () -> file.read("/to_missing_object"));
            assertThrows(NotFoundException.class, () -> file.read("/absolute"));
            StorageFailureException e = assertThrows(StorageFailureException.class, () -> file.read("/outside"));
            assertEquals(StorageException.Kind.ACCESS_DENIED, e.kind());
            assertEquals(3, file.read("/own").length());
        }
    }

    @Test
    void opensNoOtherFileForABareReader() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("external_links_v110.h5"));
        try (H5Coro file = H5Coro.open(MemoryRangeReader.of("memory", bytes), ReadOptions.defaults())) {
            assertThrows(StorageFailureException.class, () -> file.read("/to_dataset"));
        }
        byte[] sources = Files.readAllBytes(folder.resolve("virtual_sources.h5"));
        try (H5Coro file = H5Coro.open(
                MemoryRangeReader.of("memory", bytes),
                ReadOptions.defaults(),
                name -> java.util.Optional.of(MemoryRangeReader.of(name, sources)))) {
            assertEquals(30, file.read("/to_dataset").length());
        }
    }

    @Test
    void endsLoopsOfExternalLinks() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("external_links_v110.h5"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        // The target file is replaced by the same file: "/to_root" leads to itself again and again.
        Files.write(folder.resolve("virtual_sources.h5"), bytes);
        assertTrue(text.contains("virtual_sources.h5"));
        try (H5Coro file = links()) {
            String path = "/to_root".repeat(20) + "/own";
            assertThrows(io.h5coro.error.LimitExceededException.class, () -> file.read(path));
            assertEquals(3, file.read("/to_root/to_root/own").length());
        }
    }

    @Test
    void refusesRawDataElsewhere() throws IOException {
        for (String evil : List.of("../../etc/passwd", "file:///etc/x", "s3://other/key1")) {
            byte[] bytes = Fixtures.bytes("external_raw_v110");
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("external_raw_1.bin");
            byte[] name = java.util.Arrays.copyOf(evil.getBytes(StandardCharsets.ISO_8859_1), 18);
            System.arraycopy(name, 0, bytes, at, name.length);
            Path path = folder.resolve("evil.h5");
            Files.write(path, bytes);
            try (H5Coro file = H5Coro.open(path)) {
                assertThrows(StorageFailureException.class, () -> file.read("/whole"), evil);
                assertEquals(3, file.read("/beside").length());
            }
        }
    }

    @Test
    void missingRawDataIsAnError() {
        try (H5Coro file = H5Coro.open(Fixtures.path("external_raw_v110"))) {
            assertThrows(NotFoundException.class, () -> file.read("/missing_file"));
        }
    }

    @Test
    void tellsTheMappingsOfAVirtualDataset() {
        try (H5Coro file = H5Coro.open(folder.resolve("virtual_v110.h5"))) {
            DatasetStorage.Virtual virtual =
                    (DatasetStorage.Virtual) file.dataset("/stacked").storage();
            assertEquals(2, virtual.mappings().size());
            assertEquals("virtual_sources.h5", virtual.mappings().get(0).file());
            assertEquals("b", virtual.mappings().get(1).dataset());
        }
    }

    @Test
    void numberedSourcesGoOnBehindAGapWhenAllowed() {
        Path path = folder.resolve("virtual_v110.h5");
        ReadOptions gap = ReadOptions.builder().virtualGap(1).build();
        try (H5Coro file = H5Coro.open(path);
                H5Coro further = H5Coro.open(path, gap)) {
            assertEquals(6, file.dataset("/printf").shape().dimension(0));
            // Blocks of 3 rows: 0, 1 and 3 exist.
            assertEquals(12, further.dataset("/printf").shape().dimension(0));
            IntArray values = (IntArray) further.read("/printf");
            assertEquals(-7, values.getLong(30));
            assertEquals(4001, values.getLong(45));
        }
    }

    @Test
    void closesTheReadersOfTheCallersMakingForEachMember() {
        List<CountingRangeReader> readers = new ArrayList<>();
        String family = Fixtures.path("family_00000").toString().replace("00000", "%05d");
        try (H5Coro file = H5Coro.open(
                family,
                ReadOptions.defaults(),
                at -> {
                    CountingRangeReader reader =
                            new CountingRangeReader(Storages.open(Path.of(at), StorageOptions.none()));
                    readers.add(reader);
                    return reader;
                },
                FileResolver.none())) {
            assertEquals(1100, file.read("/contiguous").length());
            assertEquals(5, readers.size());
            assertTrue(readers.stream().noneMatch(CountingRangeReader::isClosed));
        }
        assertTrue(readers.stream().allMatch(CountingRangeReader::isClosed));
    }
}
