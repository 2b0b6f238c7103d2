// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Forty granules as one table: what h5py reads of them. */
final class GranulesTest {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("delta_time", "double"),
            Map.entry("lat_ph", "double"),
            Map.entry("lon_ph", "double"),
            Map.entry("h_ph", "float"),
            Map.entry("signal_conf_ph", "array<tinyint>"),
            Map.entry("quality_ph", "tinyint"),
            Map.entry("ph_id_channel", "smallint"),
            Map.entry("ph_id_pulse", "int"),
            Map.entry("pce_mframe_cnt", "bigint"),
            Map.entry("ph_count", "decimal(20,0)"),
            Map.entry("segment_id", "int"),
            Map.entry("beam", "string"),
            Map.entry("surface", "string"),
            Map.entry("night", "boolean"));

    private static JsonNode expected() throws IOException {
        return new ObjectMapper()
                .readTree(TestSpark.RESOURCES.resolve("granules.json").toFile());
    }

    private static Column[] sums() {
        return List.of(
                        count(lit(1)).as("rows"),
                        sum("delta_time").as("delta_time"),
                        sum("lat_ph").as("lat_ph"),
                        sum("lon_ph").as("lon_ph"),
                        sum("quality_ph").as("quality_ph"),
                        sum("ph_id_channel").as("ph_id_channel"),
                        sum("ph_id_pulse").as("ph_id_pulse"),
                        sum("pce_mframe_cnt").as("pce_mframe_cnt"),
                        sum(when(isnan(col("h_ph")), 1).otherwise(0)).as("h_ph_nan"),
                        sum(when(isnan(col("h_ph")), 0).otherwise(col("h_ph").cast("double")))
                                .as("h_ph"),
                        sum("ph_count").as("ph_count"),
                        sum(expr("aggregate(signal_conf_ph, 0, (a, b) -> a + b)"))
                                .as("signal_conf_ph"),
                        sum(col("night").cast("int")).as("night"))
                .toArray(Column[]::new);
    }

    private static void assertSums(JsonNode expected, Row found) {
        int compared = 0;
        for (String name : found.schema().fieldNames()) {
            Object value = found.getAs(name);
            if (!expected.has(name)) {
                continue;
            }
            compared++;
            if (value instanceof Double number) {
                double wanted = expected.get(name).asDouble();
                assertEquals(wanted, number, Math.abs(wanted) * 1e-12, name);
            } else {
                assertEquals(expected.get(name).asText(), value.toString(), name);
            }
        }
        assertEquals(13, compared);
    }

    @Test
    void findsTheColumnsThatShareTheRowsWithTheirTypes() {
        Map<String, String> types = new TreeMap<>();
        for (var field : TestSpark.granules().schema().fields()) {
            types.put(field.name(), field.dataType().catalogString());
        }
        assertEquals(new TreeMap<>(TYPES), types);
    }

    @Test
    void sumsOfAllGranulesAreThoseOfH5py() throws IOException {
        Dataset<Row> granules = TestSpark.granules();
        Column[] sums = sums();
        Row all =
                granules.agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length)).first();
        assertSums(expected().get("all"), all);
    }

    @Test
    void sumsOfEachGranuleAreThoseOfH5py() throws IOException {
        Column[] sums = sums();
        List<Row> files = TestSpark.granules()
                .groupBy(col("_file"))
                .agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length))
                .collectAsList();
        assertEquals(40, files.size());
        for (Row row : files) {
            String file = row.getString(0);
            assertSums(expected().get("files").get(file.substring(file.lastIndexOf('/') + 1)), row);
        }
    }

    @Test
    void countsRowsWithoutAColumn() throws IOException {
        assertEquals(
                expected().get("all").get("rows").asLong(), TestSpark.granules().count());
    }

    @Test
    void numbersTheRowsOfEachFile() throws IOException {
        Row row = TestSpark.granules()
                .groupBy(col("_file"))
                .agg(expr("count(1) - 1 = max(_row)").as("fits"), expr("count(distinct _row) = count(1)"))
                .agg(expr("every(fits)"), count(lit(1)))
                .first();
        assertTrue(row.getBoolean(0));
        assertEquals(40, row.getLong(1));
    }
}
