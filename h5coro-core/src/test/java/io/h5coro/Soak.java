// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.Backoff;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.http.HttpOptions;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Reads for a long time: many threads, many files over HTTP that goes wrong now and then, open files and one memory
 * budget shared by all; checks every value, and what is left at the end.
 *
 * <p>By hand, for 10 minutes: {@code java -Xmx512m -cp ... io.h5coro.Soak 600}, or through Maven
 * {@code ./mvnw -q -Dquick -pl h5coro-core -am test -Dtest=SoakTest -Dh5coro.soak.seconds=600
 * -Dsurefire.failIfNoSpecifiedTests=false}. The exit code is 1 after a wrong value, an error that is not an
 * {@link H5Exception}, or a thread, connection, byte of the budget or heap that stayed.
 */
final class Soak {
    private static final int THREADS = 64;

    /** More objects than files that are kept open, so that files are opened and closed all the time. */
    private static final int COPIES = 8;

    /** What a run may leave on the heap: tables of the JDK, compiled code's constants, the soak's own figures. */
    private static final long HEAP_MARGIN = 24L << 20;

    /** What one thread may have on its way without room for it: a run of blocks that it waits for. */
    private static final long METADATA_BYTES = 128 << 10;

    private static final List<ServerFault> FAULTS = List.of(
            ServerFault.status(503),
            ServerFault.status(500),
            ServerFault.status(429),
            ServerFault.resetAfter(0),
            ServerFault.resetAfter(700),
            ServerFault.shortBody(500),
            ServerFault.stallAfter(100));

    private final long seconds;
    private final Consumer<String> out;
    private final RandomReads reads = new RandomReads();
    private final MemoryBudget budget = H5Coro.memoryBudget(8L << 20, WhenFull.WAIT);
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private final LongAdder calls = new LongAdder();
    private final LongAdder values = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder served = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private final AtomicLong mostBudget = new AtomicLong();

    Soak(long seconds, Consumer<String> out) {
        this.seconds = seconds;
        this.out = out;
    }

    /** Takes the seconds to run. */
    public static void main(String[] args) throws Exception {
        List<String> problems = new Soak(Long.parseLong(args[0]), System.out::println).run();
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    /** Runs; what was wrong. */
    List<String> run() throws IOException, InterruptedException {
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            for (String name : RandomReads.FIXTURES) {
                for (int i = 0; i < COPIES; i++) {
                    server.put("/" + i + "/" + name + ".h5", Fixtures.bytes(name));
                }
            }
            Random dice = new Random(7);
            server.always(request -> {
                served.increment();
                synchronized (dice) {
                    if (dice.nextInt(100) >= 3) {
                        return ServerFault.none();
                    }
                    faults.increment();
                    return FAULTS.get(dice.nextInt(FAULTS.size()));
                }
            });
            long heap = heap(server);
            int threads = threads().size();
            say("start", 0, server, heap);
            try (H5Files files = files()) {
                read(server, files, heap);
            }
            end(server, heap, threads);
        }
        problems.stream().limit(20).forEach(problem -> out.accept("WRONG: " + problem));
        return List.copyOf(problems);
    }

