// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import io.h5coro.sim.QueueMachine;
import io.h5coro.sim.QueueWorld;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.http.HttpOptions;
import io.h5coro.storage.http.HttpStorageProvider;
import io.h5coro.storage.http.SimulatedHttp;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One seed: a reader of the product reads ranges of an object in a simulated store, some of them given up, and each
 * outcome is judged.
 */
final class HttpReaderRun {
    private static final String KEY = "bucket/dir/file.h5";

    /** Longest that a range may take: five minutes, and what a late event adds. */
    private static final long DEADLINE_NANOS = 301_000_000_000L;

    private final QueueWorld world;
    private final SplittableRandom plan;
    private final SimStore store;
    private final Map<Kind, Integer> failures = new EnumMap<>(Kind.class);
    private final Map<Read, Long> ends = new IdentityHashMap<>();
    private final boolean locked;
    private int right;
    private int cancelled;

    /** A range that is read. */
    private record Read(ByteRange range, CompletableFuture<byte[]> answer, long startNanos, int waveSize) {}

    HttpReaderRun(long seed, Weather weather) {
        world = new QueueWorld(seed);
        plan = new SplittableRandom(seed ^ 0x5DEECE66DL);
        store = new SimStore(world, plan.nextBoolean() ? Network.NEAR : Network.FAR, weather);
        byte[] content = new byte[1 + plan.nextInt(plan.nextBoolean() ? 300 : 300_000)];
        plan.nextBytes(content);
        store.put(KEY, content);
        if (plan.nextBoolean()) {
            store.allowChange(KEY, HttpReaderRun::changed);
        }
        locked = plan.nextInt(4) == 0;
        if (locked) {
            store.lock("bucket/");
        }
        if (plan.nextInt(4) == 0) {
            store.redirect("bucket/");
        }
    }

    private static byte[] changed(byte[] old, byte[] noise) {
        byte[] next = Arrays.copyOf(old, Math.max(0, noise[0] < 0 ? old.length : old.length + noise[1]));
        return next.length == 0 ? noise : mixed(next, noise);
    }

    private static byte[] mixed(byte[] bytes, byte[] noise) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) (noise[i % noise.length] | 1);
        }
        return bytes;
    }

    @SuppressWarnings("try") // some runs close the reader while it reads
    void run() throws Exception {
        QueueMachine machine = new QueueMachine(world);
        HttpOptions.Builder options = SimulatedHttp.on(
                HttpOptions.builder().userAgent("reader").connections(1 + plan.nextInt(8)),
                machine,
                executor -> new SimHttpClient(store, executor));
        if (locked) {
            options.bearerToken(store.keys()::token);
        }
        List<Read> reads = new ArrayList<>();
        try (RangeReader reader = new HttpStorageProvider()
                .open(
                        URI.create("http://store/" + KEY),
                        StorageOptions.none().with(HttpOptions.class, options.build()))) {
            for (int wave = 0; wave < 3; wave++) {
                List<Read> begun = wave(reader);
                reads.addAll(begun);
                if (wave == 2 && plan.nextInt(3) == 0) {
                    steps(plan.nextInt(30));
                    reader.close();
                }
                world.runUntil(() -> begun.stream().allMatch(read -> read.answer.isDone()));
            }
        }
        world.run();
        judge(reads);
    }

    private List<Read> wave(RangeReader reader) {
        List<ByteRange> ranges = new ArrayList<>();
        int count = 1 + plan.nextInt(6);
        for (int i = 0; i < count; i++) {
            int size = store.versions(KEY).get(0).bytes().length;
            int from = plan.nextInt(size + size / 8 + 1);
            ranges.add(new ByteRange(from, plan.nextInt(20) == 0 ? 1L << 40 : plan.nextInt(size + 1)));
        }
        long now = world.nanoTime();
        List<CompletableFuture<byte[]>> answers = reader.read(ranges);
        List<Read> reads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Read read = new Read(ranges.get(i), answers.get(i), now, count);
            CompletableFuture<byte[]> unused =
                    read.answer.whenComplete((bytes, thrown) -> ends.put(read, world.nanoTime()));
            if (plan.nextInt(12) == 0) {
                world.after(plan.nextLong(2_000_000_000L), () -> read.answer.cancel(true));
            }
            reads.add(read);
        }
        return reads;
    }

    private void steps(int count) {
        for (int i = 0; i < count && world.step(); i++) {
            continue;
        }
    }

    /** Each read is right, all of one version, or failed with a reason; and the store has nothing left. */
    private void judge(List<Read> reads) {
        Set<Version> possible = new HashSet<>(store.versions(KEY));
        for (Read read : reads) {
            check(read.answer.isDone(), "a read has no outcome");
            // Those of a wave may wait for one another's slots.
            long took = ends.get(read) - read.startNanos;
            check(took <= read.waveSize * DEADLINE_NANOS, "late: " + took);
            try {
                byte[] bytes = read.answer.join();
                possible.removeIf(version -> !Arrays.equals(bytes, part(version, read.range)));
                check(!possible.isEmpty(), "bytes of no version, or of two: " + read.range);
                right++;
            } catch (CancellationException e) {
                cancelled++;
            } catch (CompletionException e) {
                failed(e);
            }
        }
        Figures figures = store.figures();
        check(figures.started() == figures.ended(), figures.toString());
        check(figures.underWay() == 0 && figures.askedBytes() == 0, figures.toString());
        check(figures.unconditional() == 0, figures.toString());
    }

    private void failed(CompletionException thrown) {
        if (!(thrown.getCause() instanceof StorageException failure)) {
            throw new AssertionError("no typed error", thrown);
        }
        Kind kind = failure.kind();
        failures.merge(kind, 1, Integer::sum);
        boolean changed = store.versions(KEY).size() > 1;
        check(kind != Kind.CHANGED || changed, "not changed: " + failure);
        check(kind != Kind.NOT_FOUND && kind != Kind.INVALID && kind != Kind.IO, failure.toString());
        check(kind != Kind.ACCESS_DENIED || store.met().containsKey(FaultKind.EXPIRY), failure.toString());
    }

    private static byte[] part(Version version, ByteRange range) {
        byte[] bytes = version.bytes();
        long start = Math.min(range.offset(), bytes.length);
        return Arrays.copyOfRange(bytes, (int) start, (int) Math.max(start, Math.min(bytes.length, range.end())));
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    SimStore store() {
        return store;
    }

    QueueWorld world() {
        return world;
    }

    int right() {
        return right;
    }

    int cancelled() {
        return cancelled;
    }

    Map<Kind, Integer> failures() {
        return failures;
    }
}
