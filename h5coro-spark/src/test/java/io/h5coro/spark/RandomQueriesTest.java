// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Random queries give the same rows as on Parquet of the same values, which pyarrow wrote of what h5py read, and Spark
 * reads and filters with code that is none of ours.
 */
final class RandomQueriesTest {
    private static final int QUERIES = 200;

    /** Queries of one job. */
    private static final int AT_ONCE = 5;

    private static final List<String> COLUMNS = List.of(
            "delta_time",
            "lat_ph",
            "h_ph",
            "signal_conf_ph",
            "quality_ph",
            "ph_id_channel",
            "ph_id_pulse",
            "pce_mframe_cnt",
            "ph_count",
            "segment_id",
            "beam",
            "surface",
            "night");

    private final Random random = new Random(13);

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String relation() {
        return pick(List.of("=", "<>", "<", "<=", ">", ">=", "<=>"));
    }

    /** A condition on one column, with values that some rows have. */
    private String simple() {
        return switch (random.nextInt(16)) {
            case 0 -> "delta_time " + relation() + " " + (60_000_000 + random.nextInt(4000)) + ".5D";
            case 1 -> "h_ph " + relation() + " " + (1740 + random.nextInt(120)) + ".25";
            case 2 -> "h_ph " + relation() + " " + pick(List.of("float('NaN')", "0.0f", "-0.0f", "double('NaN')"));
            case 3 -> "quality_ph " + relation() + " " + random.nextInt(3);
            case 4 -> "ph_id_channel " + relation() + " " + random.nextInt(220);
            case 5 -> "ph_id_pulse in (" + numbers(12, 60_000) + ")";
            case 6 -> "ph_id_channel in (" + numbers(5, 200) + (random.nextBoolean() ? ", null)" : ")");
            case 7 -> "not (ph_id_channel in (" + numbers(3, 200) + (random.nextInt(4) == 0 ? ", null))" : "))");
            case 8 -> "pce_mframe_cnt " + relation() + " " + (4_000_000_000L + random.nextInt(46));
            case 9 -> "ph_count " + relation() + " 9223372036854775" + (808 + random.nextInt(190)) + "BD";
            case 10 ->
                "segment_id between " + (730_000 + random.nextInt(900)) + " and " + (730_500 + random.nextInt(500));
            case 11 -> "beam " + relation() + " '" + pick(List.of("weak", "strong", "äußerst", "s", "zz")) + "'";
            case 12 -> "beam like '" + pick(List.of("s%", "%k", "%ro%", "ä%", "%ß%")) + "'";
            case 13 -> "surface in ('ICE', '" + pick(List.of("LAND", "OCEAN", "none")) + "')";
            case 14 -> pick(List.of("night", "not night", "night = true", "night <=> false"));
            default -> "_row " + relation() + " " + random.nextInt(500);
        };
    }

    private String numbers(int count, int bound) {
        return IntStream.range(0, count)
                .mapToObj(i -> Integer.toString(random.nextInt(bound)))
                .collect(Collectors.joining(", "));
    }

    private String condition() {
        String one = simple();
        return switch (random.nextInt(5)) {
            case 0 -> one;
            case 1, 2 -> "(" + one + ") and (" + simple() + ")";
            case 3 -> "(" + one + ") or ((" + simple() + ") and (" + simple() + "))";
            default -> "not ((" + one + ") or (" + simple() + ")) and " + simple();
        };
    }

    private List<String> projection() {
        List<String> names = new ArrayList<>(COLUMNS);
        Collections.shuffle(names, random);
        return names.subList(0, 1 + random.nextInt(5));
    }

    /**
     * A query.
     *
     * @param limit 0 for none
     */
    private record Query(String columns, String where, int limit) {
        String on(String table, int index, boolean limited) {
            String rows = "select " + columns + " from " + table + where + (limited ? " limit " + limit : "");
            return "select " + index + " as query, to_json(struct(*)) as json from (" + rows + ")";
        }
    }

    private Query query(int index) {
        String columns = String.join(", ", projection());
        String where = index % 10 == 9 ? "" : " where " + condition();
        return new Query(columns, where, index % 4 == 3 ? 1 + random.nextInt(40) : 0);
    }

    /** The rows that each of some queries gives, sorted. */
    private static List<List<String>> rows(List<Query> queries, String table, boolean limited) {
        String all = IntStream.range(0, queries.size())
                .mapToObj(i ->
                        queries.get(i).on(table, i, limited && queries.get(i).limit() > 0))
                .collect(Collectors.joining(" union all "));
        List<List<String>> rows = new ArrayList<>();
        queries.forEach(query -> rows.add(new ArrayList<>()));
        for (Row row : TestSpark.session().sql(all).collectAsList()) {
            rows.get(row.getInt(0)).add(row.getString(1));
        }
        rows.forEach(Collections::sort);
        return rows;
    }

    @Test
    void giveWhatTheSameQueriesGiveOnParquet() {
        TestSpark.h5coro()
                .option("group", TestSpark.GROUP)
                .load(TestSpark.RESOURCES + "/granules/ATL03_00?.h5")
                .selectExpr("*", "_row")
                .createOrReplaceTempView("ours");
        // Collected, so that Spark evaluates queries on it without a job.
        Dataset<Row> theirs = TestSpark.parquet().where("file < 'ATL03_010.h5'").withColumnRenamed("row", "_row");
        TestSpark.session()
                .createDataFrame(theirs.collectAsList(), theirs.schema())
                .createOrReplaceTempView("theirs");
        TestSpark.session().conf().set("spark.sql.codegen.wholeStage", "false");
        TestSpark.session().conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        try {
            compare();
        } finally {
            TestSpark.session().conf().unset("spark.sql.codegen.wholeStage");
            TestSpark.session().conf().unset("spark.sql.codegen.factoryMode");
        }
    }

    private void compare() {
        int found = 0;
        int empty = 0;
        for (int first = 0; first < QUERIES; first += AT_ONCE) {
            List<Query> queries = IntStream.range(first, first + AT_ONCE)
                    .mapToObj(this::query)
                    .toList();
            List<List<String>> ours = rows(queries, "ours", true);
            List<List<String>> theirs = rows(queries, "theirs", false);
            for (int i = 0; i < AT_ONCE; i++) {
                compare(queries.get(i), ours.get(i), theirs.get(i));
                found += ours.get(i).size();
                empty += ours.get(i).isEmpty() ? 1 : 0;
            }
        }
        assertTrue(found > 20_000, found + " rows");
        assertTrue(empty < QUERIES / 3, empty + " of the queries have no row");
    }

    /** Which rows a limit gives is nobody's promise; how many, and that they are among them, is. */
    private static void compare(Query query, List<String> ours, List<String> theirs) {
        if (query.limit() == 0) {
            assertEquals(theirs, ours, query.toString());
        } else {
            assertEquals(Math.min(query.limit(), theirs.size()), ours.size(), query.toString());
            assertTrue(theirs.containsAll(ours), query.toString());
        }
    }
}
