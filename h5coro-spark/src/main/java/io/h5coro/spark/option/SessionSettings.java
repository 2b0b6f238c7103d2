// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.option;

import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;

/** What the active session is configured with. Only the driver has one. */
public final class SessionSettings {
    private static final String HADOOP = "spark.hadoop.";
    private static final String S3A = "fs.s3a.";

    private SessionSettings() {}

    /** Returns Hadoop's configuration with what the session says in its place. */
    static Configuration hadoop() {
        Configuration configuration =
                new Configuration(SparkSession.active().sparkContext().hadoopConfiguration());
        all().forEach((name, value) -> {
            String plain = name.startsWith(HADOOP) ? name.substring(HADOOP.length()) : name;
            if (plain.startsWith(S3A)) {
                configuration.set(plain, value);
            }
        });
        return configuration;
    }

    /** Properties of the storage that the session names, as {@code h5coro.NAME} or {@code spark.h5coro.NAME}. */
    static Map<String, String> ours() {
        Map<String, String> ours = new TreeMap<>();
        all().forEach((name, value) -> {
            String plain = name.startsWith("spark.") ? name.substring("spark.".length()) : name;
            if (plain.startsWith(Names.PREFIX)) {
                Names.put(ours, plain.substring(Names.PREFIX.length()), value);
            }
        });
        return ours;
    }

    /** Returns a number of bytes that Spark has a setting for. */
    public static long bytes(String name, long otherwise) {
        String text = all().get(name);
        return text == null ? otherwise : Sizes.bytesOrNone(name, text);
    }

    /** Returns how many tasks run at once, as far as Spark knows. */
    public static int parallelism() {
        return Math.max(1, SparkSession.active().sparkContext().defaultParallelism());
    }

    @SuppressWarnings("deprecation") // What replaces it is not in every Scala that Spark has.
    private static Map<String, String> all() {
        return JavaConverters.mapAsJavaMap(SparkSession.active().conf().getAll());
    }
}
