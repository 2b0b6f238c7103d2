// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.error.H5Exception;
import io.h5coro.sim.disk.DiskFault;
import io.h5coro.sim.disk.DiskWeather;
import io.h5coro.sim.disk.SimDisk;
import io.h5coro.sim.disk.SimProcess;
import io.h5coro.sim.store.Network;
import io.h5coro.sim.store.SimStore;
import io.h5coro.sim.store.Version;
import io.h5coro.sim.store.Weather;
import io.h5coro.spark.file.ListedFile;
import io.h5coro.spark.option.SourceOptions;
import io.h5coro.spark.plan.FilePartition;
import io.h5coro.spark.plan.Packing;
import io.h5coro.spark.plan.ScanPlan;
import io.h5coro.spark.read.PieceReader;
import io.h5coro.spark.read.ReadTask;
import io.h5coro.spark.schema.TableSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/**
 * One seed: a driver finds the columns of a table and plans a query; executors, each a process with its own files and
 * a folder of caches that all share, get the tasks as bytes and read them. Tasks fail and are tried again, are ended,
 * run twice at once, and executors are killed in the middle. Each row comes once and is right, or the query fails with
 * a reason.
 */
final class SparkQueryRun {
    /** As Spark's {@code spark.task.maxFailures}. */
    private static final int MOST_FAILURES = 4;

    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final SplittableRandom plan;
    private final Scheduler scheduler;
    private final SimMachine machine;
    private final SimStore store;
    private final SimDisk disk;
    private final Library.File form;
    private final QueryTable table;
    private final boolean changes;
    private final boolean isPinned;
    private final List<ListedFile> files = new ArrayList<>();

    /** By location, the variant of the object that the listing has found. */
    private final Map<String, Integer> variants = new HashMap<>();

    private final List<Task> tasks = new ArrayList<>();
    private final List<SparkHost> alive = new ArrayList<>();
    private byte[] query = {};

    private int processes;
    private int attempts;
    private int killed;
    private int ended;
    private int twice;
    private boolean isFailed;

    /** A task, and what its attempts have given. */
    private static final class Task {
        final byte[] partition;
        int failures;
        int running;

        @Nullable
        List<QueryTable.Row> rows;

        Task(byte[] partition) {
            this.partition = partition;
        }
    }

    SparkQueryRun(long seed, Library.File form, Crew crew, Trace trace) {
        this.form = form;
        plan = new SplittableRandom(seed ^ 0x5DEECE66DL);
        scheduler = new Scheduler(seed, crew, trace);
        machine = new SimMachine(scheduler, plan.nextBoolean());
        Weather weather = plan.nextInt(3) == 0 ? Weather.fair() : Weather.drawn(plan);
        store = new SimStore(scheduler, Network.NEAR, weather);
        // Whoever waits for a slow disk may hold locks: the scheduler cannot let others go on meanwhile.
        DiskWeather faults = plan.nextBoolean() ? DiskWeather.fair() : DiskWeather.drawn(plan);
        disk = new SimDisk(scheduler, faults.without(DiskFault.SLOW), time -> {});
        List<String> columns = List.of("/tiles/plain", "/lines/a", "/lines/b");
        String column = columns.get(plan.nextInt(columns.size()));
        Known known = form.datasets().stream()
                .filter(one -> one.path().equals(column))
                .findFirst()
                .orElseThrow();
        table = new QueryTable(known, plan.nextInt(3) == 0);
        changes = plan.nextInt(3) == 0;
        isPinned = plan.nextBoolean();
    }

    /** Returns why the run failed; null when it did not. */
    @Nullable
    Throwable run() {
        Throwable failure = scheduler.run(this::scenario);
        disk.close();
        return failure;
    }

    private void scenario() {
        store();
        SparkHost driver = process("driver", false);
        driver.run(() -> plan(driver));
        if (query.length == 0) {
            return;
        }
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        int executors = 1 + plan.nextInt(3);
        for (int i = 0; i < executors; i++) {
            executor("e" + i, new SplittableRandom(plan.nextLong()), ends);
        }
        ends.forEach(end -> scheduler.await(end, null, Long.MAX_VALUE));
        if (!isFailed) {
            judge();
        }
        machine.sleep(LONGEST);
        // Nobody closes the connections of who was killed.
        Checks.that(
                killed > 0 || store.figures().underWay() == 0,
                () -> store.figures().underWay() + " requests are under way after the query");
        for (SparkHost host : alive) {
            Checks.that(
                    host.use().resultBytes() == 0 && host.use().bytesInFlight() == 0,
                    () -> "after the query there are still " + host.use());
        }
        Checks.that(store.figures().unconditional() == 0, () -> "requests without If-Match: " + store.figures());
    }

