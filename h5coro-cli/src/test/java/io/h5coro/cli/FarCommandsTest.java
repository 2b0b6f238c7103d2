// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.WaveRangeReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * How many dependent waves of requests the commands take for large files far away: a granule of 255 MB, and a file of
 * four beams with groups of many datasets whose attributes are in heaps all over it.
 */
final class FarCommandsTest {
    private static final String GRANULE = "counted://large/granule_original";
    private static final String LIDAR = "counted://large/lidar";
    private static final String COLUMN = "/BEAM0000/part3/v005";

    private static WaveRangeReader run(String... arguments) {
        CountedStorage.take().forEach(WaveRangeReader::close);
        Run run = Run.of(arguments);
        assertEquals(0, run.status(), run.err());
        List<WaveRangeReader> opened = CountedStorage.take();
        assertEquals(1, opened.size());
        return opened.get(0);
    }

    private static void assertWaves(int least, int most, String... arguments) {
        try (WaveRangeReader reader = run(arguments)) {
            assertBetween(least, most, reader, arguments);
        }
    }

    private static void assertBetween(int least, int most, WaveRangeReader reader, String... arguments) {
        assertTrue(
                reader.waves() >= least && reader.waves() <= most,
                () -> String.join(" ", arguments) + ": " + reader.waves() + " waves, expected " + least + " to " + most
                        + ": " + reader.rangesPerWave());
    }

    private static String[] command(String name, String file, List<String> datasets, String... more) {
        List<String> words = new ArrayList<>(List.of(name, file));
        datasets.forEach(dataset -> words.addAll(List.of("-d", dataset)));
        words.addAll(Arrays.asList(more));
        return words.toArray(String[]::new);
    }

    /** Waves of one call of the library. */
    private static int oneCall(List<String> slices) {
        List<DatasetRequest> requests =
                slices.stream().map(DatasetRequest::parse).toList();
        try (WaveRangeReader read = new WaveRangeReader(CountedStorage.large("granule_original"));
                H5Coro file = H5Coro.open(read, ReadOptions.defaults())) {
            ReadPromise promise = file.readDatasets(requests);
            requests.forEach(slice -> promise.get(slice).length());
            assertTrue(read.waves() >= 3 && read.waves() <= 6, "one call: " + read.rangesPerWave());
            return read.waves();
        }
    }

    @Test
    void theAttributesOfManyDatasetsComeTogether() {
        assertWaves(5, 9, "info", LIDAR);
        assertWaves(5, 9, "find", LIDAR, "--attr", "a1=x");
        assertWaves(5, 9, "dump", "-A", LIDAR);
        assertWaves(2, 5, "attrs", LIDAR, COLUMN);
    }

    @Test
    void theChunkIndexesOfACheckupComeTogether() {
        assertWaves(5, 11, "doctor", GRANULE);
        assertWaves(5, 11, "doctor", LIDAR);
    }

    @Test
    void whatIsNamedTakesTheWavesOfOneCall() {
        List<String> slices =
                List.of("/gt1l/heights/h_ph[0:10]", "/gt2r/heights/h_ph[0:10]", "/gt3r/heights/h_ph[0:10]");
        int most = oneCall(slices);
        for (String name : List.of("head", "stat", "cat", "plan")) {
            assertWaves(3, most, command(name, GRANULE, slices));
        }
    }

    @Test
    void columnsAreExportedInTheWavesOfOneCall() {
        List<String> slices =
                List.of("/gt1l/heights/h_ph[0:999]", "/gt2l/heights/lat_ph[0:99]", "/gt3l/heights/lon_ph[0:9]");
        assertWaves(3, oneCall(slices), command("export", GRANULE, slices, "-f", "npz"));
        for (String format : List.of("npz", "csv", "arrow", "parquet")) {
            assertWaves(2, 5, "export", LIDAR, "-f", format, "-g", "/BEAM0000/part3");
        }
    }

