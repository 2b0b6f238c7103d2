// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The one session of all tests of this process: two tasks at a time, no UI, an event log. */
final class TestSpark {
    static final Path RESOURCES = Path.of("src/test/resources").toAbsolutePath();
    static final Path EVENTS = Path.of("target/spark-events").toAbsolutePath();
    static final String GROUP = "/gt1l/heights";

    private static final SparkSession SESSION = start();

    private TestSpark() {}

    private static SparkSession start() {
        try {
            Files.createDirectories(EVENTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SparkSession.builder()
                .appName("h5coro tests")
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.sql.warehouse.dir", "target/spark-warehouse")
                .config("spark.eventLog.enabled", true)
                .config("spark.eventLog.compress", false)
                .config("spark.eventLog.dir", EVENTS.toUri().toString())
                .getOrCreate();
    }

    static SparkSession session() {
        return SESSION;
    }

    static DataFrameReader h5coro() {
        return SESSION.read().format("h5coro");
    }

    /** The photons of all granules. */
    static Dataset<Row> granules() {
        return h5coro().option("group", GROUP).load(RESOURCES + "/granules/*.h5");
    }

    /** The same values, written by h5py and pyarrow and read by Spark. */
    static Dataset<Row> parquet() {
        return SESSION.read().parquet(RESOURCES + "/granules.parquet");
    }
}
