// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.WaveRangeReader;
import io.h5coro.testdata.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How many dependent waves of requests the commands take: what is printed together is read together. The first request
 * brings 128 of the granule's 380 kB, so its metadata do not come with the open.
 */
final class CommandWavesTest {
    private static final String GRANULE = "sample_granule";

    /** Runs a command on the granule, and on the same file on disk, which prints the same. */
    private static WaveRangeReader run(List<String> arguments) {
        List<WaveRangeReader> opened = all(arguments);
        assertEquals(1, opened.size());
        return opened.get(0);
    }

    private static List<WaveRangeReader> all(List<String> arguments) {
        CountedStorage.take().forEach(WaveRangeReader::close);
        Run counted = Run.of(with(arguments, "counted://fixture/" + GRANULE));
        Run local = Run.of(with(arguments, Fixtures.path(GRANULE).toString()));
        assertEquals(0, counted.status(), counted.err());
        assertEquals(behindFirstLine(local.out()), behindFirstLine(counted.out()));
        return CountedStorage.take();
    }

    private static String[] with(List<String> arguments, String file) {
        List<String> all = new ArrayList<>(arguments);
        all.replaceAll(word -> word.equals("FILE") ? file : word);
        return all.toArray(String[]::new);
    }

    /** The first line of a dump has the name of the file. */
    private static String behindFirstLine(String text) {
        return text.substring(text.indexOf('\n') + 1);
    }

    private static void assertWaves(int least, int most, String... arguments) {
        try (WaveRangeReader reader = run(List.of(arguments))) {
            assertTrue(
                    reader.waves() >= least && reader.waves() <= most,
                    () -> String.format(
                            Locale.ROOT,
                            "%s: %d waves, expected %d to %d: %s",
                            List.of(arguments),
                            reader.waves(),
                            least,
                            most,
                            reader.rangesPerWave()));
        }
    }

    @Test
    void listsAFileALevelAtATime() {
        assertWaves(2, 5, "ls", "-r", "FILE");
    }

    @Test
    void listsStoredBytesALevelAtATime() {
        assertWaves(2, 5, "ls", "-l", "-r", "FILE");
    }

    @Test
    void dumpsHeadersALevelAtATime() {
        assertWaves(2, 5, "dump", "-H", "FILE");
    }

    @Test
    void dumpsSlicesOfManyDatasetsTogether() {
        List<String> arguments = new ArrayList<>(List.of("dump"));
        for (String beam : List.of("gt1l", "gt2r")) {
            for (String name : List.of("h_ph", "lat_ph", "lon_ph", "delta_time")) {
                arguments.addAll(List.of("-d", "/" + beam + "/heights/" + name + "[0:10]"));
            }
        }
        arguments.add("FILE");
        assertWaves(2, 7, arguments.toArray(String[]::new));
    }

    /** Slices of a beam each, of a granule of 255 MB: what is printed beside the values comes while they do. */
    @Test
    void dumpsSlicesOfAGranuleInTheWavesOfOneCall() {
        List<String> arguments = new ArrayList<>(List.of("dump"));
        List<DatasetRequest> slices = new ArrayList<>();
        for (String beam : List.of("gt1l", "gt1r", "gt2l", "gt2r", "gt3l", "gt3r")) {
            for (String name : List.of("h_ph", "lat_ph", "lon_ph")) {
                String slice = "/" + beam + "/heights/" + name + "[0:10]";
                arguments.addAll(List.of("-d", slice));
                slices.add(DatasetRequest.parse(slice));
            }
        }
        CountedStorage.take().forEach(WaveRangeReader::close);
        arguments.add("counted://large/granule_original");
        Run dump = Run.of(arguments.toArray(String[]::new));
        assertEquals(0, dump.status(), dump.err());
        assertEquals(18, dump.out().split("SUBSET \\{", -1).length - 1);
        try (WaveRangeReader dumped = CountedStorage.take().get(0);
                WaveRangeReader read = new WaveRangeReader(CountedStorage.large("granule_original"));
                H5Coro file = H5Coro.open(read, ReadOptions.defaults())) {
            ReadPromise promise = file.readDatasets(slices);
            slices.forEach(slice -> promise.get(slice).length());
            assertTrue(read.waves() >= 3 && read.waves() <= 6, "one call: " + read.rangesPerWave());
            assertTrue(dumped.waves() >= 3 && dumped.waves() <= read.waves(), "" + dumped.rangesPerWave());
            assertTrue(dumped.requests() >= 18 && dumped.requests() <= 60, dumped.requests() + " requests");
            assertTrue(
                    dumped.bytes() >= read.bytes() / 2 && dumped.bytes() <= read.bytes() * 5 / 4, "" + dumped.bytes());
        }
    }

    /** Objects that are asked for by themselves are looked up together, whatever is printed of them. */
    @Test
    void looksObjectsUpTogetherWhateverIsPrintedOfThem() {
        assertWaves(2, 5, "dump", "-H", "-d", "/gt1l/heights/h_ph", "-d", "/gt2r/heights/h_ph", "FILE");
        assertWaves(2, 5, "dump", "-a", "/gt1l/heights/h_ph/units", "-a", "/gt2r/heights/h_ph/units", "FILE");
    }

    @Test
    void namesWhatAVariableRefersToWithoutWalkingThroughTheFile() {
        assertWaves(2, 5, "dump", "-d", "/gt1l/heights/h_ph[0:10]", "FILE");
        assertWaves(1, 4, "attrs", "FILE", "/gt1l/heights/h_ph");
    }

    @Test
    void showsAFileAsATreeALevelAtATime() {
        assertWaves(2, 5, "tree", "FILE");
        assertWaves(2, 5, "find", "FILE", "--name", "*lat*");
    }

    /** The attributes of all objects come together, whatever they are of. */
    @Test
    void readsAllAttributesTogether() {
        assertWaves(2, 6, "info", "FILE");
        assertWaves(2, 6, "find", "FILE", "--attr", "units=meters");
        assertWaves(1, 4, "attrs", "FILE", "/gt1l/heights/h_ph", "--json");
    }

    @Test
    void readsTheValuesOfAGroupTogether() {
        assertWaves(2, 6, "head", "FILE", "/gt1l/heights");
        assertWaves(2, 6, "stat", "FILE", "/gt1l/heights");
        assertWaves(2, 6, "cat", "FILE", "-d", "/gt1l/heights/h_ph[0:10]", "-d", "/gt2r/heights/h_ph[0:10]");
    }

    @Test
    void comparesTwoFilesALevelAtATimeAndTheirValuesTogether() {
        List<WaveRangeReader> both = all(List.of("diff", "FILE", "FILE"));
        assertEquals(2, both.size());
        both.forEach(reader -> assertTrue(reader.waves() >= 2 && reader.waves() <= 9, "" + reader.rangesPerWave()));
        both.forEach(WaveRangeReader::close);
    }
}
