// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.FileSeries;
import io.h5coro.H5Coro;
import io.h5coro.H5Files;
import io.h5coro.SimulatedDoor;
import io.h5coro.internal.file.SharedResources;
import io.h5coro.internal.memory.DecodeRoom;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.ReadOptions;
import io.h5coro.sim.store.SimHttpClient;
import io.h5coro.sim.store.SimStore;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.SignedUrls;
import io.h5coro.storage.SimulatedSigning;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.http.HttpOptions;
import io.h5coro.storage.http.HttpStorageProvider;
import io.h5coro.storage.http.SimulatedHttp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Carries out a plan, and looks after each step whether all is as it has to be. Used once. */
final class Run {
    /** How long after the last file was closed a request may be under way, or memory be taken. */
    private static final Duration AFTERMATH = Duration.ofMinutes(20);

    /** A smaller cache is read past, and asks again for what it has dropped, also while that is under way. */
    private static final long ENOUGH_CACHE = 1 << 20;

    private static final Duration SOON = Duration.ofSeconds(10);

    /** In which all have a turn who can go on, and nearly no request ends. */
    private static final Duration MOMENT = Duration.ofMillis(10);

    final Plan plan;
    final Scheduler scheduler;
    final SimMachine machine;
    final SimStore store;
    private final SharedMemory memory;
    private final DecodeRoom decoding;
    private final SharedResources shared;
    private final HttpOptions http;
    private final SignedUrls signed;
    private final LentArrays arrays = new LentArrays(this::isWrong);
    private int readers;

    /** Whether a call was cancelled or a file closed under it: others then ask again for what it had asked for. */
    private boolean isGivenUp;

    /** What is wrong, found where nothing may be thrown. */
    private final List<String> wrongs = new ArrayList<>();

    /** What became of a run. */
    record Outcome(long seed, @Nullable Throwable failure, long hash, int steps, List<String> trace) {
        /** What a person is told of a failure. */
        String text() {
            StringWriter text = new StringWriter();
            PrintWriter out = new PrintWriter(text);
            out.println("seed " + seed + " fails after " + steps + " steps; bin/h5coro-sim seed=" + seed
                    + " replays it, bin/h5coro-sim shrink=" + seed + " makes it small");
            if (failure != null) {
                failure.printStackTrace(out);
            }
            out.flush();
            return text.toString();
        }
    }

    private Run(Plan plan, Crew crew, Trace trace) {
        this.plan = plan;
        this.scheduler = new Scheduler(plan.seed(), crew, trace);
        Plan.Ground ground = plan.ground();
        this.machine = new SimMachine(scheduler, ground.virtualThreads());
        this.store = new SimStore(scheduler, plan.network(), plan.weather());
        this.memory = new SharedMemory(ground.budgetBytes(), ground.whenFull());
        this.decoding = new DecodeRoom(ground.decodeBytes());
        this.shared = new SharedResources(machine, decoding);
        HttpOptions.Builder options = HttpOptions.builder()
                .connections(ground.connections())
                .retries(ground.retries())
                .attemptTimeout(ground.attemptTimeout())
                .totalTimeout(ground.totalTimeout());
        if (plan.entry().kind() != Plan.Entry.Kind.SIGNED) {
            options.bearerToken(() -> store.keys().token());
        }
        this.http = SimulatedHttp.on(
                        options,
                        machine,
                        executor -> new SimHttpClient(store, executor, machine),
                        plan.entry().waitingThreads())
                .build();
        if (plan.entry().waitingThreads() > 0) {
            store.figures().sentLate(SOON.toNanos());
        }
        this.signed = SimulatedSigning.by(new Signers(machine, store, this::isWrong), machine);
    }

    /** Runs a plan on threads of a crew. */
    static Outcome of(Plan plan, Crew crew, boolean traced) {
        Trace trace = new Trace(traced);
        Run run = new Run(plan, crew, trace);
        run.scheduler.afterEachStep(run::check);
        Throwable failure = run.scheduler.run(run::scenario);
        return new Outcome(plan.seed(), failure, trace.hash(), run.scheduler.steps(), trace.lines());
    }

