// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.error.MalformedFileException;
import io.h5coro.model.Hyperslab;
import io.h5coro.storage.FaultyHttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be read, between files that can. */
final class BadFilesTest {
    private static final int ROWS_OF_FIRST = 558;

    @TempDir
    Path folder;

    @BeforeEach
    void copiesGranules() throws IOException {
        for (int i = 0; i < 3; i++) {
            String name = "ATL03_00" + i + ".h5";
            Files.copy(TestSpark.RESOURCES.resolve("granules/" + name), folder.resolve(name));
        }
    }

    private Dataset<Row> rows(String mode) {
        return TestSpark.h5coro()
                .option("group", TestSpark.GROUP)
                .option("mode", mode)
                .load(folder.toString());
    }

    /** Sorted here: Spark would read the files twice to sort them, the second time without a request. */
    private List<Row> files() {
        return TestSpark.h5coro()
                .option("group", TestSpark.GROUP)
                .option("mode", "skip")
                .option("table", "files")
                .load(folder.toString())
                .collectAsList()
                .stream()
                .sorted(Comparator.comparing(row -> row.<String>getAs("file")))
                .toList();
    }

    private long rowsOf(String file) {
        return TestSpark.h5coro()
                .option("group", TestSpark.GROUP)
                .load(TestSpark.RESOURCES + "/granules/" + file)
                .count();
    }