    /** Stores the files, and lists them as a store does that states versions, or as one that does not. */
    private void store() {
        int count = 1 + plan.nextInt(4);
        for (int i = 0; i < count; i++) {
            String key = "table/part-" + i + ".h5";
            int variant = plan.nextInt(form.variants().size());
            Version version = store.put(key, form.variants().get(variant));
            if (changes) {
                store.allowChange(key, (before, noise) -> form.variants().get(noise[0] & (Library.VARIANTS - 1)));
            }
            String location = "http://store.example/" + key;
            variants.put(location, variant);
            files.add(
                    isPinned
                            ? new ListedFile(location, version.bytes().length, version.tag(), null)
                            : ListedFile.named(location));
        }
    }

    private SparkHost process(String name, boolean isMortal) {
        SimProcess process = disk.start(name + "." + processes++);
        long[] budgets = {64 << 20, 1 << 20, 400_000};
        SparkHost host = new SparkHost(
                new SparkHost.Terms(name + "." + processes, budgets[plan.nextInt(budgets.length)], plan.nextBoolean()),
                new MortalMachine(machine, process),
                process,
                store);
        if (isMortal && plan.nextInt(3) == 0) {
            scheduler.after(Plan.some(plan, 2_000_000_000L), () -> {
                process.kill();
                killed++;
                alive.remove(host);
            });
        }
        alive.add(host);
        return host;
    }

    /** What the driver does. */
    private void plan(SparkHost driver) {
        try {
            SourceOptions options = table.options(files);
            TableSchema schema = TableSchema.of(options, files, driver.files());
            ReadTask task = table.task(schema, options);
            Packing packing =
                    new Packing(1 + plan.nextInt(400_000), 1 + plan.nextInt(50_000), 1 + plan.nextInt(8), true);
            ScanPlan found =
                    ScanPlan.of(task, files, Optional.of(schema), new ScanPlan.Driver(driver.files(), packing));
            found.partitions().forEach(partition -> tasks.add(new Task(serialized(partition))));
            query = serialized(task);
            scheduler.note(tasks.size() + " tasks of " + files.size() + " files, pinned: " + isPinned);
        } catch (H5Exception e) {
            explained(e);
        }
    }

