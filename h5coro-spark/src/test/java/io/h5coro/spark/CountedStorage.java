// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryStorage;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.StorageProvider;
import io.h5coro.storage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Objects in memory at {@code mem://box/key}, for driver and executors in one process. Counts what it is asked for, and
 * answers as late as it is told.
 */
public final class CountedStorage implements StorageProvider {
    /** What an S3 server lists in one answer. */
    private static final int PAGE = 1000;

    private static final MemoryStorage OBJECTS = new MemoryStorage();
    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static final AtomicLong BYTES = new AtomicLong();
    private static final AtomicInteger PAGES = new AtomicInteger();
    private static final Set<String> OPENED = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger OPENINGS = new AtomicInteger();
    private static final AtomicInteger SINCE = new AtomicInteger();
    private static volatile long latencyMillis;

    /** What was asked for since the last {@link #reset()}. */
    record Counts(int requests, long bytes, int pages, int openings, int files) {}

    static void put(String key, byte[] content) {
        synchronized (OBJECTS) {
            OBJECTS.put(key, content);
        }
    }

    /** Copies the granules below a new prefix, so that no test finds files that another has opened. */
    static String granules() {
        String prefix = "granules-" + SINCE.incrementAndGet() + "/";
        try (var files = Files.list(TestSpark.RESOURCES.resolve("granules"))) {
            for (Path file : files.toList()) {
                put(prefix + file.getFileName(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "mem://box/" + prefix;
    }

    static void reset() {
        REQUESTS.set(0);
        BYTES.set(0);
        PAGES.set(0);
        OPENINGS.set(0);
        OPENED.clear();
    }

    static Counts counts() {
        return new Counts(REQUESTS.get(), BYTES.get(), PAGES.get(), OPENINGS.get(), OPENED.size());
    }

    /** Lets every answer come late, until the handle is closed. */
    static AutoCloseable late(long millis) {
        latencyMillis = millis;
        return () -> latencyMillis = 0;
    }

    /** A prefix with as many keys as its name says, which nothing holds; each is the first granule. */
    static String many(int keys) {
        return "mem://box/many-" + keys + "/";
    }

    private static StorageListing listMany(int keys, String prefix) {
        return new StorageListing() {
            private int given;

            @Override
            public Optional<StoredObject> next() {
                if (given == keys) {
                    return Optional.empty();
                }
                String location = "%sATL03_%08d_006.h5".formatted(prefix, given++);
                return Optional.of(new StoredObject(
                        location,
                        OptionalLong.of(40_000_000),
                        Optional.of("\"%032x\"".formatted(given)),
                        Optional.of(Instant.EPOCH)));
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    private static StorageListing unpaged(URI prefix, StorageListing.Depth depth, StorageOptions options) {
        String path = prefix.getPath();
        if (path.startsWith("/many-")) {
            int keys = Integer.parseInt(path.substring("/many-".length(), path.indexOf('/', 1)));
            return listMany(keys, many(keys));
        }
        synchronized (OBJECTS) {
            return OBJECTS.list(prefix, depth, options);
        }
    }

    @Override
    public Set<String> schemes() {
        return Set.of("mem");
    }

    @Override
    public Set<String> properties() {
        return Set.of("mem_secret");
    }

    @Override
    public RangeReader open(URI uri, StorageOptions options) throws StorageException {
        OPENINGS.incrementAndGet();
        OPENED.add(uri.toString());
        URI stored = uri.getPath().startsWith("/many-") ? URI.create("mem://box/one.h5") : uri;
        synchronized (OBJECTS) {
            return new Counted(OBJECTS.open(stored, options));
        }
    }

    @Override
    public StorageListing list(URI prefix, StorageListing.Depth depth, StorageOptions options) {
        StorageListing listing = unpaged(prefix, depth, options);
        return new StorageListing() {
            private int given;

            @Override
            public Optional<StoredObject> next() throws StorageException {
                if (given++ % PAGE == 0) {
                    PAGES.incrementAndGet();
                }
                return listing.next();
            }

            @Override
            public void close() {
                listing.close();
            }
        };
    }

    private static final class Counted extends ForwardingRangeReader {
        Counted(RangeReader delegate) {
            super(delegate);
        }

        @Override
        public StorageProfile profile() {
            return StorageProfile.REMOTE;
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            List<CompletableFuture<byte[]>> answers = new ArrayList<>();
            for (ByteRange range : ranges) {
                REQUESTS.incrementAndGet();
                CompletableFuture<byte[]> answer = delegate().read(range);
                answers.add(latencyMillis == 0 ? answer.thenApply(Counted::count) : late(answer));
            }
            return answers;
        }

        private static CompletableFuture<byte[]> late(CompletableFuture<byte[]> answer) {
            Executor later = CompletableFuture.delayedExecutor(latencyMillis, TimeUnit.MILLISECONDS);
            return answer.thenApplyAsync(Counted::count, later);
        }

        private static byte[] count(byte[] bytes) {
            BYTES.addAndGet(bytes.length);
            return bytes;
        }
    }
}
