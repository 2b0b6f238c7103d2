// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.s3.S3Options;
import io.h5coro.s3.SimulatedS3;
import io.h5coro.sim.store.FaultKind;
import io.h5coro.sim.store.MachineTimers;
import io.h5coro.sim.store.Network;
import io.h5coro.sim.store.SimS3Http;
import io.h5coro.sim.store.SimStore;
import io.h5coro.sim.store.Version;
import io.h5coro.sim.store.Weather;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StorageProvider;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * One seed: the product's S3 storage, with the SDK below it, lists a bucket and reads ranges of an object in a
 * simulated store, some of them given up; each outcome is judged.
 */
final class S3ReaderRun {
    private static final String KEY = "bucket/dir/file 1.h5";
    private static final int KEYS = 1200;

    private final SplittableRandom plan;
    private final Scheduler scheduler;
    private final SimMachine machine;
    private final SimStore store;
    private final Trace trace;
    private final Map<Kind, Integer> failures = new EnumMap<>(Kind.class);
    private int right;
    private int cancelled;
    private int listed;

    /** A range that is read. */
    private record Read(ByteRange range, CompletableFuture<byte[]> answer) {}

    S3ReaderRun(long seed, Weather weather, Crew crew, Trace trace) {
        this.trace = trace;
        plan = new SplittableRandom(seed ^ 0x5DEECE66DL);
        scheduler = new Scheduler(seed, crew, trace);
        machine = new SimMachine(scheduler, plan.nextBoolean());
        store = new SimStore(scheduler, plan.nextBoolean() ? Network.NEAR : Network.FAR, weather);
    }

    Throwable run() {
        return scheduler.run(this::scenario);
    }

    private void scenario() {
        byte[] content = new byte[1 + plan.nextInt(plan.nextBoolean() ? 300 : 100_000)];
        plan.nextBytes(content);
        store.put(KEY, content);
        int keys = plan.nextInt(12) == 0 ? KEYS : 3;
        for (int i = 0; i < keys; i++) {
            store.put("bucket/list/" + i + "/file", content);
        }
        if (plan.nextBoolean()) {
            store.allowChange(KEY, (old, noise) -> changed(old, noise));
        }
        if (plan.nextInt(3) == 0) {
            store.lock("bucket");
        }
        StorageProvider provider = SimulatedS3.provider(
                machine,
                new MachineTimers(machine),
                options -> new SimS3Http(store, machine, options.attemptTimeout()));
        try {
            list(provider);
            read(provider);
        } catch (StorageException e) {
            throw new AssertionError(e);
        }
        Checks.that(store.figures().underWay() == 0, () -> "left: " + store.figures());
    }

    private static byte[] changed(byte[] old, byte[] noise) {
        byte[] next = Arrays.copyOf(old, noise[0] < 0 ? old.length : old.length + (noise[1] & 0x7f));
        for (int i = 0; i < next.length; i++) {
            next[i] ^= (byte) (noise[i % noise.length] | 1);
        }
        return next;
    }

    private StorageOptions options() {
        AwsCredentialsProvider keys = () -> store.keys().token().isEmpty()
                ? AwsBasicCredentials.create("key", "secret")
                : AwsSessionCredentials.create("key", "secret", store.keys().token());
        S3Options options = S3Options.builder()
                .endpoint(URI.create("http://store"))
                .region("us-east-1")
                .credentials(keys)
                .connections(1 + plan.nextInt(8))
                .userAgent("reader")
                .build();
        return StorageOptions.none().with(S3Options.class, options);
    }

    private void list(StorageProvider provider) throws StorageException {
        StorageListing.Depth depth = plan.nextBoolean() ? StorageListing.Depth.FOLDER : StorageListing.Depth.TREE;
        try (StorageListing listing = provider.list(URI.create("s3://bucket/list/"), depth, options())) {
            long count = 0;
            while (listing.next().isPresent()) {
                count++;
            }
            long there = store.versions("bucket/list/" + (KEYS - 1) + "/file").isEmpty() ? 3 : KEYS;
            long seen = count;
            Checks.that(seen == there, () -> seen + " of " + there + " keys were listed");
            listed++;
        } catch (StorageException e) {
            failed(e);
        }
    }

