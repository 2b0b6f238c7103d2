// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bin/h5coro hands to Java, with a script in Java's place. */
@EnabledOnOs(OS.LINUX)
final class LauncherTest {
    @TempDir
    private Path top;

    private String started(Map<String, String> environment) throws IOException, InterruptedException {
        return started(environment, "ls", "a b");
    }

    private String started(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        Path launcher = Files.createDirectories(top.resolve("bin")).resolve("h5coro");
        Files.copy(Path.of("../bin/h5coro"), launcher);
        Path jar = Files.createDirectories(top.resolve("h5coro-cli/target/h5coro"));
        Files.createFile(jar.resolve("h5coro-cli.jar"));
        Path java = Files.createDirectories(top.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nlocale charmap\nprintf '%s\\n' \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true) && launcher.toFile().setExecutable(true));
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(launcher.toString()), Stream.of(words)).toList());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("LANG"));
        builder.environment().keySet().removeIf(name -> name.contains("JAVA_"));
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", top.resolve("jdk").toString());
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "", "C.UTF-8", "xx_NOWHERE.UTF-8"})
    void namesThatAreNotAsciiWorkInAnyLocale(String locale) throws Exception {
        String out = started(locale.isEmpty() ? Map.of() : Map.of("LC_ALL", locale));
        assertTrue(out.lines().anyMatch("UTF-8"::equals), out);
    }

    @Test
    void saysThatNoOutputIsATerminal() throws Exception {
        String out = started(Map.of());
        assertTrue(out.contains("-Dh5coro.stdout.tty=false\n-Dh5coro.stderr.tty=false\n"), out);
        assertTrue(out.endsWith("\nls\na b\n"), out);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "ls -r s3://bucket/a.h5",
                "plan a.h5 -d /x",
                "dump -H a.h5",
                "dump -A a.h5",
                "dump -d /x[0:10] a.h5",
                "dump -d /x[-10:] -d /y[5000000:5000010,3] a.h5",
                "dump --dataset=/x[0:10:2,7] a.h5"
            })
    void theFastCompilerAndOneCollectorThreadAreForShortCommands(String line) throws Exception {
        String out = started(Map.of(), line.split(" "));
        assertTrue(out.contains("-XX:TieredStopAtLevel=1\n"), out);
        assertTrue(out.contains("-XX:+UseSerialGC\n"), out);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dump a.h5",
                "dump -A 0 -d /x a.h5",
                "dump -d /x a.h5",
                "dump -d /x[] a.h5",
                "dump -d /x[...,0] a.h5",
                "dump -d /x[5:] a.h5",
                "dump -d /x[0:-1] a.h5",
                "dump -d /x[0:10000,0:1000] a.h5",
                "dump -d /x[0:10] -d /y a.h5"
            })
    void longOnesHaveTheWholeMachine(String line) throws Exception {
        String out = started(Map.of(), line.split(" "));
        assertTrue(!out.contains("TieredStopAtLevel") && !out.contains("UseSerialGC"), out);
    }

    @Test
    void theOptionsOfTheUserWin() throws Exception {
        String out = started(Map.of("JAVA_OPTS", "-XX:+UseZGC -Xmx1g"));
        assertTrue(out.contains("\n-XX:+UseZGC\n-Xmx1g\n-cp\n"), out);
        assertTrue(!out.contains("UseSerialGC"), out);
    }
}