    private void scenario() {
        if (plan.careless()) {
            store.ignoreConditions();
        }
        if (plan.entry().kind() != Plan.Entry.Kind.OPEN) {
            store.lock("");
        }
        plan.sessions().forEach(session -> store(session.file()));
        plan.pools().forEach(pool -> pool.files().forEach(this::store));
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (Plan.Series series : plan.series()) {
            for (int i = 0; i < series.members(); i++) {
                store.put(
                        memberKey(series, i),
                        series.file()
                                .variants()
                                .get(i % series.file().variants().size()));
            }
            start("series", new SeriesReader(this, series)::run, ends);
        }
        for (Plan.Session session : plan.sessions()) {
            start("session", new SessionRun(this, session)::run, ends);
        }
        for (PoolPlan pool : plan.pools()) {
            start("pool", new PoolRun(this, pool)::run, ends);
        }
        ends.forEach(end -> scheduler.await(end, null, Long.MAX_VALUE));
        long until = scheduler.nanoTime() + AFTERMATH.toNanos();
        while (!isQuiet() && scheduler.nanoTime() < until) {
            machine.sleep(Duration.ofSeconds(1));
        }
        Checks.that(
                isQuiet(),
                () -> "after all files were closed there are still " + memory.use() + ", " + decoding + ", "
                        + store.figures().underWay() + " requests under way");
        Checks.that(
                store.figures().unconditional() == 0,
                () -> store.figures().unconditional() + " requests without If-Match after the version was known");
        shared.close();
        arrays.checkAll();
        Checks.that(wrongs.isEmpty(), () -> String.join("\n", wrongs));
        scheduler.note(arrays.again() + " arrays were lent again");
        scheduler.note(store.figures().toString() + " " + store.met());
    }

    private void store(Library.File file) {
        store.put(key(file), file.variants().get(0));
        if (plan.changes() && file.variants().size() > 1) {
            store.allowChange(key(file), (before, noise) -> file.variants().get(noise[0] & (Library.VARIANTS - 1)));
        }
    }

    /** Takes note of what is wrong, where nothing may be thrown. */
    void isWrong(String wrong) {
        wrongs.add(wrong);
    }

    /** Looks at something when those who have a turn soon have had it. */
    void soon(Runnable look) {
        scheduler.after(SOON.toNanos(), look);
    }

