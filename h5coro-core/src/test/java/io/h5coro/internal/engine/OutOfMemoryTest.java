// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.internal.memory.HeapMemory;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.IntegerType;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several callers whose chunks and results are together more than the heap of a JVM of its own, of 256 MB, with G1. */
@Timeout(240)
final class OutOfMemoryTest {
    private static final int MIB = 1 << 20;
    private static final int CHUNK = 20 * MIB;
    private static final int CHUNKS = 5;
    private static final int GIANT = 120 * MIB;
    private static final IntegerType INT = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
    private static final FilterDescription SHUFFLE = new FilterDescription(2, "shuffle", false, new int[] {4});

    @TempDir
    private Path folder;

    /** Nobody may wait for this: a call that hangs is one that takes so long. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void callersThatNeedMoreThanTheHeapTogetherAllEndRight() throws Exception {
        assertEquals(List.of("five right", "five right", "five right", "small right", "after right"), run("five"));
    }

    /** A result is its caller's once it is there, and may be what the next one has no room for. */
    @Test
    void callersWhoseResultsFillTheHeapEndRightOrWithATypedError() throws Exception {
        List<String> outcomes = run("whole");
        assertTrue(Set.of("five right", "five refused").containsAll(outcomes.subList(0, 3)), outcomes::toString);
        assertEquals(List.of("small right", "after right"), outcomes.subList(3, 5));
    }

    @Test
    void aFileOfGiantChunksDoesNotStarveOthers() throws Exception {
        assertEquals(
                List.of(
                        "giant right",
                        "giant right",
                        "small right",
                        "small right",
                        "whole refused",
                        "0 bytes held",
                        "after right"),
                run("giant"));
    }

    /** What a budget allows is the user's business; what comes of it is an error that says so. */
    @Test
    void aBudgetNearTheHeapEndsCallsAndNotThreads() throws Exception {
        assertEquals("after right", run("budget").get(4));
    }

    private List<String> run(String what) throws Exception {
        Path sparse = folder.resolve("five");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(64 + (long) CHUNKS * CHUNK);
        }
        Path output = folder.resolve("out");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseG1GC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OutOfMemoryTest.class.getName(),
                        what,
                        sparse.toString())
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            int status = child.waitFor();
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            assertEquals(0, status, () -> String.join("\n", lines));
            return lines;
        } finally {
            child.destroyForcibly();
        }
    }

    /** The child. */
    public static void main(String[] arguments) throws Exception {
        Set<String> dead = ConcurrentHashMap.newKeySet();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> dead.add(thread.getName() + ": " + failure));
        ReadOptions.Builder options = ReadOptions.builder().decodeThreads(2).deadline(DEADLINE);
        List<MemoryFile.Open> files = new ArrayList<>();
        if (arguments[0].equals("giant")) {
            files.addAll(List.of(
                    giant(options.build()), giant(options.build()), small(options.build()), small(options.build())));
        } else {
            if (arguments[0].equals("budget")) {
                options.memoryBudget(io.h5coro.H5Coro.memoryBudget(250L * MIB, MemoryBudget.WhenFull.WAIT));
            }
            for (int i = 0; i < 3; i++) {
                files.add(five(Path.of(arguments[1]), options.build()));
            }
            files.add(small(options.build()));
        }
        List<Thread> callers = new ArrayList<>();
        List<String> outcomes = new ArrayList<>();
        for (MemoryFile.Open file : files) {
            outcomes.add("");
            int index = callers.size();
            Thread caller = new Thread(() -> outcomes.set(index, outcome(file, pathOf(arguments[0], index))));
            callers.add(caller);
            caller.start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        outcomes.forEach(System.out::println);
        if (arguments[0].equals("giant")) {
            System.out.println(outcome(files.get(0), "/whole"));
            System.out.println(heldWithTheResult(files.get(0)) + " bytes held");
        }
        System.out.println(outcome(files.get(files.size() - 1), "/after"));
        files.forEach(MemoryFile.Open::close);
        // A result is there a moment before the thread that made it has given back what it worked with.
        Eventually.holds(() -> HeapMemory.ofThisProcess().account().use().bytes() == 0);
        if (!dead.isEmpty()) {
            throw new IllegalStateException("dead threads " + dead);
        }
    }

    /** What the account has of a call, also for its decoding, at the moment when its result is there. */
    private static long heldWithTheResult(MemoryFile.Open file) throws Exception {
        return file.start(List.of(DatasetRequest.parse("/giant[0:4]")))
                .future("/giant[0:4]")
                .thenApply(array -> HeapMemory.ofThisProcess().account().use().resultBytes())
                .get(50, TimeUnit.SECONDS);
    }

    private static String pathOf(String what, int index) {
        return what.equals("giant")
                ? (index < 2 ? "/giant" : "/small")
                : index > 2 ? "/small" : what.equals("five") ? "/five" : "//five";
    }

    private static String outcome(MemoryFile.Open file, String path) {
        String name = path.split("/+")[1];
        DatasetRequest request = DatasetRequest.parse(
                switch (path) {
                    case "/giant" -> "/giant[0:4]";
                    case "/whole" -> "/giant";
                    case "/after" -> "/small";
                    case "/five" -> "/five[0:" + CHUNKS * (CHUNK / 4) + ":1000]";
                    default -> path.replace("//", "/");
                });
        Call call = file.start(List.of(request));
        try {
            return name + (call.future(request.name()).get(50, TimeUnit.SECONDS).getLong(3) == 0 ? " right" : " wrong");
        } catch (ExecutionException e) {
            return e.getCause() instanceof LimitExceededException ? name + " refused" : name + " " + e.getCause();
        } catch (Exception e) {
            return name + " " + e;
        }
    }

    /** Chunks of 20 MiB that are 20 MiB in the file, on the disk. */
    private static MemoryFile.Open five(Path sparse, ReadOptions options) throws IOException {
        MemoryFile file = new MemoryFile();
        file.chunked("/five", INT, Shape.of(CHUNKS * (CHUNK / 4)), new long[] {CHUNK / 4}, SHUFFLE);
        for (int i = 0; i < CHUNKS; i++) {
            file.record(
                    "/five", new io.h5coro.internal.index.ChunkRecord(new long[] {i}, 64 + (long) i * CHUNK, CHUNK, 0));
        }
        return file.open(options, Storages.open(sparse, StorageOptions.none()), 64 + (long) CHUNKS * CHUNK);
    }

    private static MemoryFile.Open giant(ReadOptions options) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(stored)) {
            for (int i = 0; i < GIANT / MIB; i++) {
                deflater.write(new byte[MIB]);
            }
        }
        MemoryFile file = new MemoryFile();
        file.chunked("/giant", INT, Shape.of(4 * (GIANT / 4)), new long[] {GIANT / 4}, MemoryFile.DEFLATE);
        for (int i = 0; i < 4; i++) {
            file.chunk("/giant", stored.toByteArray(), 0, i);
        }
        return file.open(options);
    }

    private static MemoryFile.Open small(ReadOptions options) {
        MemoryFile file = new MemoryFile();
        file.chunked("/small", INT, Shape.of(1000), new long[] {100}, MemoryFile.DEFLATE);
        for (int i = 0; i < 10; i++) {
            file.chunk("/small", MemoryFile.deflated(new byte[400]), 0, i);
        }
        return file.open(options);
    }
}
