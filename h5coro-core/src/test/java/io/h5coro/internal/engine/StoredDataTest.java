// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.model.DataCache;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReadStatistics;
import io.h5coro.model.Shape;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.VersionedRangeReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which requests a read sends of which a data cache has a part, and that its values are always the object's. */
@Timeout(120)
final class StoredDataTest {
    private static final IntegerType BYTE = IntegerType.of(1, Order.LITTLE_ENDIAN, false);
    private static final int LENGTH = 5_000_000;
    private static final int CHUNK = 10_000;
    private static final int CHUNKS = 60;

    @TempDir
    Path temp;

    private final byte[] plain = bytes(1, LENGTH);
    private final byte[] chunked = bytes(2, CHUNK * CHUNKS);

    private static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** A contiguous dataset, and a chunked one between whose chunks there are gaps. */
    private MemoryFile file() {
        MemoryFile file = new MemoryFile();
        file.contiguous("/plain", BYTE, Shape.of(LENGTH), file.append(plain));
        file.chunked("/chunked", BYTE, Shape.of(CHUNK * CHUNKS), new long[] {CHUNK}, MemoryFile.DEFLATE);
        for (int i = 0; i < CHUNKS; i++) {
            byte[] chunk = new byte[CHUNK];
            System.arraycopy(chunked, i * CHUNK, chunk, 0, CHUNK);
            file.chunk("/chunked", MemoryFile.deflated(chunk), 0, i);
            file.append(new byte[500]);
        }
        return file;
    }

    private DataCache disk() {
        return DataCache.at(temp.resolve("data"), 1L << 30);
    }

    private static ReadOptions.Builder with(DataCache cache) {
        return ReadOptions.builder().dataCache(cache).chunkCacheBytes(0);
    }

    /** What a call cost. */
    private record Cost(List<ByteRange> requests, long bytes, ReadStatistics statistics) {}

    /** One call of a file that is opened for it; its values are checked. */
    private Cost read(ReadOptions options, String... requests) {
        return read(file(), "v1", options, requests);
    }

    private Cost read(MemoryFile file, String version, ReadOptions options, String... requests) {
        try (MemoryFile.Open open =
                file.open(options, reader -> new VersionedRangeReader(reader, "mem://object", version))) {
            List<DatasetRequest> all =
                    Stream.of(requests).map(DatasetRequest::parse).toList();
            ReadPlan plan = Reads.explain(open.file(), all);
            Call call = open.start(all);
            for (DatasetRequest request : all) {
                check(request, Results.of(call, request.name()));
            }
            assertEquals(
                    plan.bytesWanted() + plan.bytesCached(), call.statistics().bytesWanted());
            assertEquals(plan.requests().size(), open.counting().requests(), "as planned");
            return new Cost(open.counting().ranges(), open.counting().bytes(), call.statistics());
        }
    }

    private void check(DatasetRequest request, H5Array values) {
        byte[] source = request.path().equals("/plain") ? plain : chunked;
        int from = request.slices().get(0).ranges().get(0).start().intValue();
        for (int i = 0; i < values.length(); i++) {
            if ((byte) values.getLong(i) != source[from + i]) {
                assertEquals(source[from + i], (byte) values.getLong(i), request + " at " + i);
            }
        }
    }

    private static String plain(int from, int to) {
        return "/plain[" + from + ":" + to + "]";
    }

    private static String chunks(int from, int to) {
        return "/chunked[" + from * CHUNK + ":" + to * CHUNK + "]";
    }

