// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.H5Coro;
import io.h5coro.SimulatedDoor;
import io.h5coro.error.H5Exception;
import io.h5coro.internal.file.SharedResources;
import io.h5coro.model.DataCache;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.s3.S3Options;
import io.h5coro.s3.SimulatedS3;
import io.h5coro.sim.disk.DiskFault;
import io.h5coro.sim.disk.DiskWeather;
import io.h5coro.sim.disk.SimDisk;
import io.h5coro.sim.disk.SimProcess;
import io.h5coro.sim.store.MachineTimers;
import io.h5coro.sim.store.Network;
import io.h5coro.sim.store.SimHttpClient;
import io.h5coro.sim.store.SimS3Http;
import io.h5coro.sim.store.SimStore;
import io.h5coro.sim.store.Weather;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StorageProvider;
import io.h5coro.storage.http.HttpOptions;
import io.h5coro.storage.http.HttpStorageProvider;
import io.h5coro.storage.http.SimulatedHttp;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/**
 * One seed: processes that share a folder of caches on a disk with faults open files over HTTP and S3 and read
 * datasets, while objects change, processes are killed and the power is cut. Each value is that of a version of the
 * file.
 */
final class CachedFilesRun {
    private static final int ROUNDS = 5;

    private final SplittableRandom plan;
    private final Scheduler scheduler;
    private final SimMachine machine;
    private final SimStore store;
    private final SimDisk disk;
    private final List<Library.File> files;
    private int right;
    private int failed;
    private int died;

    CachedFilesRun(long seed, Library library, Crew crew, Trace trace) {
        plan = new SplittableRandom(seed ^ 0x5DEECE66DL);
        scheduler = new Scheduler(seed, crew, trace);
        machine = new SimMachine(scheduler, plan.nextBoolean());
        Weather weather = plan.nextInt(3) == 0 ? Weather.fair() : Weather.drawn(plan);
        store = new SimStore(scheduler, Network.NEAR, weather);
        // Whoever waits for a slow disk may hold locks: the scheduler cannot let others go on meanwhile.
        DiskWeather faults = plan.nextInt(3) == 0 ? DiskWeather.fair() : DiskWeather.drawn(plan);
        disk = new SimDisk(scheduler, faults.without(DiskFault.SLOW), time -> {});
        files = List.of(any(library.files()), any(library.files()));
    }

    private <T> T any(List<T> all) {
        return all.get(plan.nextInt(all.size()));
    }

    /** Returns why the run failed; null when it did not. */
    Throwable run() {
        Throwable failure = scheduler.run(this::scenario);
        disk.close();
        return failure;
    }

    private static String key(Library.File file) {
        return "bucket/" + file.name() + ".h5";
    }

    private void scenario() {
        boolean changes = plan.nextBoolean();
        for (Library.File file : files) {
            store.put(key(file), file.variants().get(0));
            if (changes && file.variants().size() > 1) {
                store.allowChange(key(file), (before, noise) -> file.variants().get(noise[0] & (Library.VARIANTS - 1)));
            }
        }
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            long seed = plan.nextLong();
            String name = "p" + i;
            scheduler.spawn(name, () -> {
                lives(name, new SplittableRandom(seed));
                end.complete(null);
            });
        }
        if (plan.nextInt(4) == 0) {
            scheduler.after(plan.nextLong(3_000_000_000L), disk::cutPower);
        }
        ends.forEach(end -> scheduler.await(end, null, Long.MAX_VALUE));
    }

    /** One process after the other, each as long as it lives. */
    private void lives(String name, SplittableRandom own) {
        for (int life = 0; life < 3; life++) {
            SimProcess process = disk.start(name + "." + life);
            if (own.nextInt(2) == 0) {
                process.dieAfter(own.nextInt(40));
            }
            MortalMachine mortal = new MortalMachine(machine, process);
            mortal.run(() -> new Life(process, mortal, own).run());
            died += process.isDead() ? 1 : 0;
        }
    }

    /** What one process does. */
    private final class Life {
        private final MortalMachine own;
        private final SplittableRandom chance;
        private final SharedResources shared;
        private final ReadOptions options;
        private final HttpOptions http;
        private final StorageProvider s3;
        private final S3Options keys;
        private int readers;

        Life(SimProcess process, MortalMachine own, SplittableRandom chance) {
            this.own = own;
            this.chance = chance;
            this.shared = new SharedResources(own);
            this.options = ReadOptions.builder()
                    .indexCache(IndexCache.at(process.path("/cache/index"), 4 << 20))
                    .dataCache(DataCache.at(process.path("/cache/data"), 4 << 20))
                    .build();
            this.http = SimulatedHttp.on(HttpOptions.builder(), own, threads -> new SimHttpClient(store, threads))
                    .build();
            this.s3 = SimulatedS3.provider(
                    own, new MachineTimers(own), s3 -> new SimS3Http(store, own, s3.attemptTimeout()));
            this.keys = S3Options.builder()
                    .endpoint(URI.create("http://store"))
                    .region("us-east-1")
                    .credentials(() -> AwsBasicCredentials.create("key", "secret"))
                    .build();
        }

        void run() {
            for (int round = 0; round < ROUNDS; round++) {
                Library.File file = files.get(chance.nextInt(files.size()));
                try (H5Coro open = open(file)) {
                    for (int i = 0; i <= chance.nextInt(3); i++) {
                        read(open, file);
                    }
                } catch (H5Exception e) {
                    explained(e);
                }
            }
            shared.close();
        }

        private H5Coro open(Library.File file) {
            boolean web = chance.nextBoolean();
            String location = web ? "http://store/" + key(file) : "s3://" + key(file);
            SiblingFiles.Opener opener = at -> web
                    ? new HttpStorageProvider()
                            .open(URI.create(at), StorageOptions.none().with(HttpOptions.class, named()))
                    : s3.open(URI.create(at), StorageOptions.none().with(S3Options.class, keys));
            return SimulatedDoor.open(location, opener, options, shared);
        }

        private HttpOptions named() {
            return http.toBuilder().userAgent("reader-" + readers++).build();
        }

        private void read(H5Coro open, Library.File file) {
            Known dataset = file.datasets().get(chance.nextInt(file.datasets().size()));
            Slice slice = Slice.drawn(dataset.shape(), chance);
            H5Array array = open.read(DatasetRequest.of(dataset.path(), slice.hyperslab()));
            List<byte[]> got = SimulatedDoor.elements(array);
            boolean known = false;
            for (int variant = 0; variant < file.variants().size(); variant++) {
                known |= dataset.isOf(variant, slice, got);
            }
            boolean isKnown = known;
            Checks.that(isKnown, () -> file.name() + " " + dataset.path() + " has values of no version");
            right++;
            own.nanoTime();
        }

        /** A fault of the store explains a failure; one of the disk never does. */
        private void explained(H5Exception failure) {
            failed++;
            scheduler.note("fails: " + failure);
            boolean faulty = !store.met().isEmpty();
            if (!faulty) {
                throw new AssertionError("fails though the store is sound", failure);
            }
        }
    }

    int right() {
        return right;
    }

    int failed() {
        return failed;
    }

    int died() {
        return died;
    }

    SimDisk disk() {
        return disk;
    }
}
