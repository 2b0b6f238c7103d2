// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Files in memory by their location: what is asked of each is counted, and answered when the test wants it. */
final class StoredFiles implements SiblingFiles.Opener {
    /** Rows of the parts of resources/series, of which row r of all together holds r. */
    static final int[] ROWS = {2500, 0, 1200, 1, 3000};

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, List<CountingRangeReader>> readers = new ConcurrentHashMap<>();
    private final Map<String, StorageException> failures = new ConcurrentHashMap<>();
    /** The shortest request of each file that is held. */
    private final Map<String, Long> held = new ConcurrentHashMap<>();

    private final List<Held> waiting = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    private record Held(String location, Runnable answer) {}

    static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(StoredFiles.class.getResourceAsStream("/series/" + name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first row of a part. */
    static int firstRow(int part) {
        int first = 0;
        for (int i = 0; i < part; i++) {
            first += ROWS[i];
        }
        return first;
    }

    /** Stores copies of a part; gives their locations. */
    List<String> copies(int part, int count) {
        List<String> locations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            put("copy" + i, resource("part_" + part + ".h5"));
            locations.add("copy" + i);
        }
        return locations;
    }

    /** Stores all parts; gives their locations. */
    List<String> parts() {
        List<String> locations = new ArrayList<>();
        for (int i = 0; i < ROWS.length; i++) {
            put("part" + i, resource("part_" + i + ".h5"));
            locations.add("part" + i);
        }
        return locations;
    }

    void put(String location, byte[] bytes) {
        files.put(location, bytes);
    }

    /** Fails all requests for a file. */
    void fail(String location, StorageException failure) {
        failures.put(location, failure);
    }

    /** Answers nothing of a file from now on. */
    void hold(String location) {
        held.put(location, 0L);
    }

    /** Answers no request of a file from now on that is longer than those for metadata. */
    void holdData(String location) {
        held.put(location, 4096L);
    }

    /** Answers what was held of a file, and what comes. */
    void release(String location) {
        held.remove(location);
        List<Held> now;
        synchronized (waiting) {
            now = waiting.stream()
                    .filter(one -> one.location().equals(location))
                    .toList();
            waiting.removeAll(now);
        }
        now.forEach(one -> one.answer().run());
    }

    int waiting(String location) {
        synchronized (waiting) {
            return (int) waiting.stream()
                    .filter(one -> one.location().equals(location))
                    .count();
        }
    }

    /** Held requests that were cancelled. */
    int cancelled() {
        return cancelled.get();
    }

    /** Readers that nobody has closed. */
    int open() {
        return open.get();
    }

    /** The most of them together. */
    int mostOpen() {
        return mostOpen.get();
    }

    /** How often a file was opened. */
    int opened(String location) {
        return readers.getOrDefault(location, List.of()).size();
    }

    /** What a file was asked for, whoever has opened it, in the order of the offsets. */
    List<ByteRange> ranges(String location) {
        return readers.getOrDefault(location, List.of()).stream()
                .flatMap(reader -> reader.ranges().stream())
                .sorted(Comparator.comparingLong(ByteRange::offset).thenComparingLong(ByteRange::length))
                .toList();
    }

    void forgetRanges() {
        readers.clear();
    }

    @Override
    public RangeReader open(String location) throws StorageException {
        byte[] bytes = files.get(location);
        if (bytes == null) {
            throw new StorageException(StorageException.Kind.NOT_FOUND, location + " does not exist");
        }
        CountingRangeReader reader = new CountingRangeReader(new Told(location, MemoryRangeReader.of(location, bytes)));
        readers.computeIfAbsent(location, l -> Collections.synchronizedList(new ArrayList<>()))
                .add(reader);
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        return reader;
    }

    private final class Told extends ForwardingRangeReader {
        private final String location;
        private boolean closed;

        Told(String location, RangeReader delegate) {
            super(delegate);
            this.location = location;
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            StorageException failure = failures.get(location);
            if (failure != null) {
                return ranges.stream()
                        .map(range -> CompletableFuture.<byte[]>failedFuture(failure))
                        .toList();
            }
            synchronized (waiting) {
                long shortest = held.getOrDefault(location, Long.MAX_VALUE);
                return ranges.stream()
                        .map(range -> range.length() >= shortest
                                ? later(range)
                                : delegate().read(List.of(range)).get(0))
                        .toList();
            }
        }

        private CompletableFuture<byte[]> later(ByteRange range) {
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            CompletableFuture<byte[]> unused = answer.whenComplete((bytes, thrown) -> {
                if (answer.isCancelled()) {
                    cancelled.incrementAndGet();
                }
            });
            waiting.add(new Held(
                    location,
                    () -> answer.complete(delegate().read(List.of(range)).get(0).join())));
            return answer;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
