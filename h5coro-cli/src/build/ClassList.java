// SPDX-License-Identifier: Apache-2.0

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Run by the build: writes which classes the command loads, by running it. From that list bin/h5coro has the JVM make
 * its archive of classes, on any Java.
 */
final class ClassList {
    private static final String NAME = "h5coro.classlist";

    private final Path folder;
    private final byte[] sample;

    private ClassList(Path folder, Path sample) throws IOException {
        this.folder = folder;
        this.sample = Files.readAllBytes(sample);
    }

    /** Takes the folder with the command's jar and lib/, and an HDF5 file. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Path sample = Path.of(arguments[1]).toAbsolutePath();
        if (!isNewest(folder)) {
            new ClassList(folder, sample).write(sample);
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        List<Path> jars = new ArrayList<>(List.of(folder.resolve("h5coro-cli.jar")));
        try (Stream<Path> lib = Files.list(folder.resolve("lib"))) {
            lib.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
        }
        return jars;
    }

    private static boolean isNewest(Path folder) throws IOException {
        File list = folder.resolve(NAME).toFile();
        long newest = jars(folder).stream().mapToLong(jar -> jar.toFile().lastModified()).max().orElse(0);
        return list.length() > 0 && list.lastModified() > newest;
    }

    private void write(Path file) throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        try {
            String web = "http://127.0.0.1:" + server.getAddress().getPort();
            TreeSet<String> names = new TreeSet<>();
            for (List<String> line : List.of(
                    List.of("--version"),
                    List.of("ls", "-l", "-r", file.toString()),
                    List.of("attrs", file.toString(), "/gt1l"),
                    List.of("info", "--json", file.toString()),
                    List.of("head", file.toString(), "/gt1l/heights"),
                    List.of("plan", file.toString(), "-d", "/gt1l/heights/h_ph[0:10]"),
                    List.of("dump", "-d", "/gt1l/heights/h_ph[0:10]", web + "/bucket/sample.h5"),
                    List.of("ls", "--endpoint", web, "--region", "us-east-1", "s3://bucket/sample.h5"))) {
                loaded(line, names);
            }
            // What lambdas become stands behind the classes.
            Stream<String> classes = names.stream().filter(name -> !name.startsWith("@"));
            Stream<String> others = names.stream().filter(name -> name.startsWith("@"));
            Files.write(folder.resolve(NAME), Stream.concat(classes, others).toList());
        } finally {
            server.stop(0);
        }
    }

    /** Runs a command line and adds what it has loaded. */
    private void loaded(List<String> line, TreeSet<String> names) throws IOException, InterruptedException {
        Path list = Files.createTempFile(folder, "loaded", ".txt");
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:DumpLoadedClassList=" + list,
                    "-cp",
                    String.join(
                            File.pathSeparator,
                            jars(folder).stream().map(Path::toString).toList()),
                    "io.h5coro.cli.Main"));
            command.addAll(line);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.endsWith("JAVA_OPTIONS"));
            environment.keySet().removeIf(name -> name.equals("JAVA_TOOL_OPTIONS") || name.matches("(?i).*_proxy"));
            environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "nobody", "AWS_SECRET_ACCESS_KEY", "nothing"));
            int status = builder.start().waitFor();
            if (status != 0) {
                throw new IOException("exit status " + status + " of h5coro " + line);
            }
            for (String loaded : Files.readAllLines(list)) {
                // Classes of other loaders than the JVM's own are named with their source: they are not archived.
                // JDK 17 ends at a line that begins with @cp, which JDK 25 writes.
                if (!loaded.matches("#.*|@cp .*|.* source: .*")) {
                    names.add(loaded.replaceFirst(" id: .*", ""));
                }
            }
        } finally {
            Files.delete(list);
        }
    }

    /** Answers any request with the sample: a store on the web, and one of S3 that looks at no signature. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            int from = 0;
            int to = sample.length;
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range != null) {
                String[] ends = range.replace("bytes=", "").split("-", -1);
                from = Integer.parseInt(ends[0]);
                to = ends[1].isEmpty() ? to : Math.min(to, Integer.parseInt(ends[1]) + 1);
                String bytes = "bytes " + from + "-" + (to - 1) + "/" + sample.length;
                exchange.getResponseHeaders().set("Content-Range", bytes);
            }
            exchange.getResponseHeaders().set("ETag", "\"sample\"");
            exchange.sendResponseHeaders(range == null ? 200 : 206, to - from);
            exchange.getResponseBody().write(Arrays.copyOfRange(sample, from, to));
        }
    }
}
