// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.count;

import java.io.IOException;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** Granules in a store are a table: a query on them, its result and what it cost. */
final class SparkDemo {
    private SparkDemo() {}

    /** The variable {@code SERVED_S3} names the prefix of the granules; the AWS SDK finds keys and endpoint. */
    public static void main(String[] arguments) throws IOException {
        int status = 0;
        try (SparkSession session = session()) {
            show(session, System.getenv("SERVED_S3") + "ATL03_*.h5");
        } catch (RuntimeException e) {
            e.printStackTrace();
            status = 1;
        }
        System.exit(status);
    }

    private static SparkSession session() {
        return SparkSession.builder()
                .appName("h5coro demo")
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.sql.adaptive.enabled", false)
                .getOrCreate();
    }

    private static void show(SparkSession session, String granules) {
        Dataset<Row> photons =
                session.read().format("h5coro").option("group", "/gt1l/heights").load(granules);
        System.out.println(granules + " is a table:");
        photons.printSchema();
        Dataset<Row> result = photons.where("h_ph between 1830 and 3000 and quality_ph = 0")
                .groupBy("surface")
                .agg(count("h_ph").as("photons"), avg("h_ph").as("height"))
                .orderBy("surface");
        System.out.println("Photons above 1830 m by surface:");
        for (Row row : result.collectAsList()) {
            System.out.println("  " + row);
        }
        System.out.println("The scan, task by task, all summed:");
        CollectionConverters.asJava(result.queryExecution().executedPlan().collectLeaves())
                .forEach(scan -> new TreeMap<>(CollectionConverters.asJava(scan.metrics()))
                        .forEach((name, metric) -> System.out.println("  " + name + " " + metric.value())));
    }
}