    @SuppressWarnings("try") // some runs close the reader while it reads
    private void read(StorageProvider provider) throws StorageException {
        List<Read> reads = new ArrayList<>();
        try (RangeReader reader = provider.open(URI.create("s3://bucket/dir/file%201.h5"), options())) {
            for (int wave = 0; wave < 3; wave++) {
                List<Read> begun = wave(reader);
                reads.addAll(begun);
                if (wave == 2 && plan.nextInt(3) == 0) {
                    machine.sleep(Duration.ofMillis(plan.nextInt(300)));
                    reader.close();
                }
                for (Read read : begun) {
                    boolean unused = scheduler.await(read.answer, null, Long.MAX_VALUE);
                }
            }
        }
        // A call that was given up ends on its thread.
        machine.sleep(Duration.ofMinutes(10));
        judge(reads);
    }

    private List<Read> wave(RangeReader reader) {
        List<ByteRange> ranges = new ArrayList<>();
        int count = 1 + plan.nextInt(5);
        int size = store.versions(KEY).get(0).bytes().length;
        for (int i = 0; i < count; i++) {
            int from = plan.nextInt(size + size / 8 + 1);
            ranges.add(new ByteRange(from, plan.nextInt(20) == 0 ? 1L << 40 : plan.nextInt(size + 1)));
        }
        List<CompletableFuture<byte[]>> answers = reader.read(ranges);
        List<Read> reads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Read read = new Read(ranges.get(i), answers.get(i));
            if (plan.nextInt(10) == 0) {
                scheduler.after(plan.nextLong(2_000_000_000L), () -> read.answer.cancel(true));
            }
            reads.add(read);
        }
        return reads;
    }

    private void judge(List<Read> reads) {
        Set<Version> possible = new HashSet<>(store.versions(KEY));
        for (Read read : reads) {
            try {
                byte[] bytes = read.answer.join();
                possible.removeIf(version -> !Arrays.equals(bytes, part(version, read.range)));
                Checks.that(!possible.isEmpty(), () -> "bytes of no version, or of two: " + read.range);
                right++;
            } catch (CancellationException e) {
                cancelled++;
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof StorageException failure)) {
                    throw new AssertionError("no typed error", e);
                }
                failed(failure);
            }
        }
        Checks.that(store.figures().started() == store.figures().ended(), () -> "left: " + store.figures());
        Checks.that(store.figures().unconditional() == 0, () -> "without If-Match: " + store.figures());
    }

    private void failed(StorageException failure) {
        Kind kind = failure.kind();
        failures.merge(kind, 1, Integer::sum);
        boolean changed = store.versions(KEY).size() > 1;
        Checks.that(kind != Kind.CHANGED || changed, () -> "not changed: " + failure);
        Checks.that(kind != Kind.NOT_FOUND && kind != Kind.INVALID && kind != Kind.IO, failure::toString);
        Checks.that(
                kind != Kind.ACCESS_DENIED || store.met().containsKey(FaultKind.EXPIRY),
                () -> "not expired: " + failure);
    }

    private static byte[] part(Version version, ByteRange range) {
        byte[] bytes = version.bytes();
        long start = Math.min(range.offset(), bytes.length);
        return Arrays.copyOfRange(bytes, (int) start, (int) Math.max(start, Math.min(bytes.length, range.end())));
    }

    SimStore store() {
        return store;
    }

    int right() {
        return right;
    }

    int cancelled() {
        return cancelled;
    }

    int listed() {
        return listed;
    }

    Map<Kind, Integer> failures() {
        return failures;
    }
}
