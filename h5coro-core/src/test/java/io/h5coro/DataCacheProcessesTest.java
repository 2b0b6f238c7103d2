// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DataCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.StorageOptions;
import io.h5coro.testdata.Fixtures;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes with one data cache, which write and delete all the time, and some of which are killed. */
final class DataCacheProcessesTest {
    private static final List<String> NAMES = List.of("sample_granule", "filters_earliest");
    private static final int ROUNDS = 3;

    /** Holds about half of what is read. */
    private static final long BOUND = 200_000;

    @TempDir
    Path temp;

    /** What a child does: arguments are the address of the objects, the folder and the number of rounds. */
    public static void main(String[] args) {
        Logger.getLogger("io.h5coro.datacache").addHandler(new Handler() {
            @Override
            public void publish(LogRecord entry) {
                System.out.println("warning " + entry.getMessage() + entry.getThrown());
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
        read(args[0], DataCache.at(Path.of(args[1]), BOUND), Integer.parseInt(args[2]))
                .forEach((path, text) -> System.out.println(path + " " + text));
    }

    /** Values of all objects, read again and again; they are the same each time. */
    private static TreeMap<String, String> read(String server, DataCache cache, int rounds) {
        // Data do not come along with metadata.
        ReadOptions options = ReadOptions.builder()
                .dataCache(cache)
                .firstReadBytes(4096)
                .blockBytes(4096)
                .chunkCacheBytes(0)
                .build();
        TreeMap<String, String> all = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String name : NAMES) {
                String location = server + "/" + name;
                try (H5Coro file = H5Coro.open(location, options)) {
                    readAll(file, name.startsWith("sample") ? "/gt1l/heights" : "/", name, all);
                }
                if (round % 3 == 2) {
                    H5Coro.forget(location, options, StorageOptions.none());
                }
                System.out.println("round " + round);
            }
        }
        return all;
    }

    private static void readAll(H5Coro file, String group, String name, TreeMap<String, String> all) {
        Listing listing = file.list(group);
        List<String> members = new ArrayList<>(listing.variables().keySet());
        // Each process and round reads other parts first.
        Collections.shuffle(members);
        for (String member : members) {
            String path = (group.equals("/") ? "/" : group + "/") + member;
            String text = PublicCalls.text(file.read(path));
            String before = all.put(name + path, text);
            if (before != null && !before.equals(text)) {
                throw new IllegalStateException(name + path + " was " + before + ", is " + text);
            }
        }
    }

    private Process child(String address, Path folder, int rounds) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DataCacheProcessesTest.class.getName(),
                        address,
                        folder.toString(),
                        Integer.toString(rounds))
                .redirectErrorStream(true)
                .start();
    }

    private static BufferedReader output(Process child) {
        return new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    }

    private static List<String> lines(TreeMap<String, String> values) {
        List<String> lines = new ArrayList<>();
        values.forEach((path, text) -> lines.add(path + " " + text));
        return lines;
    }

    private static FaultyHttpServer server() throws IOException {
        FaultyHttpServer server = FaultyHttpServer.start();
        NAMES.forEach(name -> server.put("/" + name, Fixtures.bytes(name)));
        return server;
    }

    @Test
    void processesThatShareAFolderReadTheSame() throws IOException, InterruptedException {
        Path folder = temp.resolve("data");
        List<Process> children = new ArrayList<>();
        try (FaultyHttpServer server = server()) {
            String address = server.uri("").toString();
            for (int i = 0; i < 2; i++) {
                children.add(child(address, folder, ROUNDS));
            }
            List<String> own = lines(read(address, DataCache.at(folder, BOUND), ROUNDS));
            for (Process child : children) {
                List<String> theirs = output(child)
                        .lines()
                        .filter(line -> !line.startsWith("round "))
                        .toList();
                assertEquals(0, child.waitFor(), () -> String.join("\n", theirs));
                assertEquals(own, theirs);
            }
            List<File> left = files(folder.toFile());
            assertTrue(left.stream().noneMatch(file -> file.getName().endsWith(".tmp")), left::toString);
            // Each of three may exceed it by a quarter.
            assertTrue(left.stream().mapToLong(File::length).sum() <= BOUND + 3 * BOUND / 4);
        } finally {
            children.forEach(Process::destroyForcibly);
        }
    }

    private static List<File> files(File folder) {
        List<File> all = new ArrayList<>();
        File[] inside = folder.listFiles();
        for (File file : inside == null ? new File[0] : inside) {
            all.addAll(file.isDirectory() ? files(file) : List.of(file));
        }
        return all;
    }

    @Test
    void processesThatAreKilledLeaveNothingWrongAndNothingForEver() throws IOException, InterruptedException {
        Path folder = temp.resolve("killed");
        try (FaultyHttpServer server = server()) {
            String address = server.uri("").toString();
            List<String> right = lines(read(address, DataCache.at(temp.resolve("whole"), 1L << 30), 1));
            for (int killed = 1; killed <= 3; killed++) {
                Process child = child(address, folder, 1000);
                try (BufferedReader output = output(child)) {
                    for (int i = 0; i < killed; i++) {
                        String line = output.readLine();
                        assertNotNull(line);
                        assertTrue(line.startsWith("round "), line);
                    }
                    child.destroyForcibly();
                    assertFalse(child.waitFor() == 0);
                }
                assertFalse(files(folder.toFile()).isEmpty());
                assertEquals(right, lines(read(address, DataCache.at(folder, BOUND), 1)));
            }
            Path dead = Files.write(folder.resolve("part-1.tmp"), new byte[10]);
            for (File part : files(folder.toFile())) {
                if (part.getName().endsWith(".tmp")) {
                    Files.setLastModifiedTime(
                            part.toPath(), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
                }
            }
            // Whoever makes room sweeps, which is when an eighth of the bound was written.
            Eventually.holds(() -> {
                assertEquals(right, lines(read(address, DataCache.at(folder, BOUND), 3)));
                return !Files.exists(dead);
            });
            assertTrue(files(folder.toFile()).stream()
                    .noneMatch(file -> file.getName().endsWith(".tmp")));
        }
    }
}