    private List<Path> entries() {
        try (Stream<Path> all = Files.walk(temp.resolve("data"))) {
            return all.filter(file -> file.toString().endsWith(".h5data"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatWasReadIsReadFromDiskAndPartsOfItToo() {
        Cost first = read(with(disk()).build(), plain(0, 3_000_000), chunks(0, 20));
        assertTrue(first.requests.size() >= 2 && first.bytes > 3_200_000, first.statistics.toString());
        assertEquals(0, first.statistics.dataCacheHits());
        for (String request : List.of(plain(0, 3_000_000), plain(1_234_567, 2_345_678), chunks(3, 4), chunks(0, 20))) {
            Cost again = read(with(disk()).build(), request);
            assertEquals(List.of(), again.requests, request);
            assertEquals(again.statistics.bytesWanted(), again.statistics.dataCacheBytes(), request);
            assertTrue(again.statistics.dataCacheHits() >= 1, request);
        }
    }

    @Test
    void onlyWhatIsMissingIsFetched() {
        read(with(disk()).build(), plain(0, 1_000_000));
        Cost more = read(with(disk()).build(), plain(500_000, 1_500_000));
        assertEquals(500_000, more.bytes);
        assertEquals(1, more.requests.size());
        read(with(disk()).build(), plain(2_000_000, 2_500_000));
        Cost between = read(with(disk()).build(), plain(1_400_000, 2_400_000));
        assertEquals(500_000, between.bytes);
        assertEquals(1, between.requests.size());
        assertEquals(500_000, between.statistics.dataCacheBytes());
        assertEquals(List.of(), read(with(disk()).build(), plain(0, 2_500_000)).requests);
    }

    @Test
    void aPartThatIsHereMakesNoMoreRequestsThanWithoutACache() {
        int without =
                read(ReadOptions.builder().build(), chunks(0, 40)).requests.size();
        for (int i = 1; i < 40; i += 4) {
            read(with(disk()).build(), chunks(i, i + 2));
        }
        Cost rest = read(with(disk()).build(), chunks(0, 40));
        assertEquals(without, rest.requests.size());
        assertTrue(rest.bytes >= 200_000 && rest.bytes <= 40 * (CHUNK + 600), rest.statistics.toString());
        assertEquals(20, rest.statistics.dataCacheHits());
    }

    /** Gaps between chunks come with some requests and not with others. */
    @Test
    void whatNobodyWantedNeedNotBeHere() {
        for (int i = 0; i < 10; i++) {
            read(with(disk()).build(), chunks(i, i + 1));
        }
        assertEquals(List.of(), read(with(disk()).build(), chunks(0, 10)).requests);
    }

    @Test
    void shortPiecesShareAnEntry() {
        String[] rows = IntStream.range(0, 50)
                .mapToObj(i -> plain(100_000 * i, 100_000 * i + 100))
                .toArray(String[]::new);
        read(with(disk()).gapBytes(0).build(), rows);
        assertEquals(1, entries().size());
        assertTrue(Files.exists(entries().get(0)));
        assertEquals(List.of(), read(with(disk()).gapBytes(0).build(), rows).requests);
    }

    @Test
    void damagedEntriesAreFetchedAgainInFewRequests() throws IOException {
        read(with(disk()).build(), chunks(0, 30));
        List<Path> kept = entries();
        assertTrue(!kept.isEmpty());
        for (Path entry : kept) {
            byte[] bytes = Files.readAllBytes(entry);
            for (int i = 1000; i < bytes.length; i += 5000) {
                bytes[i] ^= 1;
            }
            Files.write(entry, bytes);
        }
        try (MemoryFile.Open open =
                file().open(with(disk()).build(), r -> new VersionedRangeReader(r, "mem://object", "v1"))) {
            DatasetRequest request = DatasetRequest.parse(chunks(0, 30));
            check(request, Results.only(open.start(List.of(request))));
            assertEquals(1, open.counting().requests(), "all together");
        }
        assertEquals(List.of(), read(with(disk()).build(), chunks(0, 30)).requests);
    }

    @Test
    void entriesThatVanishUnderAnOpenFileAreFetchedAgain() throws IOException {
        read(with(disk()).build(), plain(0, 2_000_000));
        try (MemoryFile.Open open =
                file().open(with(disk()).build(), r -> new VersionedRangeReader(r, "mem://object", "v1"))) {
            DatasetRequest request = DatasetRequest.parse(plain(0, 1_000_000));
            check(request, Results.only(open.start(List.of(request))));
            assertEquals(0, open.counting().requests());
            for (Path entry : entries()) {
                Files.delete(entry);
            }
            check(request, Results.only(open.start(List.of(request))));
            assertTrue(open.counting().requests() >= 1);
            DatasetRequest partly = DatasetRequest.parse(plain(900_000, 2_100_000));
            check(partly, Results.only(open.start(List.of(partly))));
        }
    }

    @Test
    void anotherVersionIsNeverAnsweredFromWhatIsHere() {
        read(with(disk()).build(), plain(0, 1_000_000));
        MemoryFile changed = new MemoryFile();
        byte[] other = bytes(9, LENGTH);
        changed.contiguous("/plain", BYTE, Shape.of(LENGTH), changed.append(other));
        System.arraycopy(other, 0, plain, 0, LENGTH);
        Cost second = read(changed, "v2", with(disk()).build(), plain(0, 1_000_000));
        assertEquals(1_000_000, second.bytes);
        assertEquals(0, second.statistics.dataCacheHits());
        assertEquals(List.of(), read(changed, "v2", with(disk()).build(), plain(0, 1_000_000)).requests);
        assertEquals(1, entries().size(), "those of the old version are gone");
    }

    @Test
    void aHitInALowerTierIsCopiedToThoseAboveIt() {
        Path upper = temp.resolve("upper");
        read(with(disk()).build(), plain(0, 1_000_000), chunks(0, 3));
        DataCache tiers = DataCache.tiers(DataCache.at(upper, 1L << 30), DataCache.memory(1L << 30), disk());
        assertEquals(List.of(), read(with(tiers).build(), plain(0, 1_000_000), chunks(0, 3)).requests);
        DataCache alone = DataCache.at(upper, 1L << 30);
        assertEquals(List.of(), read(with(alone).build(), plain(0, 1_000_000), chunks(0, 3)).requests);
    }

    @Test
    void whatIsFetchedIsWrittenToAllTiers() {
        Path upper = temp.resolve("upper");
        read(with(DataCache.tiers(DataCache.at(upper, 1L << 30), disk())).build(), plain(0, 1_000_000));
        assertEquals(List.of(), read(with(disk()).build(), plain(0, 1_000_000)).requests);
        assertEquals(List.of(), read(with(DataCache.at(upper, 1L << 30)).build(), plain(0, 1_000_000)).requests);
    }

    @Test
    void memoryAloneServesFilesOpenedOneAfterTheOther() {
        DataCache memory = DataCache.memory(64L << 20);
        read(with(memory).build(), plain(0, 1_000_000));
        assertEquals(List.of(), read(with(memory).build(), plain(0, 1_000_000)).requests);
        DataCache another = DataCache.memory(64L << 20);
        assertEquals(1_000_000, read(with(another).build(), plain(0, 1_000_000)).bytes);
    }

    @Test
    void givesAllMemoryBack() throws InterruptedException {
        MemoryBudget budget = H5Coro.memoryBudget(48L << 20, MemoryBudget.WhenFull.WAIT);
        read(with(disk()).memoryBudget(budget).build(), plain(0, 2_000_000));
        read(with(disk()).memoryBudget(budget).build(), plain(1_000_000, 4_000_000), chunks(0, 40));
        Eventually.holds(() -> budget.use().equals(new MemoryBudget.Use(0, 0, 0, 0)));
    }

    /** Without enough memory for the rest of a piece, all of it is fetched. */
    @Test
    void aTinyBudgetReadsTheSame() throws InterruptedException {
        read(with(disk()).build(), plain(0, 1_000_000), plain(1_100_000, 1_200_000));
        MemoryBudget budget = H5Coro.memoryBudget(4L << 20, MemoryBudget.WhenFull.WAIT);
        ReadOptions options = with(disk()).memoryBudget(budget).build();
        try (MemoryFile.Open open = file().open(options, r -> new VersionedRangeReader(r, "mem://object", "v1"))) {
            for (int from = 0; from < 4_000_000; from += 700_000) {
                DatasetRequest request = DatasetRequest.parse(plain(from, from + 900_000));
                check(request, Results.only(open.start(List.of(request))));
            }
        }
        Eventually.holds(() -> budget.use().equals(new MemoryBudget.Use(0, 0, 0, 0)));
    }

    /** Random slices, budgets, tiers, versions and damage against the bytes of the object. */
    @Test
    void valuesAreTheObjectsWhateverIsKept() throws IOException {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            Path folder = temp.resolve("random" + seed);
            long bound = 50_000L << random.nextInt(8);
            for (int round = 0; round < 8; round++) {
                DataCache cache = DataCache.at(folder, bound);
                if (random.nextBoolean()) {
                    cache = DataCache.tiers(DataCache.memory(1 + random.nextInt(3_000_000)), cache);
                }
                ReadOptions options = with(cache).gapBytes(random.nextInt(3000)).build();
                try (MemoryFile.Open open =
                        file().open(options, r -> new VersionedRangeReader(r, "mem://object", "v1"))) {
                    for (int call = 0; call < 4; call++) {
                        List<DatasetRequest> requests = random(random);
                        Call running = open.start(requests);
                        requests.forEach(request -> check(request, Results.of(running, request.name())));
                    }
                }
                assertTrue(bytes(folder) <= bound, "seed " + seed);
                damage(folder, random);
            }
        }
    }

    private static List<DatasetRequest> random(Random random) {
        List<DatasetRequest> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            boolean isPlain = random.nextBoolean();
            int length = isPlain ? LENGTH : CHUNK * CHUNKS;
            int from = random.nextInt(length);
            int to = from + 1 + random.nextInt(Math.min(length - from, 1 << random.nextInt(21)));
            requests.add(DatasetRequest.parse((isPlain ? "/plain[" : "/chunked[") + from + ":" + to + "]")
                    .named("r" + i));
        }
        return requests;
    }

    private static long bytes(Path folder) {
        return files(folder.toFile()).stream().mapToLong(File::length).sum();
    }

    /** Files that are there; some may be deleted meanwhile. */
    private static List<File> files(File folder) {
        List<File> all = new ArrayList<>();
        File[] inside = folder.listFiles();
        for (File file : inside == null ? new File[0] : inside) {
            if (file.isDirectory()) {
                all.addAll(files(file));
            } else {
                all.add(file);
            }
        }
        return all;
    }

    private static void damage(Path folder, Random random) throws IOException {
        for (File file : files(folder.toFile())) {
            int what = random.nextInt(8);
            try {
                byte[] bytes = Files.readAllBytes(file.toPath());
                if (what == 0) {
                    Files.delete(file.toPath());
                } else if (what == 1) {
                    Files.write(file.toPath(), Arrays.copyOf(bytes, random.nextInt(bytes.length)));
                } else if (what == 2) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
                    Files.write(file.toPath(), bytes);
                }
            } catch (NoSuchFileException deleted) {
                assertTrue(what < 8, "the cache has made room meanwhile");
            }
        }
    }

    @Test
    void threadsWithCachesOfOneFolderReadTheSame() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int seed = t;
                // Two of them share an object, as files of one process do; the others are as other processes.
                DataCache cache = DataCache.at(temp.resolve("shared"), 2_000_000);
                all.add(threads.submit(() -> readAtRandom(cache, new Random(seed))));
                all.add(threads.submit(() -> readAtRandom(cache, new Random(100 + seed))));
            }
            for (Future<?> one : all) {
                Object unused = one.get(100, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void readAtRandom(DataCache cache, Random random) {
        for (int round = 0; round < 6; round++) {
            try (MemoryFile.Open open =
                    file().open(with(cache).build(), r -> new VersionedRangeReader(r, "mem://object", "v1"))) {
                List<DatasetRequest> requests = random(random);
                Call running = open.start(requests);
                requests.forEach(request -> check(request, Results.of(running, request.name())));
            }
        }
    }

    @Test
    void localFilesAndObjectsWithoutAnIdentityAreNotKept() {
        try (MemoryFile.Open open = file().open(with(disk()).build())) {
            DatasetRequest request = DatasetRequest.parse(plain(0, 1000));
            check(request, Results.only(open.start(List.of(request))));
        }
        assertArrayEquals(new Object[0], temp.toFile().list());
    }
}
