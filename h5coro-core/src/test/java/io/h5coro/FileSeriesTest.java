// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.MemoryBudget.Use;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.StorageException;
import io.h5coro.testdata.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class FileSeriesTest {
    /** Of part 0: 10,000 bytes as they are, and 60,000 bytes of deflated chunks. */
    private static final List<DatasetRequest> BOTH =
            List.of(DatasetRequest.of("/contiguous"), DatasetRequest.of("/chunked"));

    private static final List<DatasetRequest> CONTIGUOUS = List.of(DatasetRequest.of("/contiguous"));
    private static final long RESULT_BYTES = 10_000;

    private final StoredFiles files = new StoredFiles();
    private final MemoryBudget budget = H5Coro.memoryBudget(8 << 20, WhenFull.WAIT);

    private FileSeries.Options options() {
        return options(budget);
    }

    private FileSeries.Options options(MemoryBudget memory) {
        ReadOptions read = ReadOptions.builder()
                .firstReadBytes(512)
                .blockBytes(512)
                .gapBytes(0)
                .memoryBudget(memory)
                .build();
        return FileSeries.Options.defaults().withRead(read).withOpener(files);
    }

    /** Checks that values are the rows from one on. */
    private static void assertRows(int first, int count, H5Array values) {
        int columns = values.length() / Math.max(1, count);
        assertEquals((long) count * columns, values.length());
        for (int i = 0; i < values.length(); i++) {
            assertEquals(first + i / columns + 0.25 * (i % columns), values.getDouble(i));
        }
    }

    /** What reading a file alone asks for. */
    private List<ByteRange> single(String location, List<DatasetRequest> requests) {
        StoredFiles alone = new StoredFiles();
        alone.put(location, StoredFiles.resource("part_0.h5"));
        try (H5Coro file = H5Coro.owned(location, location, alone, options().read(), name -> {
            throw new AssertionError(name);
        })) {
            file.readDatasets(requests).await();
        }
        return alone.ranges(location);
    }

    private static final class Count {
        private int entries;
        private final Set<Integer> indexes = new HashSet<>();
    }

    @Test
    void givesEveryFileInItsOrderWithTheRequestsOfASingleRead() {
        List<String> locations = files.copies(0, 12);
        List<ByteRange> single = single("copy0", CONTIGUOUS);
        int seen = 0;
        try (FileSeries series = H5Coro.series(locations, CONTIGUOUS, options())) {
            for (FileSeries.Entry file : series) {
                assertEquals(seen, file.index());
                assertEquals("copy" + seen++, file.location());
                assertRows(0, 2500, file.get("/contiguous"));
            }
            assertEquals(12, seen);
            assertThrows(IllegalStateException.class, series::iterator);
        }
        assertTrue(single.size() > 2, single::toString);
        for (String location : locations) {
            assertEquals(single, files.ranges(location));
        }
    }

    @Test
    void givesWhatAFunctionAsksForOnceAFileIsOpen() {
        List<String> locations = files.parts();
        try (FileSeries series = H5Coro.series(
                locations, file -> List.of(DatasetRequest.of(longest(file)).named("x")), options())) {
            for (FileSeries.Entry file : series) {
                int rows = StoredFiles.ROWS[file.index()];
                assertRows(StoredFiles.firstRow(file.index()), rows, file.get("x"));
            }
        }
    }

    private static String longest(H5Coro file) {
        return file.list("/").variables().containsKey("chunked") ? "/chunked" : "none";
    }

    @Test
    void whileTheCallerHoldsAFileDataOfTheNextHaveBeenAskedForAndNotOfMoreThanTheBytesAllow() throws Exception {
        List<String> locations = files.copies(0, 30);
        List<ByteRange> single = single("copy0", CONTIGUOUS);
        // Three quarters are for results: three files' 10,000 bytes.
        FileSeries.Options some = options().withAheadBytes(4 * RESULT_BYTES);
        try (FileSeries series = H5Coro.series(locations, CONTIGUOUS, some)) {
            Iterator<FileSeries.Entry> entries = series.iterator();
            assertRows(0, 2500, entries.next().get("/contiguous"));
            for (int i = 1; i <= 3; i++) {
                String next = "copy" + i;
                Eventually.holds(() -> files.ranges(next).equals(single));
            }
            Eventually.holds(() -> budget.use().resultBytes() == 3 * RESULT_BYTES);
            // The metadata of the fourth are here, but no bytes of its data.
            Eventually.holds(
                    () -> files.opened("copy4") == 1 && files.ranges("copy4").size() >= 2);
            assertTrue(files.ranges("copy4").size() < single.size(), () -> files.ranges("copy4") + " of " + single);
            assertEquals(3 * RESULT_BYTES, budget.use().resultBytes());
            assertRows(0, 2500, entries.next().get("/contiguous"));
            Eventually.holds(() -> files.ranges("copy4").equals(single));
            assertTrue(budget.use().resultBytes() <= 3 * RESULT_BYTES);
        }
        // At most 16 are open besides the five whose data were read.
        assertEquals(0, files.opened("copy29"));
    }

    @Test
    void aFileWhoseDataDoNotComeDoesNotKeepTheNextOnesFromBeingAskedFor() throws Exception {
        List<String> locations = files.copies(0, 5);
        List<ByteRange> single = single("copy0", CONTIGUOUS);
        files.holdData("copy1");
        try (FileSeries series = H5Coro.series(locations, CONTIGUOUS, options())) {
            Iterator<FileSeries.Entry> entries = series.iterator();
            FileSeries.Entry first = entries.next();
            for (int i = 1; i < 5; i++) {
                String next = "copy" + i;
                Eventually.holds(() -> files.ranges(next).equals(single));
            }
            assertEquals(1, files.waiting("copy1"));
            assertRows(0, 2500, first.get("/contiguous"));
            // The second one is handed over while its data are on their way.
            FileSeries.Entry second = entries.next();
            assertThrows(ReadAbortedException.class, () -> second.promise().get("/contiguous", Duration.ZERO));
            files.release("copy1");
            assertRows(0, 2500, second.get("/contiguous"));
        }
    }

    @Test
    void oneFileIsReadAheadWhateverItsSize() throws Exception {
        List<String> locations = files.copies(0, 3);
        List<ByteRange> single = single("copy0", CONTIGUOUS);
        try (FileSeries series = H5Coro.series(locations, CONTIGUOUS, options().withAheadBytes(1))) {
            Iterator<FileSeries.Entry> entries = series.iterator();
            entries.next().promise().await();
            Eventually.holds(() -> files.ranges("copy1").equals(single));
            assertTrue(files.ranges("copy2").size() < single.size());
        }
    }

    @Test
    void withoutBytesAheadAFileIsOpenedWhenItIsAskedFor() {
        List<String> locations = files.copies(0, 3);
        try (FileSeries series = H5Coro.series(locations, CONTIGUOUS, options().withAheadBytes(0))) {
            Iterator<FileSeries.Entry> entries = series.iterator();
            for (int i = 0; i < 3; i++) {
                assertEquals(0, files.opened("copy" + i));
                assertRows(0, 2500, entries.next().get("/contiguous"));
            }
        }
    }

    @Test
    void aFailureConcernsItsFileOnly() throws Exception {
        List<String> locations = new ArrayList<>(files.copies(0, 8));
        locations.set(1, "nowhere");
        files.put("copy2", new byte[2000]);
        files.fail("copy3", new StorageException(StorageException.Kind.TIMEOUT, "scripted"));
        files.put("copy4", StoredFiles.resource("other_type.h5"));
        files.put("copy6", java.util.Arrays.copyOf(StoredFiles.resource("part_0.h5"), 20_000));
        List<DatasetRequest> requests =
                List.of(DatasetRequest.of("/contiguous"), DatasetRequest.of("/few/short"), DatasetRequest.of("/none"));
        List<Class<?>> failures = new ArrayList<>();
        int right = 0;
        try (FileSeries series = H5Coro.series(locations, requests, options())) {
            for (FileSeries.Entry file : series) {
                if (file.failure().isPresent()) {
                    failures.add(file.failure().get().getClass());
                    Throwable same = assertThrows(
                            file.failure().get().getClass(), () -> file.get("/contiguous"), file::toString);
                    assertTrue(same.getMessage().contains(file.location()), same.getMessage());
                } else if (file.index() == 4) {
                    assertEquals(4, file.get("/contiguous").length());
                    assertThrows(NotFoundException.class, () -> file.get("/few/short"));
                } else {
                    assertRows(0, 2500, file.get("/contiguous"));
                    assertThrows(NotFoundException.class, () -> file.get("/none"));
                    right++;
                }
            }
        }
        assertEquals(
                List.of(
                        NotFoundException.class,
                        MalformedFileException.class,
                        StorageFailureException.class,
                        MalformedFileException.class),
                failures);
        assertEquals(3, right);
        Eventually.holds(() -> budget.use().equals(new Use(0, 0, 0, 0)));
    }

    @Test
    void whatTheFunctionThrowsIsTheFailureOfItsFile() {
        List<String> locations = files.copies(0, 3);
        IllegalStateException mine = new IllegalStateException("mine");
        try (FileSeries series = H5Coro.series(
                locations,
                file -> {
                    if (file.info().toString().isEmpty() || files.opened("copy1") == 1 && isSecond(file)) {
                        throw mine;
                    }
                    return CONTIGUOUS;
                },
                options())) {
            List<Boolean> failed = new ArrayList<>();
            for (FileSeries.Entry file : series) {
                failed.add(file.failure().isPresent());
                file.failure().ifPresent(failure -> assertEquals(mine, failure));
            }
            assertEquals(List.of(false, true, false), failed);
        }
    }

    private static boolean isSecond(H5Coro file) {
        return file.root().file().source().equals("copy1");
    }

    @Test
    void filesComeAsTheyEnd() {
        List<String> locations = files.copies(0, 5);
        files.holdData("copy0");
        files.holdData("copy2");
        try (FileSeries series = H5Coro.series(locations, CONTIGUOUS, options().asTheyCome())) {
            Iterator<FileSeries.Entry> entries = series.iterator();
            Set<Integer> first = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                first.add(entries.next().index());
            }
            assertEquals(Set.of(1, 3, 4), first);
            files.release("copy2");
            assertEquals(2, entries.next().index());
            files.release("copy0");
            FileSeries.Entry last = entries.next();
            assertEquals(0, last.index());
            assertRows(0, 2500, last.get("/contiguous"));
            assertFalse(entries.hasNext());
            assertThrows(NoSuchElementException.class, entries::next);
        }
    }

    @Test
    void theFirstFileHasTheNetworkForItselfUntilItIsOpen() throws Exception {
        List<String> locations = files.copies(0, 5);
        files.hold("copy0");
        try (FileSeries series = H5Coro.series(locations, CONTIGUOUS, options())) {
            Iterator<FileSeries.Entry> entries = series.iterator();
            Eventually.holds(() -> files.waiting("copy0") > 0);
            assertEquals(0, files.opened("copy1"));
            files.release("copy0");
            Eventually.holds(() -> files.opened("copy4") == 1);
            assertEquals(0, entries.next().index());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closeCancelsWhatIsOnItsWayAndGivesMemoryBack(boolean ordered) throws Exception {
        List<String> locations = files.copies(0, 6);
        files.holdData("copy2");
        FileSeries.Options some = ordered ? options() : options().asTheyCome();
        FileSeries series = H5Coro.series(locations, BOTH, some);
        Iterator<FileSeries.Entry> entries = series.iterator();
        FileSeries.Entry first = entries.next();
        first.promise().await();
        Eventually.holds(() -> files.waiting("copy2") > 0 && budget.use().resultBytes() > 0);
        series.close();
        series.close();
        Eventually.holds(() -> files.open() == 0 && budget.use().equals(new Use(0, 0, 0, 0)));
        assertTrue(files.cancelled() > 0);
        // A loop does not end as if all files had been read.
        assertTrue(entries.hasNext());
        assertThrows(ReadAbortedException.class, entries::next);
        assertRows(0, 2500, first.get("/contiguous"));
        assertThrows(ReadAbortedException.class, () -> series.concat("/contiguous"));
        Eventually.noThread(name -> name.startsWith("h5coro-open-"));
    }

    @Test
    void closeEndsANextThatWaits() throws Exception {
        List<String> locations = files.copies(0, 2);
        files.hold("copy0");
        FileSeries series = H5Coro.series(locations, CONTIGUOUS, options());
        Iterator<FileSeries.Entry> entries = series.iterator();
        Thread closing = new Thread(() -> {
            try {
                Eventually.holds(() -> files.waiting("copy0") > 0);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            series.close();
        });
        closing.start();
        assertThrows(ReadAbortedException.class, entries::next);
        closing.join();
        Eventually.holds(() -> files.open() == 0);
    }

    @Test
    void anInterruptEndsTheWaitAndTheNextCallGivesTheSameFile() throws Exception {
        List<String> locations = files.copies(0, 2);
        files.hold("copy0");
        try (FileSeries series = H5Coro.series(locations, CONTIGUOUS, options())) {
            Iterator<FileSeries.Entry> entries = series.iterator();
            Thread.currentThread().interrupt();
            assertThrows(ReadAbortedException.class, entries::next);
            assertTrue(Thread.interrupted());
            files.release("copy0");
            assertEquals(0, entries.next().index());
            assertRows(0, 2500, entries.next().get("/contiguous"));
        }
    }

    @Test
    void aThousandSmallFilesLeaveNothingBehind() throws Exception {
        List<String> locations = new ArrayList<>();
        byte[] small = StoredFiles.resource("part_3.h5");
        for (int i = 0; i < 1000; i++) {
            files.put("small" + i, small);
            locations.add("small" + i);
        }
        Count count = new Count();
        try (FileSeries series = H5Coro.series(locations, BOTH, options())) {
            for (FileSeries.Entry file : series) {
                assertRows(3700, 1, file.get("/contiguous"));
                assertRows(3700, 1, file.get("/chunked"));
                Use use = budget.use();
                assertTrue(use.bytes() <= budget.bytes(), use::toString);
                count.entries++;
                assertTrue(count.indexes.add(file.index()));
            }
            // Without closing it.
            Eventually.holds(() -> files.open() == 0);
            Eventually.holds(() -> budget.use().equals(new Use(0, 0, 0, 0)));
        }
        assertEquals(1000, count.entries);
        assertTrue(files.mostOpen() > 1 && files.mostOpen() <= 17, files.mostOpen() + " files open");
        Eventually.noThread(name -> name.startsWith("h5coro-open-"));
    }

    @Test
    void aFileLargerThanTheBudgetFailsAloneAndTheOthersAreRead() {
        MemoryBudget small = H5Coro.memoryBudget(60_000, WhenFull.WAIT);
        List<String> locations = files.parts();
        List<Boolean> right = new ArrayList<>();
        try (FileSeries series = H5Coro.series(locations, List.of(DatasetRequest.of("/chunked")), options(small))) {
            for (FileSeries.Entry file : series) {
                ReadPromise.Result result = file.promise().iterator().next();
                right.add(result.isSuccess());
                result.failure().ifPresent(e -> assertInstanceOf(LimitExceededException.class, e));
            }
        }
        // 60,000, 0, 28,800, 24 and 72,000 bytes of 45,000 that results may have.
        assertEquals(List.of(false, true, true, true, false), right);
    }

    /** Their sources are calls of their own, which wait for the same bytes. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1000, 1 << 20})
    void datasetsThatReadOthersAreReadAheadToo(long aheadBytes) throws Exception {
        List<String> locations = List.of("virtual_v110", "virtual_v200", "external_links_v110", "virtual_v110").stream()
                .map(name -> Fixtures.path(name).toString())
                .toList();
        Function<H5Coro, List<DatasetRequest>> requests = file -> file.list("/").variables().keySet().stream()
                .map(name -> DatasetRequest.of("/" + name))
                .toList();
        FileSeries.Options some =
                FileSeries.Options.defaults().withRead(options().read()).withAheadBytes(aheadBytes);
        int right = 0;
        try (FileSeries series = H5Coro.series(locations, requests, some)) {
            for (FileSeries.Entry entry : series) {
                try (H5Coro alone = H5Coro.open(entry.location())) {
                    for (ReadPromise.Result result : entry.promise()) {
                        ReadPromise single = alone.readDatasets(List.of(DatasetRequest.of(result.name())));
                        if (result.isSuccess()) {
                            assertEquals(
                                    single.get(result.name()).toString(),
                                    result.array().toString());
                            right++;
                        } else {
                            assertThrows(
                                    result.failure().get().getClass(), () -> single.get(result.name()), result::name);
                        }
                    }
                }
            }
        }
        assertTrue(right > 40, right + " datasets");
        Eventually.holds(() -> budget.use().resultBytes() == 0);
    }

    @Test
    void messagesHoldNoSecretOfALocation() {
        String location = "nowhere://me:PASSWORD@host/x.h5?token=SECRET";
        FileSeries.Options plain = FileSeries.Options.defaults();
        try (FileSeries series = H5Coro.series(List.of(location), CONTIGUOUS, plain)) {
            FileSeries.Entry entry = series.iterator().next();
            assertEquals(location, entry.location());
            Throwable joined = assertThrows(H5Exception.class, () -> series.concat("/contiguous"));
            for (String text :
                    List.of(entry.toString(), entry.failure().get().toString(), joined.toString(), plain.toString())) {
                assertFalse(text.contains("PASSWORD") || text.contains("SECRET"), text);
            }
            assertTrue(entry.toString().contains("nowhere://"), entry::toString);
        }
    }

    @Test
    void aSeriesOfNoFilesHasNone() {
        try (FileSeries series = H5Coro.series(List.of(), CONTIGUOUS, options())) {
            assertFalse(series.iterator().hasNext());
            assertThrows(IllegalArgumentException.class, () -> series.concat("/contiguous"));
        }
        assertThrows(IllegalArgumentException.class, () -> options().withAheadBytes(-1));
    }
}
