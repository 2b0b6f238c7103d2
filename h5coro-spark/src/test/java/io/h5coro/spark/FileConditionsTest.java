// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServedRequest;
import io.h5coro.storage.ServerFault;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conditions on the name of a file pick files before any is opened; those that are left are read side by side. */
final class FileConditionsTest {
    private static final int FILES = 8;
    private static final int ROWS_OF_FOURTH = 229;

    private FaultyHttpServer server;
    private Dataset<Row> granules;

    @BeforeEach
    void serves() throws IOException {
        server = FaultyHttpServer.start();
        String[] locations = IntStream.range(0, FILES)
                .mapToObj(i -> server.uri(name(i)).toString())
                .toArray(String[]::new);
        for (int i = 0; i < FILES; i++) {
            server.put(name(i), Files.readAllBytes(TestSpark.RESOURCES.resolve("granules" + name(i))));
        }
        granules = TestSpark.h5coro().option("group", TestSpark.GROUP).load(locations);
        server.clearLog();
    }

    private static String name(int index) {
        return "/ATL03_%03d.h5".formatted(index);
    }

    @AfterEach
    void stops() throws IOException {
        server.close();
    }

    private Set<String> opened() {
        return server.log().stream().map(ServedRequest::path).collect(Collectors.toSet());
    }

    @Test
    void noOtherFileIsOpened() {
        String prefix = server.uri("/").toString();
        for (String condition : List.of(
                "_file = '%sATL03_003.h5'",
                "_file in ('%sATL03_003.h5', 'elsewhere')",
                "startswith(_file, '%sATL03_003')",
                "_file like '%%003.h5' and _file <> '%1$sATL03_004.h5'",
                "not (_file < '%sATL03_003' or _file > '%1$sATL03_004')")) {
            Dataset<Row> one = granules.where(condition.formatted(prefix)).select("h_ph");
            assertEquals(1, one.javaRDD().getNumPartitions(), condition);
            assertEquals(ROWS_OF_FOURTH, one.collectAsList().size(), condition);
        }
        assertEquals(Set.of(name(3)), opened());
    }

    @Test
    void aLimitIsReadOfTheFilesThatAreLeft() {
        Dataset<Row> two =
                granules.where("_file like '%5.h5' and _file <> 'elsewhere'").limit(2);
        assertEquals(2, two.collectAsList().size());
        assertTrue(granules.where("_file = 'elsewhere'")
                .select("h_ph")
                .collectAsList()
                .isEmpty());
        assertTrue(opened().size() <= FILES, opened()::toString);
    }

    /** The server answers no request before there are five; two tasks, file after file, would send two. */
    @Test
    @Timeout(60)
    void theNextFilesOfATaskTravelWhileOneIsRead() {
        Dataset<Row> heights = granules.select("h_ph");
        assertEquals(2, heights.javaRDD().getNumPartitions());
        server.together(5);
        assertTrue(heights.collectAsList().size() > 200 * FILES);
        // The driver has opened the first, and with it all of its few bytes came.
        assertEquals(FILES - 1, opened().size());
    }

    /** A refusal of the store is overcome, and is a metric. */
    @Test
    void requestsThatWereSentAgainAreCounted() {
        Dataset<Row> heights = granules.select("h_ph");
        server.next(ServerFault.status(503), ServerFault.status(503));
        assertTrue(heights.collectAsList().size() > 200 * FILES);
        assertEquals(2, CostsTest.metrics(heights).get("h5coroRetries"));
    }

    /** What a file is called is one condition among others: the rest is evaluated row by row. */
    @Test
    void aConditionOnTheFileAndItsRowsIsEvaluatedAsSparkDoes() {
        String condition = "(_file like '%_003.h5' or quality_ph = 0) and _row < 100";
        long expected = granules.select("_file", "_row", "quality_ph").collectAsList().stream()
                .filter(row -> row.getLong(1) < 100)
                .filter(row -> row.getString(0).endsWith("_003.h5") || row.getByte(2) == 0)
                .count();
        assertTrue(expected > 100 && expected < 100 * FILES, expected + " rows");
        assertEquals(expected, granules.where(condition).count());
    }
}