    /** One executor after the other, each as long as it lives, with some threads for tasks. */
    private void executor(String name, SplittableRandom own, List<CompletableFuture<Void>> ends) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        ends.add(end);
        scheduler.spawn(name, () -> {
            while (!isOver()) {
                SparkHost host = process(name, true);
                List<CompletableFuture<Void>> cores = new ArrayList<>();
                int count = 1 + own.nextInt(2);
                for (int i = 0; i < count; i++) {
                    CompletableFuture<Void> core = new CompletableFuture<>();
                    cores.add(core);
                    SplittableRandom chance = own.split();
                    scheduler.spawn(name + "-core", () -> {
                        work(host, chance);
                        core.complete(null);
                    });
                }
                cores.forEach(core -> scheduler.await(core, null, Long.MAX_VALUE));
            }
            end.complete(null);
        });
    }

    private boolean isOver() {
        return isFailed || tasks.stream().allMatch(task -> task.rows != null);
    }

    /** Takes tasks until there are none, or the process is dead. */
    private void work(SparkHost host, SplittableRandom chance) {
        while (!isOver() && alive.contains(host)) {
            Optional<Task> next = next(chance);
            if (next.isEmpty()) {
                machine.sleep(Duration.ofMillis(50));
                continue;
            }
            Task task = next.get();
            task.running++;
            attempts++;
            // What is thrown because the process is dead ends here; the task is tried elsewhere.
            host.run(() -> attempt(host, task, chance));
            task.running--;
        }
    }

    /** One that nobody runs; now and then one that somebody runs, as Spark does it where a task is slow. */
    private Optional<Task> next(SplittableRandom chance) {
        boolean speculates = chance.nextInt(4) == 0;
        return tasks.stream()
                .filter(task -> task.rows == null && (task.running == 0 || (speculates && task.running == 1)))
                .findFirst();
    }

    private void attempt(SparkHost host, Task task, SplittableRandom chance) {
        Interrupt interrupt = chance.nextInt(5) == 0 ? new Interrupt(scheduler, Plan.some(chance, 500_000_000)) : null;
        List<QueryTable.Row> rows = new ArrayList<>();
        try {
            read(host, task, rows, 1 + chance.nextInt(300_000));
            took(task, rows);
        } catch (IOException e) {
            if (interrupt == null) {
                throw new AssertionError("a task fails without a type", e);
            }
            ended++;
        } catch (H5Exception e) {
            if (interrupt != null && interrupt.hasCome()) {
                ended++;
            } else {
                explained(e);
                task.failures++;
                isFailed |= task.failures >= MOST_FAILURES && task.rows == null;
            }
        } finally {
            if (interrupt != null) {
                interrupt.forget();
            }
        }
    }

    private void read(SparkHost host, Task task, List<QueryTable.Row> rows, long aheadBytes) throws IOException {
        ReadTask read = deserialized(query, ReadTask.class);
        FilePartition partition = deserialized(task.partition, FilePartition.class);
        try (PieceReader reader = new PieceReader(read, partition.pieces(), aheadBytes, host)) {
            while (reader.next()) {
                ColumnarBatch batch = reader.get();
                for (int row = 0; row < batch.numRows(); row++) {
                    rows.add(new QueryTable.Row(
                            batch.column(1).getUTF8String(row).toString(),
                            batch.column(2).getLong(row),
                            table.known().values().get(0).get(0).length == 2
                                    ? batch.column(0).getShort(row)
                                    : batch.column(0).getInt(row)));
                }
                host.machine().nanoTime();
            }
        }
    }

    /** The first attempt that ends gives the rows; another one has the same, as far as the version is the same. */
    private void took(Task task, List<QueryTable.Row> rows) {
        List<QueryTable.Row> before = task.rows;
        if (before == null) {
            task.rows = rows;
            return;
        }
        twice++;
        Checks.that(
                before.equals(rows) || !(isPinned || !changes),
                () -> "an attempt gives " + before.size() + " rows, and another one others");
    }

    /** Each row of each file comes once, and is that of the version that was listed, or of one version a piece. */
    private void judge() {
        Map<String, List<QueryTable.Row>> byFile = new HashMap<>();
        for (Task task : tasks) {
            for (QueryTable.Row row : java.util.Objects.requireNonNull(task.rows)) {
                byFile.computeIfAbsent(row.file(), f -> new ArrayList<>()).add(row);
            }
        }
        for (ListedFile file : files) {
            List<QueryTable.Row> got = byFile.getOrDefault(file.location(), List.of());
            boolean isOne = isPinned || !changes;
            if (isOne) {
                int variant = java.util.Objects.requireNonNull(variants.get(file.location()));
                Checks.that(
                        got.equals(table.rows(file.location(), variant)),
                        () -> got.size() + " rows of " + file + " are not those of its version");
            } else if (!table.isFiltered()) {
                isEachRowOnceOfSomeVersion(file, got);
            }
        }
    }

    private void isEachRowOnceOfSomeVersion(ListedFile file, List<QueryTable.Row> got) {
        List<long[]> all = new ArrayList<>();
        for (int v = 0; v < form.variants().size(); v++) {
            all.add(table.values(v));
        }
        Checks.that(got.size() == all.get(0).length, () -> got.size() + " rows of " + file);
        for (int i = 0; i < got.size(); i++) {
            QueryTable.Row row = got.get(i);
            int index = i;
            Checks.that(row.number() == index, () -> "row " + index + " of " + file + " is " + row);
            Checks.that(all.stream().anyMatch(values -> values[index] == row.value()), () -> row + " is of no version");
        }
    }

    private void explained(H5Exception failure) {
        scheduler.note("fails: " + failure);
        if (store.met().isEmpty()) {
            throw new AssertionError("fails though the store is sound", failure);
        }
    }

    private static byte[] serialized(Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T deserialized(byte[] bytes, Class<T> type) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return type.cast(in.readObject());
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What happened, for a test that wants to have seen it. */
    record Seen(int attempts, int killed, int ended, int twice, int failed) {
        Seen plus(Seen more) {
            return new Seen(
                    attempts + more.attempts,
                    killed + more.killed,
                    ended + more.ended,
                    twice + more.twice,
                    failed + more.failed);
        }
    }

    Seen seen() {
        return new Seen(attempts, killed, ended, twice, isFailed ? 1 : 0);
    }
}
