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
import java.util.concurrent.Callable;
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

/**
 * What a granule costs after another one of its product was read: places where the sibling had metadata are asked for
 * with the first requests. A store of 60 ms and 90 MB/s that tells the size with its first answer; metadata are
 * scattered over 200 to 300 MB. Values are compared with libhdf5's on the way.
 */
@Timeout(300)
final class SiblingTest {
    private static final String FAMILY = "s3://bucket/ATL03_%d_01_006.h5";

    /** Reads at once. Their waves are counted one by one all the same, and they wait for quiet together. */
    private static final int AT_ONCE = 4;

    /** Where granule_original was read, a folder for each task, and what that has cost. */
    @TempDir
    static Path learnt;

    private static final Map<String, Cost> LEARNT = new ConcurrentHashMap<>();

    /** What files cost alone, by file and task. */
    private static final Map<String, Cost> COLD = new ConcurrentHashMap<>();

    @TempDir
    Path temp;

    /** What a read has cost. */
    private record Cost(int waves, int requests, long bytes) {}

    private static ReadOptions.Builder options() {
        // Requests are counted: on a busy machine, one that waits for its turn would be sent twice.
        return ReadOptions.builder().resultBytes(1 << 30).hedgeAfter(Duration.ZERO);
    }

    private Path index() {
        return temp.resolve("index");
    }

    private IndexCache folder() {
        return IndexCache.at(index());
    }

    private ReadOptions learning() {
        return options().indexCache(folder()).build();
    }

    /** Makes the folder that of one who has read a task of granule_original, as number 1, and nothing else. */
    private Cost afterOriginal(String task) throws IOException {
        return afterOriginal(task, index());
    }

