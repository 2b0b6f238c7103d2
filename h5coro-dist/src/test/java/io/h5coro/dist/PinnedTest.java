// SPDX-License-Identifier: Apache-2.0
package io.h5coro.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Nothing that a build takes from elsewhere may become another thing from one day to the next. */
final class PinnedTest {
    /** Plugins that Maven's life cycle brings without being asked, each in a version of its own. */
    private static final List<String> LIFE_CYCLE =
            List.of("clean", "resources", "compiler", "surefire", "jar", "install", "deploy", "site");

    private static List<Element> elements(String name) {
        return Stream.concat(Stream.of(""), Project.modules().stream())
                .flatMap(module -> Project.all(Project.pom(module), name).stream())
                .toList();
    }

    @Test
    void everyPluginHasOneVersion() {
        Set<String> pinned = new HashSet<>();
        Set<String> used = new TreeSet<>();
        for (Element plugin : elements("plugin")) {
            String name = Project.child(plugin, "artifactId");
            used.add(name);
            if (Project.child(plugin, "version").matches("[0-9][0-9A-Za-z.-]*")) {
                pinned.add(name);
            }
        }
        LIFE_CYCLE.forEach(name -> used.add("maven-" + name + "-plugin"));
        assertTrue(used.size() > 15, used.toString());
        used.removeAll(pinned);
        assertEquals(Set.of(), used);
    }

    @Test
    void noVersionIsARangeOrALatestOne() {
        List<String> moving = new ArrayList<>();
        for (Element dependency : elements("dependency")) {
            String version = Project.child(dependency, "version");
            if (!version.matches("|[0-9][0-9A-Za-z.-]*|\\$\\{[a-z0-9.-]+}")) {
                moving.add(Project.child(dependency, "artifactId") + " " + version);
            }
        }
        assertEquals(List.of(), moving);
    }

    /** A Maven of that version, but of other bytes, is refused by the wrapper. */
    @Test
    void theWrappersMavenIsOneOfKnownBytes() {
        assertTrue(Project.read(".mvn/wrapper/maven-wrapper.properties")
                .lines()
                .anyMatch(line -> line.matches("distributionSha256Sum=[0-9a-f]{64}")));
    }
}