    /** What values mean is looked for in the whole file; where they are, meanwhile. */
    @Test
    void labelsAreFoundALevelAtATime() {
        List<String> slice = List.of("/gt1l/heights/h_ph[0:1000]");
        assertWaves(5, 9, command("plot", GRANULE, slice));
        assertWaves(5, 8, command("plot", LIDAR, List.of(COLUMN + "[0:1000]")));
        assertWaves(5, 9, command("export", GRANULE, slice, "-f", "csv", "--cf"));
        List<String> beams =
                List.of("/gt1l/heights/h_ph[0:999]", "/gt2l/heights/lat_ph[0:99]", "/gt3l/heights/delta_time[0:9]");
        assertWaves(5, 9, command("export", GRANULE, beams, "-f", "npz", "--cf"));
        assertWaves(5, 8, "refs", GRANULE);
    }

    @Test
    void whatIsComparedIsFoundTogether() {
        CountedStorage.take().forEach(WaveRangeReader::close);
        List<String> columns = List.of(COLUMN, "/BEAM0001/part3/v005", "/BEAM0002/part3/v005");
        Run run = Run.of(command("diff", LIDAR, columns, LIDAR));
        assertEquals(0, run.status(), run.err());
        List<WaveRangeReader> both = CountedStorage.take();
        assertEquals(2, both.size());
        both.forEach(reader -> assertBetween(4, 9, reader, "diff"));
        both.forEach(WaveRangeReader::close);
    }

    @Test
    void bothFilesOfAComparisonAreReadAtATime() {
        assertWaves(5, 9, "diff", "counted://shelf/granule_original", "counted://shelf/granule_same", "--no-values");
    }

    @Test
    void placesInOneFileAreListedTogether() {
        String file = "counted://shelf/granule_original::";
        assertWaves(2, 6, "ls", file + "/gt1l", file + "/gt2r", file + "/gt3l");
    }

    /** Three files one after another would take the waves of each; what is printed is the same. */
    @Test
    void theNextFilesAreReadWhileACommandWorksOnOne() {
        List<String> slices = List.of("/gt1l/heights/h_ph[0:10]", "/gt2r/heights/h_ph[0:10]");
        assertShelf(2, 4, "attrs", "/gt1l/heights/h_ph");
        assertShelf(5, 8, "ls", "-r");
        assertShelf(5, 8, "tree");
        assertShelf(5, 9, "info");
        assertShelf(5, 9, "find", "--attr", "units=meters");
        assertShelf(4, 9, "head", "/gt1l/heights");
        for (String name : List.of("stat", "cat", "dump")) {
            String[] words = command(name, "", slices);
            assertShelf(4, 9, name, Arrays.copyOfRange(words, 2, words.length));
        }
        assertShelf(5, 8, "dump", "-H");
        assertShelf(8, 13, "doctor");
    }

    @Test
    void theNextFilesArePlannedOnceTheFirstIsOpen() {
        Run all = shelf("plan", "granule_*", "-d", "/gt1l/heights/h_ph[0:10]", "-d", "/gt2r/heights/h_ph[0:10]");
        assertEquals(3, all.out().split("\nfile ", -1).length - 1, all.out());
        try (WaveRangeReader reader = CountedStorage.take().get(0)) {
            assertBetween(5, 8, reader, "plan");
        }
    }

    /** Runs a command on all files of the shelf, and on each of them. */
    private static void assertShelf(int least, int most, String name, String... more) {
        StringBuilder each = new StringBuilder();
        for (String file : List.of("granule_less", "granule_original", "granule_same")) {
            each.append(shelf(name, file, more).out());
        }
        Run all = shelf(name, "granule_*", more);
        assertEquals(withoutHeadings(each.toString()), withoutHeadings(all.out()));
        try (WaveRangeReader reader = CountedStorage.take().get(0)) {
            assertBetween(least, most, reader, name);
        }
    }

    private static Run shelf(String name, String file, String... more) {
        List<String> words = new ArrayList<>(List.of(name));
        String place = "counted://shelf/" + file;
        if (!name.equals("dump")) {
            words.add(place);
        }
        words.addAll(Arrays.asList(more));
        if (name.equals("dump")) {
            words.add(place);
        }
        CountedStorage.take().forEach(WaveRangeReader::close);
        Run run = Run.of(words.toArray(String[]::new));
        assertEquals(0, run.status(), run.err());
        return run;
    }

    /** Several files are printed under their addresses, with an empty line between. */
    private static List<String> withoutHeadings(String text) {
        return text.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("counted:"))
                .collect(Collectors.toList());
    }
}
