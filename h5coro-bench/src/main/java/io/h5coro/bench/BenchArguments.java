// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import java.nio.file.Path;
import java.util.Set;

/**
 * What to measure.
 *
 * @param folder where the files are
 * @param python an interpreter with the Python readers
 * @param scripts the folder of peer.py
 * @param tasks names of tasks, or of files; empty for all
 * @param peers names of other readers; empty for all
 * @param remote whether to read from the store, or from local disk only
 */
record BenchArguments(
        Path folder, String python, String scripts, Set<String> tasks, Set<String> peers, boolean remote) {
    static BenchArguments parse(String... words) {
        Path folder = Path.of("bench-files");
        String python = "python3";
        String scripts = "h5coro-bench/python";
        Set<String> tasks = Set.of();
        Set<String> peers = Set.of();
        boolean remote = true;
        for (String word : words) {
            String value = word.substring(word.indexOf('=') + 1);
            switch (word.substring(0, word.length() - value.length())) {
                case "files=" -> folder = Path.of(value);
                case "python=" -> python = value;
                case "scripts=" -> scripts = value;
                case "tasks=" -> tasks = Set.of(value.split(","));
                case "peers=" -> peers = Set.of(value.split(","));
                case "remote=" -> remote = Boolean.parseBoolean(value);
                default ->
                    throw new IllegalArgumentException(
                            "'" + word + "' is none of files= python= scripts= tasks= peers= remote=");
            }
        }
        return new BenchArguments(folder, python, scripts, tasks, peers, remote);
    }

    boolean wants(Task task) {
        return tasks.isEmpty() || tasks.contains(task.name()) || tasks.contains(task.file());
    }

    boolean wantsPeer(String reader) {
        return peers.isEmpty() || peers.contains(reader);
    }
}
