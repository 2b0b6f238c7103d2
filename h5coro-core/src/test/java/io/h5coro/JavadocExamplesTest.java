// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DatasetRequest;
import io.h5coro.testdata.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every public type has an example in its Javadoc. All of them compile, with the variables that {@link #CONTEXT}
 * declares; those that name no remote place and no folder run, on the sample granule.
 */
final class JavadocExamplesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/h5coro");

    private static final List<String> PACKAGES =
            List.of("", "error", "event", "filter", "model", "storage", "storage/http");

    private static final Pattern TYPE = Pattern.compile(
            "^public (?:(?:sealed|final|abstract|non-sealed) )*(?:class|interface|record|enum) (\\w+)",
            Pattern.MULTILINE);

    private static final Pattern EXAMPLE = Pattern.compile("\\{@code\\n(.*?)\\n \\* }</pre>", Pattern.DOTALL);

    /** What an example is left as it is for: it needs a server, or a folder of the user's. */
    private static final Pattern NOT_HERE = Pattern.compile("://|/data/|/scratch|/var/|/tmp|~/");

    private static final String IMPORTS = Stream.of(
                    "io.h5coro",
                    "io.h5coro.error",
                    "io.h5coro.event",
                    "io.h5coro.filter",
                    "io.h5coro.model",
                    "io.h5coro.storage",
                    "io.h5coro.storage.http",
                    "java.io",
                    "java.math",
                    "java.net",
                    "java.nio",
                    "java.nio.channels",
                    "java.nio.file",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.function",
                    "java.util.stream")
            .map(name -> "import " + name + ".*;\n")
            .reduce("", String::concat);

    private static final String CONTEXT = """
            static H5Coro file;
            static Path path;
            static ReadPromise promise;
            static Group group;
            static FileSeries series;
            static String token = "token";
            static List<String> locations;
            static List<DatasetRequest> requests = List.of(DatasetRequest.of("/gt1l/heights/h_ph"));
            interface Catalogue {
                String sign(String location);
            }
            static Catalogue catalogue = location -> location;
            static void consume(String location, H5Array array) {}
            """;

    /** The examples of each type. */
    private static Map<String, List<String>> examples() throws IOException {
        Map<String, List<String>> examples = new TreeMap<>();
        for (String name : PACKAGES) {
            try (Stream<Path> files = Files.list(SOURCES.resolve(name))) {
                for (Path source :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String text = Files.readString(source).replace("\r", "");
                    Matcher type = TYPE.matcher(text);
                    if (type.find()) {
                        examples.put(type.group(1), examples(text.substring(0, type.start())));
                    }
                }
            }
        }
        return examples;
    }

    private static List<String> examples(String javadoc) {
        List<String> found = new ArrayList<>();
        Matcher example = EXAMPLE.matcher(javadoc);
        while (example.find()) {
            found.add(example.group(1).replaceAll("(?m)^ \\* ?", "").replaceAll("(?m)\\.\\.\\.\\s*$", ""));
        }
        return found;
    }

    @Test
    void everyPublicTypeHasOne() throws IOException {
        Map<String, List<String>> examples = examples();
        assertTrue(examples.size() > 100, "types: " + examples.keySet());
        List<String> without = examples.entrySet().stream()
                .filter(type -> type.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        assertEquals(List.of(), without);
    }

    @Test
    void allOfThemCompileAndRun(@TempDir Path folder) throws Exception {
        Map<String, String> classes = new TreeMap<>();
        for (Map.Entry<String, List<String>> type : examples().entrySet()) {
            for (int i = 0; i < type.getValue().size(); i++) {
                classes.put(type.getKey() + "Example" + i, type.getValue().get(i));
            }
        }
        compile(classes, folder);
        int ran = 0;
        PrintStream before = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, JavadocExamplesTest.class.getClassLoader())) {
            for (Map.Entry<String, String> example : classes.entrySet()) {
                if (!NOT_HERE.matcher(example.getValue()).find()) {
                    run(loader.loadClass("Examples"), loader.loadClass("Examples$" + example.getKey()));
                    ran++;
                }
            }
        } finally {
            System.setOut(before);
        }
        assertTrue(ran > 80, "ran: " + ran + " of " + classes.size());
    }

    private static void compile(Map<String, String> examples, Path folder) throws IOException {
        StringBuilder source = new StringBuilder(IMPORTS + "public class Examples {\n" + CONTEXT);
        examples.forEach((name, text) -> {
            boolean declares = text.stripLeading().matches("(?s)(static|public|final class) .*");
            String body = declares
                    ? "static void run() {}\n" + text
                    : "static void run() throws Exception {\n" + text + "\n}";
            source.append("static class ")
                    .append(name)
                    .append(" {\n")
                    .append(body)
                    .append("\n}\n");
        });
        Path file = Files.writeString(folder.resolve("Examples.java"), source.append("}\n"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.toString(), "-nowarn");
            compiler.getTask(null, files, problems, options, null, files.getJavaFileObjects(file))
                    .call();
        }
        assertEquals(
                List.of(),
                problems.getDiagnostics().stream()
                        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                        .map(Object::toString)
                        .toList());
    }

    private static void run(Class<?> context, Class<?> example) throws Exception {
        Path granule = Fixtures.path("sample_granule");
        List<String> locations = List.of(granule.toString(), granule.toString());
        List<DatasetRequest> requests = List.of(DatasetRequest.of("/gt1l/heights/h_ph"));
        try (H5Coro file = H5Coro.open(granule);
                FileSeries series = H5Coro.series(locations, requests, FileSeries.Options.defaults())) {
            set(context, "file", file);
            set(context, "path", granule);
            set(context, "promise", file.readDatasets(requests));
            set(context, "group", file.root());
            set(context, "series", series);
            set(context, "locations", locations);
            Method run = example.getDeclaredMethod("run");
            run.setAccessible(true);
            try {
                run.invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(example.getSimpleName() + ": " + e.getCause(), e);
            }
        }
    }

    private static void set(Class<?> context, String name, Object value) throws ReflectiveOperationException {
        Field field = context.getDeclaredField(name);
        field.setAccessible(true);
        field.set(null, value);
    }
}
