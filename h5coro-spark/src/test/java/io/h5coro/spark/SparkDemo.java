// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.count;

import io.h5coro.storage.FaultyHttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** Forty granules on a web server of this machine, a query on them, its result and what it cost. */
final class SparkDemo {
    private SparkDemo() {}

    /** Takes the folder of the granules. */
    public static void main(String[] arguments) throws IOException {
        int status = 0;
        try (FaultyHttpServer store = FaultyHttpServer.start()) {
            String[] granules = put(Path.of(arguments[0]), store);
            try (SparkSession session = session()) {
                show(session, granules);
                System.out.println(store.requests() + " requests reached the store");
            }
        } catch (RuntimeException e) {
            e.printStackTrace();
            status = 1;
        }
        System.exit(status);
    }

    private static String[] put(Path folder, FaultyHttpServer store) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.sorted().toList();
            for (Path file : sorted) {
                store.put("/" + file.getFileName(), Files.readAllBytes(file));
            }
            return sorted.stream()
                    .map(file -> store.uri("/" + file.getFileName()).toString())
                    .toArray(String[]::new);
        }
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

    private static void show(SparkSession session, String[] granules) {
        Dataset<Row> photons =
                session.read().format("h5coro").option("group", "/gt1l/heights").load(granules);
        System.out.println(granules.length + " granules are a table:");
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
