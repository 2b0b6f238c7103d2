// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The format from Python. Skipped where {@code python3}, or what H5CORO_TEST_PYTHON names, has no pyspark. */
final class PySparkTest {
    private static final String PYTHON = System.getenv().getOrDefault("H5CORO_TEST_PYTHON", "python3");

    private static final String QUERY = """
            import sys
            from pyspark.sql import SparkSession
            spark = (SparkSession.builder.master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.extraClassPath", sys.argv[1])
                .getOrCreate())
            rows = (spark.read.format("h5coro").option("group", "/gt1l/heights").load(sys.argv[2]))
            print("answer", rows.count(), rows.where("quality_ph = 1").count(),
                rows.schema["h_ph"].dataType.simpleString())
            """;

    /** What a user gives to {@code --jars}: our classes and those that Spark has not. */
    private static String ours() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> Pattern.compile("h5coro-|software.amazon|httpcomponents|reactivestreams|jspecify")
                        .matcher(entry)
                        .find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Process python(Path folder, String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = PYTHON;
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static boolean hasPySpark(Path folder) throws InterruptedException {
        try {
            Process check = python(folder, "-c", "import pyspark");
            check.getInputStream().readAllBytes();
            return check.waitFor(1, TimeUnit.MINUTES) && check.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void pythonReadsTheSameRows(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(hasPySpark(folder), PYTHON + " has no pyspark");
        Process query = python(
                folder, "-c", QUERY, System.getProperty("java.class.path"), TestSpark.RESOURCES + "/granules/*.h5");
        String said = new String(query.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, query.waitFor(), said);
        assertTrue(said.contains("answer 14755 1556 float"), said);
    }
}
