// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import java.nio.file.Path;
import java.util.List;
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
 * @param limit seconds that one read may take
 * @param seconds of reading after which a task is read no more
 * @param java options of the processes that read with Java
 */
record BenchArguments(
        Path folder,
        String python,
        String scripts,
        Set<String> tasks,
        Set<String> peers,
        boolean remote,
        int limit,
        double seconds,
        List<String> java) {
    static BenchArguments parse(String... words) {
        Path folder = Path.of("bench-files");
        String python = "python3";
        String scripts = "h5coro-bench/python";
        Set<String> tasks = Set.of();
        Set<String> peers = Set.of();
        boolean remote = true;
        int limit = 120;
        double seconds = 6;
        List<String> java = List.of();
        for (String word : words) {
            String value = word.substring(word.indexOf('=') + 1);
            switch (word.substring(0, word.length() - value.length())) {
                case "files=" -> folder = Path.of(value);
                case "python=" -> python = value;
                case "scripts=" -> scripts = value;
                case "tasks=" -> tasks = Set.of(value.split(","));
                case "peers=" -> peers = Set.of(value.split(","));
                case "remote=" -> remote = Boolean.parseBoolean(value);
                case "limit=" -> limit = Integer.parseInt(value);
                case "seconds=" -> seconds = Double.parseDouble(value);
                case "java=" -> java = List.of(value.split(" "));
                default ->
                    throw new IllegalArgumentException("'" + word
                            + "' is none of files= python= scripts= tasks= peers= remote= limit= seconds= java=");
            }
        }
        return new BenchArguments(folder, python, scripts, tasks, peers, remote, limit, seconds, java);
    }

    boolean wants(Task task) {
        return tasks.isEmpty() || tasks.contains(task.name()) || tasks.contains(task.file());
    }

    boolean wantsPeer(String reader) {
        return peers.isEmpty() || peers.contains(reader);
    }
}
