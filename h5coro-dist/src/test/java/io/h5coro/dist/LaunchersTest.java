// SPDX-License-Identifier: Apache-2.0
package io.h5coro.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What of the distribution cannot be run on the machines that build it: the script for Windows, the container. */
final class LaunchersTest {
    private static final String CMD = Project.read("bin/h5coro.cmd");
    private static final String DOCKERFILE = Project.read("h5coro-dist/src/docker/Dockerfile");

    private static Set<String> found(String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(CMD)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** cmd.exe loses its way in files whose lines end with a line feed alone. */
    @Test
    void linesOfTheWindowsScriptEndAsWindowsWantsThem() {
        assertFalse(Pattern.compile("(?<!\r)\n").matcher(CMD).find());
        assertTrue(CMD.chars().allMatch(letter -> letter < 127), "ASCII, whatever the code page is");
        assertTrue(Project.read(".gitattributes").contains("*.cmd -text"), "git leaves them so");
    }

    @Test
    void theWindowsScriptGoesToLabelsThatItHas() {
        assertEquals(found("^:(\\w+)"), found("goto (\\w+)"));
        assertEquals(Set.of("built", "found"), found("^:(\\w+)"));
    }

    /** An exclamation mark in a path, an empty variable, a blank: each has its trap in cmd.exe. */
    @Test
    void theWindowsScriptQuotesWhatMayHoldBlanks() {
        assertTrue(CMD.contains("DisableDelayedExpansion"));
        for (String variable : List.of("TOP", "JAVA", "CLASSES", "JAVA_HOME")) {
            CMD.lines().filter(line -> line.contains("%" + variable + "%")).forEach(line -> {
                String before = line.substring(0, line.indexOf("%" + variable + "%"));
                assertEquals(1, before.chars().filter(letter -> letter == '"').count() % 2, line);
            });
        }
    }

    @Test
    void theWindowsScriptStartsWhatTheOtherOneStarts() {
        String shell = Project.read("bin/h5coro");
        for (String jar : List.of("lib/h5coro-cli.jar", "h5coro-cli/target/h5coro/")) {
            assertTrue(shell.contains(jar), jar);
            assertTrue(CMD.contains(jar.replace('/', '\\')), jar);
        }
    }

    @Test
    void theContainerIsMadeOfAKnownImageAndRunsWithoutRights() {
        List<String> lines =
                DOCKERFILE.lines().filter(line -> !line.startsWith("#")).toList();
        assertTrue(lines.get(0).matches("FROM [a-z-]+:\\d+[0-9._]*-jre-[a-z]+"), lines.get(0));
        assertEquals(1, lines.stream().filter(line -> line.startsWith("FROM ")).count());
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("USER [1-9]\\d+")), "a number: Kubernetes reads no names");
        assertTrue(lines.contains("ENTRYPOINT [\"h5coro\"]"), "no shell around the command");
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("ADD ") || line.contains("curl")), DOCKERFILE);
    }
}