    private H5Files files() {
        HttpOptions http = HttpOptions.builder()
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(20)))
                // Of requests that stand still, second ones take the place; a busy machine is no silent server.
                .attemptTimeout(Duration.ofSeconds(5))
                .build();
        ReadOptions options = ReadOptions.builder()
                .memoryBudget(budget)
                .cacheBytes(1 << 20)
                .chunkCacheBytes(256 << 10)
                .deadline(Duration.ofSeconds(60))
                .hedgeAfter(Duration.ofMillis(200))
                .build();
        return H5Files.create(options, StorageOptions.none().with(HttpOptions.class, http), 8, Duration.ofSeconds(2));
    }

    private void read(FaultyHttpServer server, H5Files files, long heap) throws InterruptedException {
        long start = System.nanoTime();
        long until = start + TimeUnit.SECONDS.toNanos(seconds);
        CountDownLatch ended = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(i);
            Thread thread = new Thread(
                    () -> {
                        try {
                            while (System.nanoTime() < until && problems.isEmpty()) {
                                one(server, files, random);
                            }
                        } catch (Throwable untyped) {
                            problems.add(String.valueOf(untyped));
                        } finally {
                            ended.countDown();
                        }
                    },
                    "soak-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        int ticks = 0;
        while (!ended.await(1, TimeUnit.SECONDS)) {
            server.clearLog();
            if (++ticks % 60 == 0) {
                say(files.toString(), System.nanoTime() - start, server, heap(server));
            }
            if (System.nanoTime() - until > TimeUnit.SECONDS.toNanos(90)) {
                problems.add("threads did not end 90 s after the last call: " + Thread.getAllStackTraces());
                return;
            }
        }
        long grown = heap(server) - heap;
        say(files.toString(), System.nanoTime() - start, server, heap + grown);
        if (grown > budget.bytes() + HEAP_MARGIN) {
            problems.add("the heap grew by " + grown + " bytes while files were open");
        }
    }

    /** Opens a file, makes a call, compares or cancels. */
    private void one(FaultyHttpServer server, H5Files files, Random random) {
        String name = RandomReads.FIXTURES.get(random.nextInt(RandomReads.FIXTURES.size()));
        List<RandomReads.Read> some = reads.some(name, random);
        calls.increment();
        boolean cancel = random.nextInt(50) == 0;
        try (H5Coro file = files.open(
                server.uri("/" + random.nextInt(COPIES) + "/" + name + ".h5").toString())) {
            ReadPromise promise = file.readDatasets(
                    some.stream().map(RandomReads.Read::request).toList());
            mostBudget.accumulateAndGet(budget.use().bytes(), Math::max);
            if (cancel) {
                promise.cancel();
            }
            for (RandomReads.Read read : some) {
                values.add(
                        RandomReads.check(name, read, promise.get(read.request().name())));
            }
        } catch (ReadAbortedException e) {
            (cancel ? cancelled : failed).increment();
            if (!cancel) {
                problems.add("aborted: " + e.getMessage());
            }
        } catch (H5Exception typed) {
            // Eight attempts may fail one after the other; a damaged answer must not be taken for a damaged file.
            failed.increment();
            if (!(typed instanceof io.h5coro.error.StorageFailureException)) {
                problems.add(typed.toString());
            }
        }
    }

    private void end(FaultyHttpServer server, long heap, int threads) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        // Before Java 21 the JDK's client cannot be closed, and its connections outlive it: they are told, and no
        // failure.
        boolean closes = Runtime.version().feature() >= 21;
        while ((threads().size() > threads
                        || (closes && server.openConnections() > 0)
                        || budget.use().bytes() != 0)
                && System.nanoTime() < until) {
            // A client of the JDK ends, with its connections, when nobody refers to it any more.
            System.gc();
            Thread.sleep(200);
        }
        long left = heap(server);
        say("end", 0, server, left);
        if (threads().size() > threads) {
            problems.add(threads().size() + " threads, " + threads + " at the start: " + threads());
        }
        if (closes && server.openConnections() > 0) {
            problems.add(server.openConnections() + " connections");
        }
        if (budget.use().bytes() != 0 || budget.use().waitingCalls() != 0) {
            problems.add("the budget has " + budget.use());
        }
        if (left - heap > HEAP_MARGIN) {
            problems.add("the heap grew by " + (left - heap) + " bytes");
        }
        if (calls.sum() == 0 || values.sum() == 0) {
            problems.add("nothing was read");
        }
        if (mostBudget.get() > budget.bytes() + THREADS * METADATA_BYTES) {
            problems.add("the budget had " + mostBudget.get() + " bytes");
        }
        if (failed.sum() > calls.sum() / 100) {
            problems.add(failed.sum() + " of " + calls.sum() + " calls failed");
        }
    }

    /** Threads but the server's. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> !name.startsWith("faulty-server"))
                .sorted()
                .toList();
    }

    private static long heap(FaultyHttpServer server) throws InterruptedException {
        server.clearLog();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private void say(String what, long nanos, FaultyHttpServer server, long heap) {
        double past = nanos / 1e9;
        out.accept(String.format(
                Locale.ROOT,
                "%-13s %5.0f s  %8d calls (%.0f/s)  %11d values  %d cancelled  %d failed  %d requests (%d spoiled)  "
                        + "heap %.1f MB  %d threads  %d connections  %s, most %d",
                what,
                past,
                calls.sum(),
                past == 0 ? 0 : calls.sum() / past,
                values.sum(),
                cancelled.sum(),
                failed.sum(),
                served.sum(),
                faults.sum(),
                heap / 1e6,
                threads().size(),
                server.openConnections(),
                budget,
                mostBudget.get()));
    }
}
