// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.testdata.Fixtures;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A small application, compiled and started as its author would: with what Maven gives to one that depends on our
 * artifact alone, on the module path and on the class path.
 */
@ExtendWith(S3ServerExtension.class)
@Timeout(300)
class ModularApplicationTest {
    private static final String MAIN = """
            package app;
            public final class Main {
                public static void main(String[] args) {
                    io.h5coro.storage.StorageOptions options = io.h5coro.storage.StorageOptions.none();
                    for (int i = 1; i + 1 < args.length; i += 2) {
                        options = options.with(args[i], args[i + 1]);
                    }
                    var defaults = io.h5coro.model.ReadOptions.defaults();
                    try (io.h5coro.H5Coro file = io.h5coro.H5Coro.open(args[0], defaults, options)) {
                        var values = file.read("/gt1l/heights/h_ph");
                        var module = file.getClass().getModule().getName();
                        System.out.println(values.length() + " values, module " + module);
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    /** What an application gets that depends on one of our modules; written by its build. */
    private static List<String> path(String module) throws IOException {
        Path target = Path.of("").toAbsolutePath().getParent().resolve(module).resolve("target");
        List<String> path = new ArrayList<>();
        path.add(classes(module));
        String listed = Files.readString(target.resolve("consumer.classpath")).strip();
        for (String entry : listed.split(File.pathSeparator, -1)) {
            // A build of the tests alone has no jar of the core.
            path.add(isOf("h5coro-core", entry) ? classes("h5coro-core") : entry);
        }
        return path;
    }

    /** The jar or folder of classes that these tests run with. */
    private static String classes(String module) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator, -1))
                .filter(entry -> isOf(module, entry))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(module + " is not on the class path: " + all));
    }

    private static boolean isOf(String module, String entry) {
        String below = "/" + module + "/target/";
        int at = entry.indexOf(below);
        return at >= 0 && !entry.substring(at + below.length()).matches(".*(test-classes|-tests\\.jar)/?");
    }

    private String compile(List<String> path, String module) throws Exception {
        Path source = Files.createDirectories(folder.resolve("source/app"));
        Path main = Files.writeString(source.resolve("Main.java"), MAIN);
        Path info = Files.writeString(
                source.getParent().resolve("module-info.java"), "module app { requires " + module + "; }");
        String classes = folder.resolve("classes").toString();
        run("javac", "--release", "17", "-d", classes, "--module-path", join(path), main.toString(), info.toString());
        return classes;
    }

    private static String join(List<String> path) {
        return String.join(File.pathSeparator, path);
    }

    private static String run(String tool, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", tool).toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("application", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it ends");
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertEquals(0, process.exitValue(), text);
            return text;
        } finally {
            Files.delete(output);
        }
    }

    @Test
    void anApplicationThatRequiresTheCoreAloneCompilesAndReads() throws Exception {
        List<String> path = path("h5coro-core");
        String classes = compile(path, "io.h5coro.core");
        String file = Fixtures.path("sample_granule").toString();
        String modular = run("java", "-p", classes + File.pathSeparator + join(path), "-m", "app/app.Main", file);
        assertTrue(modular.contains("7000 values, module io.h5coro.core"), modular);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anApplicationReadsFromS3(boolean modular, S3TestServer server) throws Exception {
        List<String> path = path("h5coro-s3");
        String all = compile(path, "io.h5coro.s3") + File.pathSeparator + join(path);
        try (ScratchBucket bucket = new ScratchBucket(server)) {
            List<String> arguments = new ArrayList<>(
                    modular ? List.of("-p", all, "-m", "app/app.Main") : List.of("-cp", all, "app.Main"));
            arguments.add(bucket.put("granule.h5", Fixtures.bytes("sample_granule")));
            server.properties().forEach((name, value) -> arguments.addAll(List.of(name, value)));
            String text = run("java", arguments.toArray(String[]::new));
            assertTrue(text.contains("7000 values, module " + (modular ? "io.h5coro.core" : "null")), text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h5coro-core", "h5coro-s3", "h5coro-cli"})
    void eachArtifactHoldsLicenceAndNotice(String module) throws Exception {
        Path artifact = Path.of(classes(module));
        for (String name : List.of("META-INF/LICENSE", "META-INF/NOTICE")) {
            boolean there = Files.isDirectory(artifact)
                    ? Files.exists(artifact.resolve(name))
                    : entries(artifact).contains(name);
            assertTrue(there, artifact + " holds " + name);
        }
    }

    private static List<String> entries(Path jar) throws IOException {
        try (java.util.jar.JarFile file = new java.util.jar.JarFile(jar.toFile())) {
            return file.stream().map(java.util.zip.ZipEntry::getName).collect(Collectors.toList());
        }
    }
}