    private static Cost afterOriginal(String task, Path folder) throws IOException {
        Cost cost = learn(task);
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(learnt.resolve(task))) {
            for (Path file : files.toList()) {
                Path unused = Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return cost;
    }

    /** Reads a task of granule_original, the first time. */
    private static Cost learn(String task) {
        return LEARNT.computeIfAbsent(
                task,
                name -> once("granule_original", 1, name, options().indexCache(IndexCache.at(learnt.resolve(name)))));
    }

    private static Cost cold(String file, String task) {
        return COLD.computeIfAbsent(file + " " + task, name -> once(file, 0, task, options()));
    }

    private static Cost once(String file, int number, String task, ReadOptions.Builder options) {
        try {
            return read(file, number, task, options.build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Reads side by side. */
    private static <T> List<T> together(List<Callable<T>> reads) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<T> costs = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(reads)) {
                costs.add(one.get());
            }
            return costs;
        } finally {
            threads.shutdown();
        }
    }

    /**
     * What a file may cost after granule_original.
     *
     * @param waves from those that the file forces, the open and the data, to the most
     * @param requests the most
     * @param alone what it costs when none was read before; see docs/performance.md
     */
    private record Ceiling(String file, String task, int[] waves, int requests, Alone alone) {
        @Override
        public String toString() {
            return file + " " + task;
        }
    }

    private record Alone(int waves, double megabytes) {}

    private static int[] waves(int least, int most) {
        return new int[] {least, most};
    }

    private static List<Ceiling> ceilings() {
        return List.of(
                new Ceiling("granule_same", "point", waves(2, 2), 12, new Alone(5, 3.15)),
                new Ceiling("granule_same", "slice", waves(2, 2), 26, new Alone(6, 9.03)),
                new Ceiling("granule_same", "beam", waves(2, 2), 40, new Alone(7, 28.05)),
                new Ceiling("granule_more", "point", waves(2, 4), 30, new Alone(6, 3.15)),
                new Ceiling("granule_more", "slice", waves(2, 5), 56, new Alone(8, 9.60)),
                new Ceiling("granule_more", "beam", waves(2, 5), 80, new Alone(8, 32.06)),
                new Ceiling("granule_less", "point", waves(2, 4), 30, new Alone(5, 3.15)),
                new Ceiling("granule_less", "slice", waves(2, 3), 60, new Alone(6, 9.03)),
                new Ceiling("granule_less", "beam", waves(2, 5), 80, new Alone(7, 23.05)),
                new Ceiling("granule_varying", "slice", waves(2, 3), 60, new Alone(7, 9.75)),
                new Ceiling("granule_varying", "beam", waves(2, 5), 80, new Alone(7, 20.04)));
    }

    @Test
    void aSiblingSavesWaves() throws Exception {
        List<Callable<Cost>> alone = new ArrayList<>();
        Stream.of("point", "slice", "beam").forEach(task -> alone.add(() -> learn(task)));
        together(alone).forEach(first -> between(5, first.waves(), 9, "waves of the first file"));
        List<Callable<Cost>> siblings = new ArrayList<>();
        for (Ceiling ceiling : ceilings()) {
            Path folder = temp.resolve(ceiling.toString());
            siblings.add(() -> {
                Cost unused = afterOriginal(ceiling.task(), folder);
                ReadOptions options =
                        options().indexCache(IndexCache.at(folder)).build();
                return read(ceiling.file(), 2, ceiling.task(), options);
            });
        }
        List<Cost> costs = together(siblings);
        for (int i = 0; i < costs.size(); i++) {
            check(ceilings().get(i), costs.get(i));
        }
    }

    private static void check(Ceiling ceiling, Cost cost) {
        assertAll(
                ceiling.toString(),
                () -> between(ceiling.waves()[0], cost.waves(), ceiling.waves()[1], "waves"),
                () -> assertTrue(cost.waves() < ceiling.alone().waves(), cost::toString),
                () -> between(2, cost.requests(), ceiling.requests(), "requests"),
                () -> between(1, cost.bytes() / 1e6, 1.5 * ceiling.alone().megabytes(), "MB"));
    }

    /** Its beams begin where those of no other file do, and without guesses it takes the fewest waves of all. */
    @Test
    void whereBeamsVaryAPointTakesNoMoreWavesAndAtMostTwiceTheBytes() throws IOException {
        Cost cold = cold("granule_varying", "point");
        Cost first = afterOriginal("point");
        Cost second = read("granule_varying", 2, "point", learning());
        between(5, first.waves(), 9, "waves of the first file");
        between(2, second.waves(), cold.waves(), "waves");
        between(2, second.requests(), 30, "requests");
        between(1 << 20, second.bytes(), 2 * cold.bytes(), "bytes");
    }

    /** Where the next ones are like it, the third file costs no more than the second one. */
    @Test
    void whatWasNotReadInTheLastFilesIsAskedForNoLonger() throws IOException {
        Cost unused = afterOriginal("beam");
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
        Cost family = afterOriginal("slice");
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
        Cost unused = afterOriginal("slice");
        read("granule_same", 2, "slice", learning());
        Cost again = read("granule_same", 2, "slice", learning());
        assertEquals(1, again.waves());
        between(7, again.bytes() / 1e6, 8, "MB");
    }

    /** The object has other content than the one that the cache knows; its places are those of another file. */
    @Test
    void aChangedFileHasItsOwnValues() throws IOException {
        Cost unused = afterOriginal("slice");
        read("granule_same", 1, "slice", learning());
        Cost changed = read("granule_varying", 1, "slice", learning());
        between(2, changed.waves(), 9, "waves");
    }

    @Test
    void aDamagedRecordIsNone() throws IOException {
        Cost cold = afterOriginal("point");
        Path record = record(index());
        byte[] whole = Files.readAllBytes(record);
        Files.write(record, Arrays.copyOf(whole, whole.length - 1));
        Cost again = read("granule_original", 2, "point", learning());
        assertEquals(cold.waves(), again.waves());
    }

    @Test
    void aRecordNamesNeitherLocationsNorObjects() throws IOException {
        Cost unused = afterOriginal("point");
        Path record = record(index());
        String text = record.getFileName() + Files.readString(record, StandardCharsets.ISO_8859_1);
        for (String name : List.of("bucket", "ATL03", "gt2r", "heights", "granule_original")) {
            assertFalse(text.contains(name), name);
        }
    }

    private static Path record(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
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
