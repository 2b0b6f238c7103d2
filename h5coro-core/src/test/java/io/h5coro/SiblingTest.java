// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingReader;
import io.h5coro.storage.WaveRangeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a granule costs after another one of its product was read: places where the sibling had metadata are asked for
 * with the first requests. A store of 60 ms and 90 MB/s that tells the size with its first answer; metadata are
 * scattered over 200 to 300 MB. Values are compared with libhdf5's on the way.
 */
@Timeout(300)
final class SiblingTest {
    private static final String FAMILY = "s3://bucket/ATL03_%d_01_006.h5";

    @TempDir
    Path temp;

    /** What a read has cost. */
    private record Cost(int waves, int requests, long bytes) {}

    private static ReadOptions.Builder options() {
        // Requests are counted: on a busy machine, one that waits for its turn would be sent twice.
        return ReadOptions.builder().resultBytes(1 << 30).hedgeAfter(Duration.ZERO);
    }

    private IndexCache folder() {
        return IndexCache.at(temp.resolve("index"));
    }

    private ReadOptions learning() {
        return options().indexCache(folder()).build();
    }

    private static RangeReader reader(String file, int number) throws IOException {
        String location = String.format(FAMILY, 20181014000347L + number);
        return new SiblingReader(new LargeFile(file).open(), location, "\"" + file + "\"");
    }

    /** Reads a task of a file and compares its values. */
    private static Cost read(String file, int number, String task, ReadOptions options) throws IOException {
        List<LargeFile.Line> lines = new LargeFile(file).task(task);
        try (CountingRangeReader counting = new CountingRangeReader(reader(file, number));
                WaveRangeReader waves = new WaveRangeReader(counting);
                H5Coro open = H5Coro.open(waves, options)) {
            check(open.readDatasets(LargeFile.requests(lines)), lines);
            return new Cost(waves.waves(), counting.requests(), counting.bytes());
        }
    }

    private static void check(ReadPromise promise, List<LargeFile.Line> lines) {
        for (LargeFile.Line line : lines) {
            assertEquals(line.crc(), LargeFile.crc(promise.get(line.request())), line.request());
        }
    }

    private static Cost cold(String file, String task) throws IOException {
        return read(file, 0, task, options().build());
    }

    /**
     * What a file may cost after granule_original.
     *
     * @param leastWaves what the file forces: the open and the data
     */
    private record Ceiling(String file, String task, int leastWaves, int waves, int requests) {
        @Override
        public String toString() {
            return file + " " + task;
        }
    }

    private static Stream<Ceiling> ceilings() {
        return Stream.of(
                new Ceiling("granule_same", "point", 2, 2, 12),
                new Ceiling("granule_same", "slice", 2, 2, 26),
                new Ceiling("granule_same", "beam", 2, 2, 40),
                new Ceiling("granule_more", "point", 2, 4, 30),
                new Ceiling("granule_more", "slice", 2, 5, 56),
                new Ceiling("granule_more", "beam", 2, 5, 80),
                new Ceiling("granule_less", "point", 2, 4, 30),
                new Ceiling("granule_less", "slice", 2, 5, 56),
                new Ceiling("granule_less", "beam", 2, 5, 80),
                new Ceiling("granule_varying", "slice", 2, 5, 56),
                new Ceiling("granule_varying", "beam", 2, 5, 80));
    }

    @ParameterizedTest
    @MethodSource("ceilings")
    void aSiblingSavesWaves(Ceiling ceiling) throws IOException {
        Cost cold = cold(ceiling.file(), ceiling.task());
        Cost first = read("granule_original", 1, ceiling.task(), learning());
        Cost second = read(ceiling.file(), 2, ceiling.task(), learning());
        assertAll(
                () -> between(5, first.waves(), 9, "waves of the first file"),
                () -> between(ceiling.leastWaves(), second.waves(), ceiling.waves(), "waves"),
                () -> assertTrue(second.waves() < cold.waves(), second + " against " + cold),
                () -> between(2, second.requests(), ceiling.requests(), "requests"),
                () -> between(1 << 20, second.bytes(), cold.bytes() * 3 / 2, "bytes"));
    }

