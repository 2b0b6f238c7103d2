// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;

/** Planning many keys costs a listing and one opening. {@code docs/scale.md} has the figures of a million. */
final class PlannerTest {
    private static final int KEYS = 10_000;

    /**
     * What planning cost.
     *
     * @param bytes allocated by the driver's thread
     */
    record Planned(int partitions, int requests, long bytes, double seconds) {}

    static Planned plan(int keys) throws IOException {
        TestSpark.session();
        CountedStorage.put("one.h5", Files.readAllBytes(TestSpark.RESOURCES.resolve("granules/ATL03_000.h5")));
        CountedStorage.reset();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        H5CoroSource source = new H5CoroSource();
        var options = new CaseInsensitiveStringMap(Map.of("path", CountedStorage.many(keys), "group", TestSpark.GROUP));
        var columns = source.inferSchema(options);
        var table = (RowsTable) source.getTable(columns, new Transform[0], options.asCaseSensitiveMap());
        var scan = table.newScanBuilder(options).build();
        int partitions = scan.toBatch().planInputPartitions().length;
        double seconds = (System.nanoTime() - start) / 1e9;
        CountedStorage.Counts counts = CountedStorage.counts();
        return new Planned(
                partitions,
                counts.requests() + counts.pages(),
                threads.getCurrentThreadAllocatedBytes() - before,
                seconds);
    }

    @Test
    void tenThousandKeysCostTwelveRequestsAndLittleMemory() throws IOException {
        Planned planned = plan(KEYS);
        assertTrue(planned.requests() >= 11 && planned.requests() <= 12, planned.toString());
        assertTrue(planned.bytes() <= 64L << 20, planned.toString());
        // 128 MiB a task, of which each file counts 4 MiB for its opening, and the group's part of its bytes.
        assertTrue(planned.partitions() >= 1000 && planned.partitions() <= 1250, planned.toString());
    }

    /** A page for each thousand keys, and memory in proportion: {@code main} has run a million. */
    @Test
    void tenTimesAsManyKeysCostTenTimesAsMuch() throws IOException {
        Planned planned = plan(10 * KEYS);
        assertTrue(planned.requests() >= 101 && planned.requests() <= 103, planned.toString());
        assertTrue(planned.bytes() <= 640L << 20, planned.toString());
        assertTrue(planned.partitions() >= 10_000 && planned.partitions() <= 12_500, planned.toString());
    }

    @Test
    void aLimitOnTenThousandKeysIsOneTask() throws IOException {
        CountedStorage.put("one.h5", Files.readAllBytes(TestSpark.RESOURCES.resolve("granules/ATL03_000.h5")));
        Dataset<Row> three = TestSpark.h5coro()
                .option("group", TestSpark.GROUP)
                .load(CountedStorage.many(KEYS))
                .limit(3);
        assertEquals(1, three.javaRDD().getNumPartitions());
        assertEquals(3, three.collectAsList().size());
    }

    /** Prints what planning a number of keys costs. */
    public static void main(String[] arguments) throws IOException {
        plan(1000);
        for (String keys : arguments) {
            System.out.println(keys + " keys: " + plan(Integer.parseInt(keys)));
        }
        System.exit(0);
    }
}
