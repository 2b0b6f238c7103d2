// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StoredObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents tell to run is there to be run, and what CONTRIBUTING names is there to be found. */
final class ContributingTest {
    private static final Path TOP = Path.of("").toAbsolutePath().getParent();
    private static final String POM = read(TOP.resolve("pom.xml"));

    private static final String EXEC = "org.codehaus.mojo:exec-maven-plugin:3.6.3:exec";

    /** Phases of Maven's life cycle, and goals of plugins that the build has. */
    private static final Set<String> GOALS =
            Set.of("compile", "test-compile", "test", "package", "verify", "install", "deploy", "spotless:apply", EXEC);

    /** Properties of Maven and its plugins. */
    private static final Set<String> MAVENS = Set.of(
            "test", "skipTests", "surefire.failIfNoSpecifiedTests", "exec.executable", "exec.args", "skipPublishing");

    /** Every source file of every module, by its path. */
    private static final List<Path> SOURCES = sources();

    private static List<Path> sources() {
        try (Stream<Path> modules = Files.list(TOP)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(ContributingTest::files)
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<DocumentedCommand> commands() {
        try (Stream<Path> docs = Files.list(TOP.resolve("docs"))) {
            return Stream.concat(Stream.of(TOP.resolve("CONTRIBUTING.md"), TOP.resolve("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .flatMap(file -> DocumentedCommand.of(TOP.relativize(file).toString(), read(file)).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTest(String name, List<String> modules) {
        return SOURCES.stream()
                .filter(file ->
                        modules.isEmpty() || modules.stream().anyMatch(module -> file.startsWith(TOP.resolve(module))))
                .anyMatch(file ->
                        file.toString().contains("src" + File.separator + "test") && file.endsWith(name + ".java"));
    }

    @Test
    void theDocumentsHaveCommands() {
        List<DocumentedCommand> all = commands();
        assertTrue(
                all.stream().filter(c -> c.document().equals("CONTRIBUTING.md")).count() >= 7, all.toString());
        assertTrue(all.stream().filter(c -> c.value("test").isPresent()).count() >= 3, all.toString());
        assertTrue(all.stream().anyMatch(c -> c.modules().equals(List.of("h5coro-fuzz"))), all.toString());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyProgramAndFileIsThere(DocumentedCommand command) {
        if (!command.program().equals("mvn")) {
            assertTrue(Files.isExecutable(TOP.resolve(command.program())), command.toString());
        }
        for (String word : command.words()) {
            if (word.startsWith("testdata/") || word.startsWith("docs/")) {
                assertTrue(isThere(word.replaceFirst("::.*", "")), command + ": no " + word);
            }
        }
    }

    /** Whether a file is there, or one that wildcards stand for. */
    private static boolean isThere(String word) {
        return Files.exists(TOP.resolve(word)) || !expanded(word).isEmpty();
    }

    private static List<StoredObject> expanded(String word) {
        try (Stream<StoredObject> files = H5Coro.locations(TOP + "/" + word, StorageOptions.none())) {
            return files.limit(1).toList();
        } catch (NotFoundException none) {
            return List.of();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyModuleProfileAndGoalIsOneOfTheBuild(DocumentedCommand command) {
        for (String module : command.modules()) {
            assertTrue(Files.exists(TOP.resolve(module).resolve("pom.xml")), command + ": no module " + module);
            assertTrue(POM.contains("<module>" + module + "</module>"), command + ": no module " + module);
        }
        for (String profile : command.profiles()) {
            assertTrue(
                    Pattern.compile("<profile>\\s*<id>" + profile + "</id>")
                            .matcher(POM)
                            .find(),
                    command + ": no profile " + profile);
        }
        if (command.isMaven() && command.words().size() > 1) {
            assertTrue(GOALS.containsAll(command.goals()), command + ": goals " + command.goals());
            assertTrue(!command.goals().isEmpty(), command + ": does nothing");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyPropertyAndTestIsOneThatSomebodyLooksAt(DocumentedCommand command) {
        for (String property : command.properties()) {
            boolean known = MAVENS.contains(property)
                    || POM.contains("${" + property + "}")
                    || POM.contains("<name>" + property + "</name>")
                    || POM.contains("<name>!" + property + "</name>")
                    || isReadBySource(property);
            assertTrue(known, command + ": nobody looks at " + property);
        }
        for (String test : command.value("test").stream()
                .flatMap(t -> Stream.of(t.split(",")))
                .toList()) {
            assertTrue(isTest(test, command.modules()), command + ": no test " + test);
        }
    }

    private static boolean isReadBySource(String property) {
        return SOURCES.stream().anyMatch(file -> read(file).contains("\"" + property));
    }

    /** Options of a command that stand alone: {@code -Dh5coro.fuzz.only=FileFuzz}. */
    @Test
    void whatMayBeAddedToACommandIsLookedAtToo() {
        List<String> alone = spans("-D\\S+( -D\\S+)*");
        assertTrue(alone.size() >= 1, alone.toString());
        for (String options : alone) {
            everyPropertyAndTestIsOneThatSomebodyLooksAt(
                    new DocumentedCommand("CONTRIBUTING.md", List.of(("mvn " + options).split(" "))));
        }
        assertTrue(isTest("FileFuzz", List.of("h5coro-core")));
    }

    private static List<String> spans(String form) {
        return Pattern.compile("`(" + form + ")`")
                .matcher(read(TOP.resolve("CONTRIBUTING.md")).replace('\n', ' '))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void theTypesThatItNamesExist() {
        Set<String> missing = new TreeSet<>();
        for (String span : spans("(…?[a-z0-9.]*\\.)?[A-Z][A-Za-z0-9]+(\\.[A-Za-z]+)?(\\([a-z, ]*\\))?")) {
            String name = span.replaceFirst("^[…a-z0-9.]*\\.", "").replaceFirst("[.(].*", "");
            if (SOURCES.stream().noneMatch(file -> file.endsWith(name + ".java")) && !isOfTheJdk(name)) {
                missing.add(span);
            }
        }
        missing.removeIf(span -> span.matches("[A-Z]+"));
        assertEquals(Set.of(), missing);
    }

    private static boolean isOfTheJdk(String name) {
        return Stream.of("java.lang.", "java.util.", "java.util.concurrent.").anyMatch(in -> {
            try {
                return Class.forName(in + name) != null;
            } catch (ClassNotFoundException e) {
                return false;
            }
        });
    }

    /** An ellipsis stands for the packages above. */
    @Test
    void thePackagesThatItNamesExist() {
        Set<String> missing = new TreeSet<>();
        for (String span : spans("io\\.h5coro[a-z0-9.]*|…\\.?[a-z][a-z0-9.]*")) {
            String folder = "/" + span.replaceFirst("^…\\.?", "").replace('.', '/') + "/";
            if (SOURCES.stream()
                    .noneMatch(file -> file.toString().replace('\\', '/').contains(folder))) {
                missing.add(span);
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void theFilesThatItNamesExist() {
        for (String span : spans("[a-zA-Z0-9./-]+\\.(md|py|xml)|src/test/resources/fuzz")) {
            boolean there = Stream.of(TOP, TOP.resolve("h5coro-core")).anyMatch(in -> Files.exists(in.resolve(span)));
            assertTrue(there, "CONTRIBUTING.md names " + span);
        }
    }

    @Test
    void everyScriptIsOneForItsShell() throws Exception {
        Set<String> scripts = commands().stream()
                .map(DocumentedCommand::program)
                .filter(program -> !program.contains("mvn"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(scripts.containsAll(List.of(".ci/run", "bin/h5coro")), scripts.toString());
        for (String script : scripts) {
            Process check = new ProcessBuilder("bash", "-n", TOP.resolve(script).toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(check.getInputStream().readAllBytes());
            assertEquals(0, check.waitFor(), script + ": " + said);
        }
    }
}
