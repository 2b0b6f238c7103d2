// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.h5coro.model.MemoryBudget;
import io.h5coro.model.ReadOptions;
import io.h5coro.spark.file.ExecutorShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What options change of a table, and that credentials are in no text. */
final class OptionsTest {
    private static final String FOLDER = TestSpark.RESOURCES + "/granules/";

    @Test
    void furtherGroupsGiveColumnsBehindTheirName() {
        Dataset<Row> rows = TestSpark.h5coro()
                .option("group", TestSpark.GROUP)
                .option("groups", "/gt1l/geophysical")
                .load(FOLDER + "ATL03_000.h5");
        double expected = TestSpark.parquet()
                .where("file = 'ATL03_000.h5' and night")
                .selectExpr("sum(double(dem_h))")
                .first()
                .getDouble(0);
        double found = rows.where("night")
                .selectExpr("sum(double(`gt1l/geophysical/dem_h`))")
                .first()
                .getDouble(0);
        assertEquals(expected, found, 1e-9);
    }

    @Test
    void scalarsAndAttributesAreTheSameInEachRow() {
        List<Row> rows = TestSpark.h5coro()
                .option("group", TestSpark.GROUP)
                .option("broadcast", "/orbit_info/rgt, /orbit_info/orbit, /gt1l@atlas_beam_type, @short_name")
                .load(FOLDER + "ATL03_00[01].h5")
                .where("orbit = 1 or _row < 2")
                .groupBy("rgt", "orbit", "atlas_beam_type", "short_name")
                .count()
                .orderBy("orbit")
                .collectAsList();
        assertEquals("[0,0,weak,ATL03,2]", rows.get(0).toString());
        assertTrue(rows.get(1).toString().startsWith("[3,1,strong,ATL03,"), rows.toString());
    }

    @Test
    void fileAndRowAreColumnsWhereAskedFor() {
        Dataset<Row> rows = TestSpark.h5coro()
                .option("group", TestSpark.GROUP)
                .option("file_columns", true)
                .load(FOLDER + "ATL03_000.h5", FOLDER + "ATL03_001.h5");
        assertTrue(Arrays.asList(rows.columns()).containsAll(List.of("_file", "_row")));
        assertEquals(2, rows.where("_row = 7").select("_file").distinct().count());
    }

    @Test
    void rowsAreThoseOfTheNamedDataset() {
        Dataset<Row> rows = TestSpark.h5coro()
                .option("group", TestSpark.GROUP)
                .option("rows", TestSpark.GROUP + "/of_another_length")
                .load(FOLDER + "ATL03_000.h5");
        assertEquals(List.of("of_another_length"), Arrays.asList(rows.columns()));
        assertEquals(3, rows.count());
    }

    @Test
    void sqlNamesTheFormatAndItsOptions() {
        TestSpark.session()
                .sql("CREATE OR REPLACE TEMPORARY VIEW photons USING h5coro OPTIONS (path '" + FOLDER
                        + "ATL03_00?.h5', `group` '" + TestSpark.GROUP + "')");
        assertEquals(
                10,
                TestSpark.session()
                        .sql("select count(distinct int(delta_time / 100)) from photons")
                        .first()
                        .getLong(0));
    }

    @Test
    void aTableOfTheCatalogIsReadAsOthers() {
        assumeTrue(TestSpark.session().version().compareTo("4") > 0, "Spark 3.5 has no such tables of other sources");
        TestSpark.session()
                .sql("CREATE TABLE granules_table USING h5coro OPTIONS (path '" + FOLDER + "ATL03_00?.h5', `group` '"
                        + TestSpark.GROUP + "')");
        try {
            Row row = TestSpark.session()
                    .sql("select count(distinct _file), count(1) from granules_table where _row < 5")
                    .first();
            assertEquals("[10,50]", row.toString());
        } finally {
            TestSpark.session().sql("DROP TABLE granules_table");
        }
    }

    /** The heap less Spark's part, half of it; as many threads decode as tasks run: two of local[2]. */
    @Test
    void anExecutorsShareFollowsFromSparksSettings() {
        assertEquals("local[2]", TestSpark.session().sparkContext().master());
        ReadOptions options = ExecutorShare.options(0);
        long expected = (long) (Runtime.getRuntime().maxMemory() * 0.4 * 0.5);
        assertEquals(expected, options.memoryBudget().orElseThrow().bytes(), 1.0);
        assertEquals(2, options.decodeThreads());
        MemoryBudget ours = ExecutorShare.options(1 << 28).memoryBudget().orElseThrow();
        assertEquals(1 << 28, ours.bytes());
        assertSame(ours, ExecutorShare.options(1 << 28).memoryBudget().orElseThrow());
    }

    @Test
    void credentialsAreInNoTextOfPlansAndNoEvent() throws IOException {
        String secret = "wJalrXUtnFEMI-secret-";
        String prefix = CountedStorage.granules();
        TestSpark.session().conf().set("h5coro.mem_secret", secret + "session");
        try {
            Dataset<Row> rows = TestSpark.h5coro()
                    .options(Map.of(
                            "group", TestSpark.GROUP,
                            "h5coro.aws_access_key_id", "AKIAIOSFODNN7EXAMPLE",
                            "h5coro.aws_secret_access_key", secret + "key",
                            "aws_session_token", secret + "token",
                            "mem_secret", secret + "bare"))
                    .load(prefix);
            assertEquals(40, rows.where("_row = 0").collectAsList().size());
            String plans = rows.where("_row = 1").queryExecution().toString()
                    + rows.queryExecution().analyzed().treeString()
                    + rows.queryExecution().analyzed().toJSON()
                    + rows.queryExecution().executedPlan();
            assertTrue(plans.contains("h5coro"), plans);
            assertFalse(plans.contains(secret), "a plan has a secret");
        } finally {
            TestSpark.session().conf().unset("h5coro.mem_secret");
        }
        int files = 0;
        try (var logs = Files.walk(TestSpark.EVENTS)) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                files++;
                assertFalse(Files.readString(log).contains(secret), "the event log has a secret");
            }
        }
        assertTrue(files > 0);
    }
}