    private static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append('\n');
        }
        return all.toString();
    }

    @Test
    void aFileThatIsNotHdf5EndsTheQueryWithItsName() throws IOException {
        Files.writeString(folder.resolve("z.h5"), "not HDF5".repeat(100));
        String message =
                messages(assertThrows(Exception.class, () -> rows("fail").count()));
        assertTrue(message.contains(folder + "/z.h5"), message);
    }

    @Test
    void aDamagedChunkEndsTheQueryWithFileObjectAndAddress() throws IOException {
        damage("ATL03_001.h5");
        String message = messages(assertThrows(
                Exception.class, () -> rows("fail").select("lat_ph").collectAsList()));
        assertTrue(message.contains("ATL03_001.h5"), message);
        assertTrue(message.contains("/gt1l/heights/lat_ph"), message);
        assertTrue(message.contains("0x"), message);
    }

    /** Overwrites the beginning of every chunk of one column. */
    private void damage(String name) throws IOException {
        Path file = folder.resolve(name);
        byte[] content = Files.readAllBytes(file);
        try (var open = H5Coro.open(file)) {
            open.dataset(TestSpark.GROUP + "/lat_ph")
                    .storedChunks(Hyperslab.all())
                    .forEach(chunk ->
                            Arrays.fill(content, (int) chunk.address(), (int) (chunk.address() + 20), (byte) 0xff));
        }
        Files.write(file, content);
    }

    @Test
    void skippedFilesAreLeftOutAndListed() throws IOException {
        Files.writeString(folder.resolve("0_first.h5"), "not HDF5".repeat(100));
        damage("ATL03_001.h5");
        List<Row> files = files();
        Dataset<Row> rows = rows("skip");
        assertEquals(
                ROWS_OF_FIRST + rowsOf("ATL03_002.h5"),
                rows.select("lat_ph").collectAsList().size());
        assertThrows(MalformedFileException.class, () -> rows("fail"));
        assertEquals(
                List.of("skipped", "ok", "skipped", "ok"),
                files.stream().map(row -> row.<String>getAs("status")).toList());
        assertTrue(files.get(0).<String>getAs("file").endsWith("0_first.h5"), files.toString());
        // What is no HDF5 file has cost something, too.
        assertTrue(files.get(0).<Long>getAs("bytes") >= 800, files.toString());
        assertTrue(files.get(0).<Long>getAs("requests") >= 1, files.toString());
        assertEquals(ROWS_OF_FIRST, files.get(1).<Long>getAs("rows"));
        assertTrue(files.get(1).<Long>getAs("bytes") > 0 && files.get(1).<Long>getAs("requests") > 0, files.toString());
        assertTrue(files.get(2).<String>getAs("message").contains("lat_ph"), files.toString());
    }

    /** The server answers no request before there are five; two tasks, file after file, would send two. */
    @Test
    @Timeout(60)
    void filesAreLookedAtSideBySide() throws IOException {
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            String[] locations = new String[8];
            for (int i = 0; i < locations.length; i++) {
                String name = "/ATL03_00" + i + ".h5";
                server.put(name, Files.readAllBytes(TestSpark.RESOURCES.resolve("granules" + name)));
                locations[i] = server.uri(name).toString();
            }
            Dataset<Row> files = TestSpark.h5coro()
                    .option("group", TestSpark.GROUP)
                    .option("table", "files")
                    .load(locations);
            server.together(5);
            List<Row> found = files.collectAsList();
            assertEquals(
                    List.of(locations),
                    found.stream().map(row -> row.getString(0)).toList());
            assertEquals(ROWS_OF_FIRST, found.get(0).<Long>getAs("rows"));
        }
    }

    @Test
    void aLimitIsFilledFromOtherFilesWhereTheFirstOneIsLeftOut() throws IOException {
        damage("ATL03_000.h5");
        Dataset<Row> rows = rows("skip").select("lat_ph");
        assertEquals(10, rows.limit(10).collectAsList().size());
        assertEquals(10, rows.offset(5).limit(10).collectAsList().size());
    }

    @Test
    void aColumnThatIsNotDamagedIsReadOfADamagedFile() throws IOException {
        damage("ATL03_001.h5");
        assertEquals(
                ROWS_OF_FIRST + rowsOf("ATL03_001.h5") + rowsOf("ATL03_002.h5"),
                rows("skip").select("lon_ph").collectAsList().size());
    }

    @Test
    void aFileOfAnotherTypeIsAnErrorThatNamesFileColumnAndTypes() {
        String message = messages(assertThrows(
                Exception.class,
                () -> TestSpark.h5coro()
                        .option("group", TestSpark.GROUP)
                        .schema("h_ph int, lat_ph double")
                        .load(folder.toString())
                        .collectAsList()));
        assertTrue(message.contains(".h5: /gt1l/heights/h_ph (column h_ph)"), message);
        assertTrue(message.contains("float") && message.contains("int"), message);
    }

    @Test
    void exactlyWiderTypesOfTheUsersSchemaAreTaken() {
        Row sums = TestSpark.h5coro()
                .option("group", TestSpark.GROUP)
                .schema("quality_ph bigint, h_ph double, ph_id_channel decimal(10,0), segment_id double")
                .load(folder.resolve("ATL03_000.h5").toString())
                .selectExpr("sum(quality_ph)", "sum(nanvl(h_ph, 0D))", "sum(ph_id_channel)", "typeof(max(segment_id))")
                .first();
        // Of granules.json.
        assertEquals(59, sums.getLong(0));
        assertEquals(990477.1199951172, sums.getDouble(1), 1e-6);
        assertEquals("55330", sums.get(2).toString());
        assertEquals("double", sums.getString(3));
    }

    private static Dataset<Row> differing(String names) {
        return TestSpark.h5coro().option("group", "t").load(TestSpark.RESOURCES + "/differing/" + names);
    }

    /** The first has integers of four bytes and a double, the second of two and a float. */
    @Test
    void aFileOfNarrowerTypesIsReadAsTheFirstOnes() {
        Row sums = differing("[ab].h5")
                .selectExpr("typeof(max(n))", "sum(n)", "min(n)", "typeof(max(x))", "sum(x)")
                .first();
        assertEquals("[int,598,-2,double,9.0]", sums.toString());
    }

    /** The third has integers of eight bytes. */
    @Test
    void aFileOfAWiderTypeThanTheFirstIsAnError() {
        String message = messages(
                assertThrows(Exception.class, () -> differing("[ac].h5").collectAsList()));
        assertTrue(message.contains("/differing/c.h5: /t/n (column n)"), message);
        assertTrue(message.contains("the type bigint") && message.contains("the table's int"), message);
    }

    @Test
    void filesThatAreLeftOutAreCounted() throws IOException {
        damage("ATL03_001.h5");
        Files.writeString(folder.resolve("z.h5"), "not HDF5".repeat(100));
        Dataset<Row> rows = rows("skip").select("lat_ph");
        assertEquals(
                ROWS_OF_FIRST + rowsOf("ATL03_002.h5"), rows.collectAsList().size());
        assertEquals(2, CostsTest.metrics(rows).get("h5coroFilesSkipped"));
    }

    @Test
    void hiddenFilesOfAFolderAreNoFilesOfTheTable() throws IOException {
        Files.write(folder.resolve("_SUCCESS"), "".getBytes(StandardCharsets.UTF_8));
        Files.writeString(folder.resolve(".crc"), "x");
        assertEquals(3, rows("fail").select("_file").distinct().count());
    }

    @Test
    void aMisspeltOptionIsRefused() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> TestSpark.h5coro().option("gruop", "/x").load(folder.toString()));
        assertTrue(refused.getMessage().contains("gruop"), refused.getMessage());
    }
}