    /** Starts a strand that is waited for. */
    private void start(String name, Runnable task, List<CompletableFuture<Void>> ends) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        ends.add(end);
        scheduler.spawn(name, () -> {
            task.run();
            end.complete(null);
        });
    }

    /** Takes note that a call is cancelled, or a file closed under it. */
    void givesUp() {
        isGivenUp = true;
    }

    private boolean isQuiet() {
        MemoryBudget.Use use = memory.use();
        boolean decodes = decoding.taken() > 0 || decoding.kept() > 0;
        return use.bytes() == 0
                && use.waitingCalls() == 0
                && !decodes
                && store.figures().underWay() == 0;
    }

    static String key(Library.File file) {
        return "files/" + file.name() + ".h5";
    }

    static String location(Library.File file) {
        return "http://store.example/" + key(file);
    }

    private static String memberKey(Plan.Series series, int index) {
        return "series/" + series.file().name() + "_" + index + ".h5";
    }

    static List<String> locations(Plan.Series series) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < series.members(); i++) {
            all.add("http://store.example/" + memberKey(series, i));
        }
        return all;
    }

    /** Opens a series. */
    FileSeries series(Plan.Series series, List<DatasetRequest> requests) {
        FileSeries.Options options = FileSeries.Options.defaults()
                .withRead(options(series.settings()))
                // Members are given up and read again where others need the memory: not counted.
                .withOpener(at -> arrays.watched(reader(at)))
                .withAheadBytes(series.aheadBytes());
        return SimulatedDoor.series(
                locations(series), requests, series.ordered() ? options : options.asTheyCome(), shared);
    }

    /**
     * Whose readers are counted.
     *
     * @param readers those that were opened
     */
    record Counting(List<CountedReader> readers, Patience patience) {
        /** None yet. */
        static Counting of(Patience patience) {
            return new Counting(new ArrayList<>(), patience);
        }
    }

    /** Those of a file that is opened now, or of a pool that is made now. */
    Counting counting(Plan.Settings settings) {
        return Counting.of(new Patience(scheduler, settings.deadline()));
    }

    /** Opens a file; blocks. Adds its readers to those that are counted. */
    H5Coro open(Plan.Session session, Counting counting) {
        return SimulatedDoor.open(
                location(session.file()),
                at -> counted(at, session.settings(), counting),
                options(session.settings()),
                shared);
    }

    /** Opens a file for one who does not wait. */
    CompletableFuture<H5Coro> openAsync(Plan.Session session, Counting counting) {
        return SimulatedDoor.openAsync(
                location(session.file()),
                at -> counted(at, session.settings(), counting),
                options(session.settings()),
                shared);
    }

    /** Makes a pool, which opens files with an opener. */
    H5Files files(PoolPlan pool, SiblingFiles.Opener opener) {
        return SimulatedDoor.files(
                options(pool.settings()), opener, new SimulatedDoor.Keeping(pool.idleFiles(), pool.age()), shared);
    }

    private RangeReader reader(String at) throws StorageException {
        StorageOptions options = StorageOptions.none()
                .with(
                        HttpOptions.class,
                        http.toBuilder().userAgent("reader-" + readers++).build());
        if (plan.entry().kind() == Plan.Entry.Kind.SIGNED) {
            options = options.with(SignedUrls.Location.class, signed.at(at));
        }
        return new HttpStorageProvider().open(URI.create(at), options);
    }

    CountedReader counted(String at, Plan.Settings settings, Counting counting) throws StorageException {
        CountedReader.Terms terms = new CountedReader.Terms(
                settings.cacheBytes() >= ENOUGH_CACHE,
                !settings.hedgeAfter().isZero(),
                counting.patience(),
                this::isWrong,
                (wrong, still) -> scheduler.after(MOMENT.toNanos(), () -> {
                    // What is given up is asked for again by others, who have a turn soon.
                    if (!isGivenUp && still.getAsBoolean()) {
                        isWrong(wrong);
                    }
                }),
                this::soon);
        CountedReader counted = new CountedReader(arrays.watched(reader(at)), terms);
        counting.readers().add(counted);
        return counted;
    }

    ReadOptions options(Plan.Settings settings) {
        ReadOptions.Builder options = ReadOptions.builder()
                .memoryBudget(memory)
                .blockBytes(settings.blockBytes())
                .bytesInFlight(settings.bytesInFlight())
                .maxRequestBytes(settings.maxRequestBytes())
                .chunkCacheBytes(settings.chunkCacheBytes())
                .cacheBytes(settings.cacheBytes())
                .decodeThreads(settings.decodeThreads())
                .hedgeAfter(settings.hedgeAfter())
                .deadline(settings.deadline());
        if (settings.firstReadBytes() > 0) {
            options.firstReadBytes(settings.firstReadBytes());
        }
        return options.build();
    }

    /** What has to be so after each step. */
    private void check() {
        Checks.that(wrongs.isEmpty(), () -> String.join("\n", wrongs));
        MemoryBudget.Use use = memory.use();
        Checks.that(
                use.resultBytes() >= 0 && use.bytesInFlight() >= 0 && use.cacheBytes() >= 0,
                () -> "memory is given back twice: " + use);
        Checks.that(
                use.resultBytes() + use.bytesInFlight() <= memory.bytes() && use.resultBytes() <= memory.mostResults(),
                () -> "more memory is taken than there is: " + use + " of " + memory.bytes());
    }
}