    /** Its beams begin where those of no other file do, and without guesses it takes the fewest waves of all. */
    @Test
    void whereBeamsVaryAPointTakesNoMoreWavesAndAtMostTwiceTheBytes() throws IOException {
        Cost cold = cold("granule_varying", "point");
        Cost first = read("granule_original", 1, "point", learning());
        Cost second = read("granule_varying", 2, "point", learning());
        between(5, first.waves(), 9, "waves of the first file");
        between(2, second.waves(), cold.waves(), "waves");
        between(2, second.requests(), 30, "requests");
        between(1 << 20, second.bytes(), 2 * cold.bytes(), "bytes");
    }

    /** Where the next ones are like it, the third file costs no more than the second one. */
    @Test
    void whatWasNotReadInTheLastFilesIsAskedForNoLonger() throws IOException {
        read("granule_original", 1, "beam", learning());
        List<Cost> costs = new ArrayList<>();
        for (int i = 2; i < 7; i++) {
            costs.add(read("granule_same", i, "point", learning()));
        }
        Cost cold = cold("granule_same", "point");
        assertAll(
                () -> between(2, costs.get(0).waves(), 3, "waves of the first point"),
                () -> between(2, costs.get(4).waves(), 2, "waves of the last point"),
                () -> between(1 << 20, costs.get(4).bytes(), cold.bytes() * 3 / 2, "bytes of the last point"),
                () -> assertTrue(costs.get(4).bytes() < costs.get(0).bytes(), costs::toString));
    }

    /** Another product under the same pattern of names: right values, and no more bytes than the family may guess. */
    @Test
    void aWrongGuessCostsBoundedBytesAndNoValue() throws IOException {
        Cost family = read("granule_original", 1, "slice", learning());
        Cost cold = cold("climate", "map");
        Cost wrong = read("climate", 2, "map", learning());
        assertAll(
                () -> between(cold.bytes(), wrong.bytes(), cold.bytes() + family.bytes() / 2, "bytes"),
                () -> between(2, wrong.waves(), cold.waves() + 1, "waves"));
        Cost paged = read("granule_cloud", 3, "slice", learning());
        long most = cold("granule_cloud", "slice").bytes() + family.bytes() / 2;
        between(1 << 20, paged.bytes(), most, "bytes of the paged granule");
    }

    @Test
    void aFileThatIsKnownIsNotGuessedAt() throws IOException {
        read("granule_original", 1, "slice", learning());
        read("granule_same", 2, "slice", learning());
        Cost again = read("granule_same", 2, "slice", learning());
        assertEquals(1, again.waves());
        between(7, again.bytes() / 1e6, 8, "MB");
    }

    /** The object has other content than the one that the cache knows; its places are those of another file. */
    @Test
    void aChangedFileHasItsOwnValues() throws IOException {
        read("granule_original", 1, "slice", learning());
        read("granule_same", 1, "slice", learning());
        Cost changed = read("granule_varying", 1, "slice", learning());
        between(2, changed.waves(), 9, "waves");
    }

    @Test
    void aDamagedRecordIsNone() throws IOException {
        Cost cold = read("granule_original", 1, "point", learning());
        Path record = record();
        byte[] whole = Files.readAllBytes(record);
        for (int length : new int[] {0, 1, whole.length - 1}) {
            Files.write(record, Arrays.copyOf(whole, length));
            Cost again = read("granule_original", 2 + length, "point", learning());
            assertEquals(cold.waves(), again.waves(), length + " bytes");
        }
    }

    @Test
    void aRecordNamesNeitherLocationsNorObjects() throws IOException {
        Cost unused = read("granule_original", 1, "point", learning());
        String text = record().getFileName() + Files.readString(record(), StandardCharsets.ISO_8859_1);
        for (String name : List.of("bucket", "ATL03", "gt2r", "heights", "granule_original")) {
            assertFalse(text.contains(name), name);
        }
    }

