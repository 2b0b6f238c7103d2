// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** What queries cost in requests and bytes, with a floor and a ceiling. */
final class CostsTest {
    private static final int ROWS = 14_755;

    private static Dataset<Row> granules() {
        String prefix = CountedStorage.granules();
        CountedStorage.reset();
        return TestSpark.h5coro().option("group", TestSpark.GROUP).load(prefix + "ATL03_*.h5");
    }

    /** A file of its own for each test. Its opening, which reads the first megabytes at once, is not counted. */
    private static Dataset<Row> late(String name) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(TestSpark.RESOURCES.resolve("late.h5.gz")))) {
            CountedStorage.put(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Dataset<Row> rows = TestSpark.h5coro().option("group", "t").load("mem://box/" + name);
        CountedStorage.reset();
        return rows;
    }

    @Test
    void aTableCostsTheDriverOneListingAndOneOpening() {
        Dataset<Row> granules = granules();
        granules.select("h_ph").queryExecution().executedPlan();
        CountedStorage.Counts counts = CountedStorage.counts();
        assertEquals(1, counts.pages());
        assertEquals(1, counts.files());
        assertEquals(1, counts.openings());
        assertTrue(counts.requests() >= 1 && counts.requests() <= 3, counts.toString());
    }

    @Test
    void aQueryCostsTwoRequestsForEachFileAtMost() {
        assertEquals(
                ROWS,
                granules()
                        .where("h_ph is not null")
                        .select("delta_time", "h_ph")
                        .collectAsList()
                        .size());
        CountedStorage.Counts counts = CountedStorage.counts();
        assertEquals(40, counts.openings());
        assertTrue(counts.requests() >= 40 && counts.requests() <= 88, counts.toString());
    }

    @Test
    void aLimitCostsFourRequestsInAll() {
        assertEquals(3, granules().limit(3).collectAsList().size());
        CountedStorage.Counts counts = CountedStorage.counts();
        assertEquals(1, counts.files());
        int all = counts.requests() + counts.pages();
        assertTrue(all >= 2 && all <= 4, counts.toString());
    }

    @Test
    void aConditionOnATenthOfTheRowsFetchesAQuarterOfTheData() {
        Dataset<Row> rows = late("tenth.h5");
        Row sums = rows.where("when >= 100 and when < 150")
                .selectExpr("count(1)", "sum(v0)", "sum(v6)", "sum(v1 + v2 + v3 + v4 + v5)")
                .first();
        // 50 times 0 + 1 + … + 999, and so many times more for each column.
        assertEquals(50_000, sums.getLong(0));
        assertEquals(24_975_000.0, sums.getDouble(1));
        assertEquals(7 * 24_975_000.0, sums.getDouble(2));
        assertEquals((2 + 3 + 4 + 5 + 6) * 24_975_000.0, sums.getDouble(3));
        long data = 8L * 8 * 500_000;
        long bytes = CountedStorage.counts().bytes();
        assertTrue(bytes > data / 8 && bytes <= data / 4, bytes + " of " + data);
    }

    @Test
    void aRangeOfRowsFetchesItsChunksAlone() {
        Row sums = late("range.h5")
                .where("_row >= 250000 and _row < 260000")
                .selectExpr("sum(v0)", "min(_row)", "max(_row)")
                .first();
        assertEquals(10 * 499_500.0, sums.getDouble(0));
        assertEquals(250_000, sums.getLong(1));
        assertEquals(259_999, sums.getLong(2));
        long bytes = CountedStorage.counts().bytes();
        assertTrue(bytes >= 80_000 && bytes < 500_000, bytes + " bytes");
    }

    @Test
    void columnsThatAreNotAskedForAreNotFetched() {
        assertEquals(
                500 * 499_500.0, late("column.h5").selectExpr("sum(v0)").first().getDouble(0));
        long bytes = CountedStorage.counts().bytes();
        assertTrue(bytes >= 3_900_000 && bytes < 4_400_000, bytes + " bytes");
    }

    @Test
    void aLargeFileIsReadByAllTasksFromOneOpening() {
        Dataset<Row> rows = late("large.h5").selectExpr("v0", "v1", "v2", "v3");
        assertEquals(2, rows.javaRDD().getNumPartitions());
        assertEquals(500_000, rows.where("v1 >= 0").collectAsList().size());
        assertEquals(0, CountedStorage.counts().openings());
    }

    @Test
    void smallFilesArePackedIntoATaskForEachCore() {
        assertEquals(2, granules().select("h_ph").javaRDD().getNumPartitions());
    }

    /** Their sizes are not known before they are opened, but that of the first is. */
    @Test
    void filesThatAreNamedAreTakenToBeAsLargeAsTheFirst() {
        String prefix = CountedStorage.granules();
        String[] names = IntStream.range(0, 40)
                .mapToObj(i -> "%sATL03_%03d.h5".formatted(prefix, i))
                .toArray(String[]::new);
        CountedStorage.reset();
        Dataset<Row> named = TestSpark.h5coro().option("group", TestSpark.GROUP).load(names);
        assertEquals(2, named.select("h_ph").javaRDD().getNumPartitions());
        assertEquals(0, CountedStorage.counts().pages());
        assertEquals(ROWS, named.count());
    }

    /** Statistics and tasks both follow from the plan, which is made once and needs the one open file. */
    @Test
    void aQueryTellsTheOptimizerItsSizeAndItsRows() {
        Dataset<Row> rows = granules().select("h_ph");
        var told = rows.queryExecution().optimizedPlan().stats();
        rows.queryExecution().executedPlan();
        long count = ((Number) told.rowCount().get()).longValue();
        assertTrue(count > ROWS / 2 && count < 2 * ROWS, count + " rows");
        long bytes = told.sizeInBytes().toLong();
        // At most the four bytes of each row and what chunks have besides, of files of twenty kilobytes each.
        assertTrue(bytes > ROWS / 2 && bytes < 40 * 10_000, bytes + " bytes");
        assertEquals(1, CountedStorage.counts().openings());
    }

    /** Spark sums the metrics of tasks, and shows them by their names. */
    @Test
    void metricsAreWhatTheStorageWasAskedFor() {
        Dataset<Row> rows = granules().select("delta_time", "h_ph");
        long counted = metric(rows, "h5coroRequests");
        assertEquals(CountedStorage.counts().requests(), counted);
        assertTrue(counted >= 40 && counted <= 88, counted + " requests");
        assertEquals(CountedStorage.counts().bytes(), metrics(rows).get("h5coroBytesFetched"));
        long wanted = metrics(rows).get("h5coroBytesWanted");
        // Twelve bytes a row, packed.
        assertTrue(wanted > 4 * ROWS && wanted < 12 * ROWS, wanted + " bytes wanted");
        long chunks = metrics(rows).get("h5coroChunks");
        // Two columns, 128 rows a chunk, 200 to 600 rows a file.
        assertTrue(chunks >= 2 * 40 * 2 && chunks <= 2 * 40 * 5, chunks + " chunks");
        assertEquals(0, metrics(rows).get("h5coroFilesSkipped"));
    }

    /** Spark's UI, and its store for it, have a metric's description, and its sum over the tasks. */
    @Test
    void metricsHaveNamesForPeople() {
        var scan = CollectionConverters.asJava(granules()
                        .select("h_ph")
                        .queryExecution()
                        .executedPlan()
                        .collectLeaves())
                .get(0);
        List<String> names = CollectionConverters.asJava(scan.metrics()).entrySet().stream()
                .filter(metric -> metric.getKey().startsWith("h5coro"))
                .map(metric -> metric.getValue().name().get())
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "bytes fetched",
                        "chunks decoded",
                        "files of which rows are left out",
                        "range requests",
                        "requests sent again because the first had failed",
                        "requests sent again because the first was late",
                        "stored bytes wanted"),
                names);
    }

    private static long metric(Dataset<Row> query, String name) {
        assertEquals(ROWS, query.collectAsList().size());
        return metrics(query).get(name);
    }

    /** The metrics of the scan of a query that has run. */
    static Map<String, Long> metrics(Dataset<Row> query) {
        Map<String, Long> values = new HashMap<>();
        var leaves = CollectionConverters.asJava(
                query.queryExecution().executedPlan().collectLeaves());
        assertEquals(1, leaves.size());
        CollectionConverters.asJava(leaves.get(0).metrics())
                .forEach((name, metric) -> values.put(name, metric.value()));
        return values;
    }
}
