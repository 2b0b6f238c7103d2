// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadStatistics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statistics of a call count what it asked of every file: each figure is held against readers that count. */
@Timeout(60)
final class ForeignStatisticsTest {
    /**
     * Two reads: the first one opens the other files, the second one finds their metadata.
     *
     * @param elements bytes of the results' elements, as h5py gives them
     */
    @ParameterizedTest
    @CsvSource({
        "virtual_v110, /stacked, 240",
        "virtual_v110, /nested, 240",
        "virtual_v110, /converted_int, 120",
        "virtual_v110, /printf, 120",
        "virtual_v110, /missing_file, 240",
        "virtual_v110, /stacked /here /nested /unlimited, 740",
        "external_raw_v110, /two_files, 200",
        "external_raw_v110, /pieces, 32",
        "external_raw_v110, /short_file, 32",
        "external_raw_v110, /whole /beside /at_offset, 212",
        "external_links_v110, /to_dataset, 120",
        "external_links_v110, /through, 120",
        "external_links_v110, /own /to_root/b /to_root/growing, 272",
    })
    void countWhatEveryFileWasAsked(String fixture, String paths, long elements) {
        CountedFixtures files = new CountedFixtures();
        List<DatasetRequest> requests =
                Stream.of(paths.split(" ")).map(DatasetRequest::of).toList();
        try (H5Coro file = files.file(fixture)) {
            assertEquals(files.requests(), file.statistics().requests());
            long before = files.requests();
            long bytesBefore = files.bytes();
            ReadStatistics first = read(file, requests);
            assertEquals(files.requests() - before, first.requests());
            assertEquals(files.bytes() - bytesBefore, first.bytesFetched());
            assertEquals(elements, first.bytesDecoded());
            assertEquals(files.requests(), file.statistics().requests());
            assertEquals(files.bytes(), file.statistics().bytesFetched());

            files.reset();
            ReadStatistics second = read(file, requests);
            assertEquals(files.requests(), second.requests());
            assertEquals(files.bytes(), second.bytesFetched());
            assertTrue(second.requests() > 0, "values are fetched again");
            assertEquals(0, second.metadataRequests());
            assertEquals(elements, second.bytesDecoded());
            assertEquals(
                    first.bytesDecoded() + second.bytesDecoded(),
                    file.statistics().bytesDecoded());
            assertEquals(
                    first.bytesWanted() + second.bytesWanted(),
                    file.statistics().bytesWanted());
            assertTrue(second.bytesWanted() > 0);
        }
    }

    private static ReadStatistics read(H5Coro file, List<DatasetRequest> requests) {
        ReadPromise promise = file.readDatasets(requests);
        promise.names().forEach(promise::get);
        return promise.statistics();
    }

    @Test
    void countChunksOfOtherFiles() {
        CountedFixtures files = new CountedFixtures();
        try (H5Coro file = files.file("virtual_v110")) {
            // Source "b" has chunks of (4, 3) for a shape of (6, 5); source "a" has none.
            ReadPromise promise = file.readDatasets(List.of(DatasetRequest.of("/stacked")));
            promise.get("/stacked");
            assertEquals(4, promise.statistics().chunks());
            assertEquals(4, file.statistics().chunks());
        }
    }

    @Test
    void countWhatAFailedReadAsked() {
        CountedFixtures files = new CountedFixtures();
        try (H5Coro file = files.file("external_links_v110")) {
            assertThrows(NotFoundException.class, () -> file.read("/to_missing_object"));
            assertEquals(files.requests(), file.statistics().requests());
            assertEquals(files.bytes(), file.statistics().bytesFetched());
        }
    }

    @Test
    void countAFileThatIsNotHdf5() {
        CountedFixtures files = new CountedFixtures();
        try (H5Coro file = H5Coro.open(
                files.open("external_links_v110.h5").orElseThrow(),
                CountedFixtures.SMALL_BLOCKS,
                name -> files.open("external_raw_1.bin"))) {
            long before = files.requests();
            assertThrows(MalformedFileException.class, () -> file.read("/to_dataset"));
            assertTrue(files.requests() > before);
            assertEquals(files.requests(), file.statistics().requests());
            assertEquals(files.bytes(), file.statistics().bytesFetched());
        }
    }
}
