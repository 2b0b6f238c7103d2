// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import io.h5coro.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A main class that ran in a JVM of its own.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandRun(int status, String out, String err) {
    /**
     * Runs a class of the test's class path with its temporary files under {@code folder}.
     *
     * @param environment added to that of this process; of AWS's variables only these are seen
     */
    static CommandRun of(Class<?> main, Path folder, Map<String, String> environment, List<String> arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                temporaryFiles(folder),
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(arguments);
        return run(command, folder, environment);
    }

    /**
     * Runs h5coro: that of the distribution, where the build packaged one, else that of the test's class path.
     *
     * @param environment as in {@link #of}
     */
    static CommandRun command(Path folder, Map<String, String> environment, List<String> arguments) throws Exception {
        Optional<Installed> installed = Installed.distribution();
        if (installed.isEmpty()) {
            return of(Main.class, folder, environment, arguments);
        }
        Map<String, String> all = new HashMap<>(environment);
        all.merge("JAVA_OPTS", temporaryFiles(folder), (more, temporary) -> more + " " + temporary);
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.putIfAbsent("H5CORO_ARCHIVE", "off"); // It would be made in the caller's home, for a folder that goes.
        List<String> command =
                new ArrayList<>(List.of(installed.get().launcher().toString()));
        command.addAll(arguments);
        return run(command, folder, all);
    }

    private static String temporaryFiles(Path folder) throws IOException {
        return "-Djava.io.tmpdir=" + Files.createDirectories(temporary(folder));
    }

    private static CommandRun run(List<String> command, Path folder, Map<String, String> environment) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the command does not end: " + Files.readString(err));
        }
        return new CommandRun(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    static Path temporary(Path folder) {
        return folder.resolve("tmp");
    }

    private static String classPath() throws IOException {
        List<String> entries = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .toList();
        return String.join(File.pathSeparator, entries);
    }
}
