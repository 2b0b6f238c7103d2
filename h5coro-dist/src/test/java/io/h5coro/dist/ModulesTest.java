// SPDX-License-Identifier: Apache-2.0
package io.h5coro.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No module is forgotten: each says in its {@code pom.xml} whether it is published ({@code h5coro.published}) and, if
 * it is, whether the distribution holds it ({@code h5coro.distributed}). BOM, distribution and README follow from that.
 */
final class ModulesTest {
    private static final String BOM = "h5coro-bom";

    static List<String> modules() {
        return Project.modules();
    }

    @Test
    void everyFolderWithAPomIsAModule() throws IOException {
        assertEquals(Project.folders(), modules().stream().sorted().toList());
        assertTrue(Project.published().containsAll(List.of(BOM, "h5coro-core", "h5coro-s3", "h5coro-cli")));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void saysWhetherItIsPublished(String module) {
        String published = Project.property(module, "h5coro.published");
        assertTrue(published.matches("true|false"), module + "/pom.xml does not say whether it is published");
        boolean stays = published.equals("false");
        for (String skip : List.of("maven.install.skip", "maven.deploy.skip")) {
            assertEquals(stays ? "" : "false", Project.property(module, skip), module + ": " + skip);
        }
        String distributed = Project.property(module, "h5coro.distributed");
        assertTrue(distributed.matches(stays ? "" : "true|false"), module + ": h5coro.distributed: " + distributed);
    }

    /** What {@code maven.install.skip} is unless a module says otherwise. */
    @Test
    void nothingIsPublishedUnlessItSaysSo() {
        for (String skip : List.of("maven.install.skip", "maven.deploy.skip")) {
            assertEquals("true", Project.property("", skip));
        }
    }

    /** Central's plugin uploads every module that it is not told to leave out. */
    @Test
    void onlyWhatIsPublishedIsUploaded() {
        Set<String> left = new TreeSet<>(modules());
        left.removeAll(Project.published());
        left.add("h5coro-parent");
        assertEquals(
                left,
                Project.all(Project.pom(""), "excludeArtifact").stream()
                        .map(element -> element.getTextContent().strip())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void theBomNamesEveryPublishedModuleAndNoOther() {
        List<String> named = Project.all(Project.pom(BOM), "dependency").stream()
                .map(dependency -> Project.child(dependency, "artifactId"))
                .sorted()
                .toList();
        assertEquals(
                Project.published().stream()
                        .filter(module -> !module.equals(BOM))
                        .sorted()
                        .toList(),
                named);
    }

    @Test
    void theDistributionHoldsEveryModuleThatIsMeantForItAndNoOther() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Set<String> there = Stream.of(path.split(File.pathSeparator, -1))
                .map(entry -> entry.replace(File.separatorChar, '/'))
                .flatMap(entry -> modules().stream().filter(module -> entry.contains("/" + module + "/target/")))
                .collect(Collectors.toCollection(TreeSet::new));
        there.remove("h5coro-dist");
        assertEquals(
                modules().stream()
                        .filter(module ->
                                Project.property(module, "h5coro.distributed").equals("true"))
                        .collect(Collectors.toCollection(TreeSet::new)),
                there);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void isARowOfTheReadme(String module) {
        String row = Project.read("README.md")
                .lines()
                .filter(line -> line.startsWith("| `" + module + "` |"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("README has no row for " + module));
        assertEquals(!Project.published().contains(module), row.contains("not published"), row);
    }

    @Test
    void theReadmeNamesTheVersionThatIsBuilt() {
        Set<String> versions = Pattern.compile("(?:<version>|h5coro-(?:bom:|cli:)?)(\\d+\\.\\d+\\.\\d+(?:-[A-Z]+)?)")
                .matcher(Project.read("README.md"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertEquals(Set.of(Project.version()), versions);
        assertFalse(Project.version().isEmpty());
    }
}
