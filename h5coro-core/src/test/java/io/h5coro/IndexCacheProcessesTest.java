// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes with one index cache, too small for what they read, so that they write and delete all the time. */
final class IndexCacheProcessesTest {
    private static final List<String> NAMES = List.of("composed_000", "composed_010", "composed_020", "superblock_v1");
    private static final int ROUNDS = 12;

    /** Holds two or three of the four. */
    private static final long BOUND = 60_000;

    @TempDir
    Path temp;

    /** What a child does: arguments are the address of the objects and the folder. */
    public static void main(String[] args) {
        Logger.getLogger("io.h5coro.indexcache").addHandler(new Handler() {
            @Override
            public void publish(LogRecord record) {
                System.out.println("warning " + record.getMessage() + record.getThrown());
            }

            @Override
            public void flush() {
                // Nothing is held.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        });
        new TreeMap<>(read(args[0], IndexCache.at(Path.of(args[1]), BOUND)))
                .forEach((path, text) -> System.out.println(path + " " + text));
    }

    /** All values of all objects, read again and again; they are the same each time. */
    private static TreeMap<String, String> read(String server, IndexCache cache) {
        ReadOptions options = ReadOptions.builder().indexCache(cache).build();
        TreeMap<String, String> all = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (String name : NAMES) {
                try (H5Coro file = H5Coro.open(server + "/" + name, options)) {
                    List<String> members =
                            new ArrayList<>(file.list("/").variables().keySet());
                    // Each process and round learns other parts first.
                    java.util.Collections.shuffle(members);
                    for (String member : members) {
                        String text = PublicCalls.text(file.read(member));
                        String before = all.put(name + "/" + member, text);
                        if (before != null && !before.equals(text)) {
                            throw new IllegalStateException(name + "/" + member + " was " + before + ", is " + text);
                        }
                    }
                }
            }
        }
        return all;
    }

    @Test
    void processesThatShareAFolderReadTheSame() throws IOException, InterruptedException {
        Path folder = temp.resolve("index");
        List<Process> children = new ArrayList<>();
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            NAMES.forEach(name -> server.put("/" + name, Fixtures.bytes(name)));
            String address = server.uri("").toString();
            for (int i = 0; i < 2; i++) {
                children.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                IndexCacheProcessesTest.class.getName(),
                                address,
                                folder.toString())
                        .redirectOutput(temp.resolve("out" + i).toFile())
                        .redirectErrorStream(true)
                        .start());
            }
            List<String> own = new ArrayList<>();
            read(address, IndexCache.at(folder, BOUND)).forEach((path, text) -> own.add(path + " " + text));
            for (int i = 0; i < 2; i++) {
                int status = children.get(i).waitFor();
                List<String> theirs = Files.readAllLines(temp.resolve("out" + i), StandardCharsets.UTF_8);
                assertEquals(0, status, () -> String.join("\n", theirs));
                assertEquals(own, theirs);
            }
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> left = files.toList();
                assertTrue(left.stream().noneMatch(file -> file.toString().endsWith(".tmp")), left::toString);
                assertTrue(
                        left.stream().mapToLong(IndexCacheProcessesTest::size).sum() <= BOUND);
                assertTrue(!left.isEmpty());
            }
        } finally {
            children.forEach(Process::destroyForcibly);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
