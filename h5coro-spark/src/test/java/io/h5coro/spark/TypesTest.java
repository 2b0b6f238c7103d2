// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What each type of HDF5 is in Spark; the values are those that {@code testdata/make/spark.py} wrote with h5py. */
final class TypesTest {
    private static Dataset<Row> group(String group) {
        return TestSpark.h5coro().option("group", group).load(TestSpark.RESOURCES + "/types.h5");
    }

    private static List<String> column(Dataset<Row> rows, String column) {
        return rows.selectExpr("to_json(struct(" + column + ")) as j").collectAsList().stream()
                .map(row -> row.getString(0)
                        .replaceFirst("^\\{(\"" + column + "\":)?", "")
                        .replaceFirst("}$", ""))
                .toList();
    }

    private static String type(Dataset<Row> rows, String column) {
        return rows.schema().apply(column).dataType().catalogString();
    }

    @Test
    void plainNumbersAreExact() {
        Dataset<Row> rows = group("/plain");
        for (String name : List.of("i1", "i2", "i4", "i8")) {
            assertEquals(List.of("-2", "-1", "0", "1", "2"), column(rows, name), name);
        }
        for (String name : List.of("u1", "u2", "u4", "u8", "big_endian")) {
            assertEquals(List.of("0", "1", "2", "3", "4"), column(rows, name), name);
        }
        for (String name : List.of("f2", "f4", "f8")) {
            assertEquals(List.of("-2.0", "-1.0", "0.0", "1.0", "2.0"), column(rows, name), name);
        }
        assertEquals("18446744073709551615", column(rows, "largest_u8").get(0));
        assertEquals("18446744073709551611", column(rows, "largest_u8").get(4));
    }

    @Test
    void unsignedNumbersAndHalvesAreWidened() {
        Dataset<Row> rows = group("/plain");
        assertEquals(
                List.of("smallint", "int", "bigint", "decimal(20,0)", "float"),
                List.of("u1", "u2", "u4", "u8", "f2").stream()
                        .map(name -> type(rows, name))
                        .toList());
    }

    @Test
    void textsAreTheTextWithoutPadding() {
        Dataset<Row> rows = group("/text");
        assertEquals(
                List.of("a", "bc", "", "d ", "efg"),
                rows.select("fixed").collectAsList().stream()
                        .map(row -> row.getString(0))
                        .toList());
        assertEquals(
                List.of("ä", "b", "", "d", "ε"),
                rows.select("variable").collectAsList().stream()
                        .map(row -> row.getString(0))
                        .toList());
    }

    @Test
    void compoundsSequencesAndDimensionsAreNested() {
        Dataset<Row> rows = group("/made");
        assertEquals("struct<id:int,pair:array<double>,code:string>", type(rows, "compound"));
        assertEquals(
                "{\"id\":3,\"pair\":[3.0,-3.0],\"code\":\"3\"}",
                column(rows, "compound").get(3));
        assertEquals(List.of("[]", "[0]", "[0,1]", "[0,1,2]", "[0,1,2,3]"), column(rows, "list"));
        assertEquals("array<array<smallint>>", type(rows, "cube"));
        assertEquals("[[24,25,26],[27,28,29]]", column(rows, "cube").get(4));
        assertEquals("{\"r\":1.0,\"i\":3.0}", column(rows, "complex").get(1));
    }

    @Test
    void membersOfCompoundsAreReadAlone() {
        List<Row> rows = group("/made")
                .selectExpr("compound.code", "compound.pair[1]", "complex.i")
                .collectAsList();
        assertEquals("[2,-2.0,2.0]", rows.get(2).toString());
    }

    @Test
    void nestedValuesSurviveAFilter() {
        List<Row> rows = group("/made")
                .where("flag and surface <> 'LAND'")
                .selectExpr("to_json(compound)", "to_json(list)", "to_json(cube)", "surface", "hex(opaque)")
                .collectAsList();
        assertEquals(2, rows.size());
        assertEquals(
                "[{\"id\":4,\"pair\":[4.0,-4.0],\"code\":\"4\"},[0,1,2,3],[[24,25,26],[27,28,29]],OCEAN,04000000]",
                rows.get(1).toString());
    }

    @Test
    void enumerationsAreNamesOrNumbers() {
        assertEquals(
                List.of("\"LAND\"", "\"OCEAN\"", "\"ICE\"", "\"LAND\"", "\"OCEAN\""),
                column(group("/made"), "surface"));
        Dataset<Row> numbers = TestSpark.h5coro()
                .option("group", "/made")
                .option("enums", "numbers")
                .load(TestSpark.RESOURCES + "/types.h5");
        assertEquals(List.of("0", "1", "2", "0", "1"), column(numbers, "surface"));
        assertEquals(List.of("true", "false", "true", "false", "true"), column(numbers, "flag"));
    }

    @Test
    void whatSparkHasNoTypeForIsNoColumn() {
        assertFalse(Arrays.asList(group("/made").schema().fieldNames()).contains("reference"));
    }
}
