// SPDX-License-Identifier: Apache-2.0
package io.h5coro.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares the reviewed interface of each module, its {@code api.txt}, with that of the last release, which is the last
 * tag {@code vMAJOR.MINOR.PATCH} before this commit. A line that is gone is a call that no longer compiles, so it needs
 * a new major version; before 1.0, a new minor one. A new line needs a new minor version from 1.0 on.
 */
final class ReleasedApi {
    private final Path top;

    ReleasedApi(Path top) {
        this.top = top;
    }

    /** The tag of the last release; empty before the first one, and where there is no history. */
    Optional<String> lastRelease() {
        return git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*").map(String::strip);
    }

    /** What is wrong with a version that is to follow the last release, a line each. */
    List<String> problems(String version) {
        List<String> problems = new ArrayList<>();
        lastRelease().ifPresent(tag -> {
            int raised = raised(numbers(tag.substring(1)), numbers(version));
            for (String module : modules()) {
                git("show", tag + ":" + module + "/api.txt").ifPresent(before -> {
                    List<String> now = lines(module);
                    before.lines()
                            .filter(line -> !now.contains(line) && raised > 0)
                            .forEach(line -> problems.add(module + " lost since " + tag + ": " + line.strip()));
                    List<String> then = before.lines().toList();
                    now.stream()
                            .filter(line -> !then.contains(line) && raised > 1 && numbers(version)[0] > 0)
                            .forEach(line -> problems.add(module + " has new since " + tag + ": " + line.strip()));
                });
            }
        });
        return problems;
    }

    /** The place that was raised, 0 the one that may break callers, 2 none; before 1.0 minor versions may break. */
    private static int raised(int[] from, int[] to) {
        int place = Math.max(0, Arrays.mismatch(from, to));
        if (Arrays.equals(from, to) || from[place] > to[place]) {
            return 2;
        }
        return to[0] == 0 ? Math.max(0, place - 1) : place;
    }

    private static int[] numbers(String version) {
        return Stream.of(version.replaceFirst("-.*", "").split("\\."))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private List<String> modules() {
        try (Stream<Path> folders = Files.list(top)) {
            return folders.filter(folder -> Files.exists(folder.resolve("api.txt")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(String module) {
        try {
            return Files.readAllLines(top.resolve(module).resolve("api.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What git prints; empty when it fails. */
    Optional<String> git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", top.toString()));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return git.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException noGit) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