    private Path record() throws IOException {
        try (Stream<Path> all = Files.list(temp.resolve("index"))) {
            return all.filter(path -> path.toString().endsWith(".h5family"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aFamilyMayHaveANameAndNone() throws IOException {
        IndexCache named = folder().withFamily("photons");
        read("granule_original", 1, "point", options().indexCache(named).build());
        Cost other = read("granule_same", 2, "point", learning());
        Cost same = read("granule_same", 3, "point", options().indexCache(named).build());
        Cost none = read(
                "granule_same",
                4,
                "point",
                options().indexCache(named.withoutFamilies()).build());
        between(5, other.waves(), 6, "waves of a file of another family");
        assertEquals(2, same.waves());
        between(5, none.waves(), 6, "waves without families");
    }

    /** Files that are opened at once, of one folder: each has its values. */
    @Test
    void threadsShareAFolder() throws Exception {
        List<String> files = List.of("granule_original", "granule_same", "granule_more", "granule_varying");
        ExecutorService threads = Executors.newFixedThreadPool(files.size());
        try {
            for (int round = 0; round < 2; round++) {
                List<Future<Void>> all = new ArrayList<>();
                for (int i = 0; i < files.size(); i++) {
                    String file = files.get(i);
                    int number = 10 * round + i;
                    all.add(threads.submit(() -> {
                        List<LargeFile.Line> lines = new LargeFile(file).task("slice");
                        try (RangeReader reader = reader(file, number);
                                H5Coro open = H5Coro.open(reader, learning())) {
                            check(open.readDatasets(LargeFile.requests(lines)), lines);
                        }
                        return null;
                    }));
                }
                for (Future<Void> one : all) {
                    one.get();
                }
            }
        } finally {
            threads.shutdown();
        }
        try (Stream<Path> all = Files.list(temp.resolve("index"))) {
            assertEquals(0, all.filter(path -> path.toString().endsWith(".tmp")).count());
        }
        between(2, read("granule_same", 99, "slice", learning()).waves(), 6, "waves of one more file");
    }

    /** A series learns from its own files, without an option. Each file is opened when the one before is closed. */
    @Test
    void aSeriesLearnsFromItsFiles() throws Exception {
        Map<Integer, WaveRangeReader> readers = new ConcurrentHashMap<>();
        Map<Integer, CountDownLatch> closed = new ConcurrentHashMap<>();
        List<String> locations = List.of("0", "1", "2");
        locations.forEach(at -> closed.put(Integer.valueOf(at), new CountDownLatch(1)));
        List<LargeFile.Line> lines = new LargeFile("granule_original").task("slice");
        FileSeries.Options series = FileSeries.Options.defaults()
                .withRead(options().build())
                .withAheadBytes(0)
                .withOpener(at -> {
                    int number = Integer.parseInt(at);
                    WaveRangeReader waves =
                            new WaveRangeReader(open(number == 0 ? "granule_original" : "granule_same", number));
                    readers.put(number, waves);
                    return new ForwardingRangeReader(waves) {
                        @Override
                        public void close() {
                            super.close();
                            closed.get(number).countDown();
                        }
                    };
                });
        List<LargeFile.Line> same = new LargeFile("granule_same").task("slice");
        try (FileSeries files = H5Coro.series(locations, LargeFile.requests(lines), series)) {
            for (FileSeries.Entry entry : files) {
                check(entry.promise(), entry.index() == 0 ? lines : same);
                assertTrue(closed.get(entry.index()).await(60, TimeUnit.SECONDS));
            }
        }
        between(5, readers.get(0).waves(), 9, "waves of the first file");
        assertEquals(2, readers.get(1).waves());
        assertEquals(2, readers.get(2).waves());
    }

    private static RangeReader open(String file, int number) {
        try {
            return reader(file, number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void between(double least, double found, double most, String what) {
        assertTrue(least <= found && found <= most, () -> found + " " + what + ", expected " + least + " to " + most);
    }
}
