// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.SelectionException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.model.StoredChunk;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is said to be stored is read, and has the checksum of what libhdf5 gives: {@code stored_chunks.py}. */
final class StoredChunksTest {
    private static final Hyperslab ALL = Hyperslab.all();

    private static H5Coro open(String fixture) {
        return H5Coro.open(MemoryRangeReader.of(fixture, Fixtures.bytes(fixture)), ReadOptions.defaults());
    }

    @TestFactory
    Stream<DynamicTest> saysWhereLibhdf5HasStoredThem() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/stored_chunks.tsv"))) {
            List<String[]> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .toList();
            assertTrue(lines.size() > 400, () -> lines.size() + " lines");
            return lines.stream().collect(Collectors.groupingBy(line -> line[0])).entrySet().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> check(file.getKey(), file.getValue())));
        }
    }

    private static void check(String fixture, List<String[]> lines) {
        try (H5Coro file = open(fixture)) {
            for (String[] line : lines) {
                String label = String.join(" ", line);
                List<StoredChunk> found = file.dataset(line[1]).storedChunks(slab(line[2], line[3]));
                if (line[4].equals("none")) {
                    assertEquals(List.of(), found, label);
                } else if (line[4].equals("run")) {
                    assertEquals(line[6], checksum(file.reader(), Long.parseLong(line[5]), found), label);
                } else {
                    assertEquals(1, found.size(), label);
                    assertEquals(numbers(line[2]), found.get(0).origin(), label);
                    assertEquals(mask(file.dataset(line[1]), line), found.get(0).filterMask(), label);
                    assertEquals(line[6], checksum(file.reader(), Long.parseLong(line[5]), found), label);
                }
            }
        }
    }

    /** Of a chunk at the edge that was left unfiltered libhdf5 gives a mask of 0, though no filter was applied. */
    private static long mask(Dataset dataset, String[] line) {
        long mask = Long.parseLong(line[4]);
        if (line[1].startsWith("/raw_edges/") && mask == 0) {
            Shape chunk = dataset.chunks().orElseThrow();
            List<Long> origin = numbers(line[2]);
            for (int d = 0; d < origin.size(); d++) {
                if (origin.get(d) + chunk.dimension(d) > dataset.shape().dimension(d)) {
                    return (1L << dataset.filters().size()) - 1;
                }
            }
        }
        return mask;
    }

    private static Hyperslab slab(String start, String stop) {
        List<Long> from = numbers(start);
        List<Long> to = numbers(stop);
        Hyperslab.Range[] ranges = new Hyperslab.Range[from.size()];
        Arrays.setAll(ranges, i -> Hyperslab.Range.of(from.get(i), to.get(i)));
        return Hyperslab.of(ranges);
    }

    private static List<Long> numbers(String text) {
        return Arrays.stream(text.split(",")).map(Long::valueOf).toList();
    }

    private static String checksum(RangeReader reader, long bytes, List<StoredChunk> chunks) {
        assertEquals(bytes, chunks.stream().mapToLong(StoredChunk::storedBytes).sum());
        CRC32 crc = new CRC32();
        for (StoredChunk chunk : chunks) {
            crc.update(reader.read(new ByteRange(chunk.address(), chunk.storedBytes()))
                    .join());
        }
        return String.format("%08x", crc.getValue());
    }

    @Test
    void givesAllChunksInTheOrderOfTheirOrigins() {
        try (H5Coro file = open("sample_granule")) {
            Dataset dataset = file.dataset("/gt1l/heights/signal_conf_ph");
            List<StoredChunk> chunks = dataset.storedChunks(ALL);
            assertEquals(
                    dataset.storedBytes(),
                    chunks.stream().mapToLong(StoredChunk::storedBytes).sum());
            List<Long> firstRows =
                    chunks.stream().map(chunk -> chunk.origin().get(0)).toList();
            assertEquals(firstRows.stream().sorted().toList(), firstRows);
            assertTrue(chunks.size() > 1, chunks::toString);
        }
    }

    @Test
    void readsNoValues() {
        CountingRangeReader counting =
                new CountingRangeReader(MemoryRangeReader.of("granule", Fixtures.bytes("sample_granule")));
        ReadOptions blocks =
                ReadOptions.builder().firstReadBytes(4096).blockBytes(512).build();
        try (H5Coro file = H5Coro.open(counting, blocks)) {
            Dataset dataset = file.dataset("/gt1l/heights/h_ph");
            long before = counting.bytes();
            long stored = dataset.storedChunks(ALL).stream()
                    .mapToLong(StoredChunk::storedBytes)
                    .sum();
            long read = counting.bytes() - before;
            assertTrue(read > 0 && read < stored, () -> read + " bytes read of the index, " + stored + " stored");
        }
    }

    @Test
    void refusesWhatIsStoredElsewhere() {
        assertRefused("external_raw_earliest", "other files");
        assertRefused("virtual_v110", "other datasets");
    }

    private static void assertRefused(String fixture, String place) {
        try (H5Coro file = open(fixture)) {
            List<Dataset> elsewhere = file.walk("/", Integer.MAX_VALUE)
                    .flatMap(member -> member.object().stream())
                    .filter(Dataset.class::isInstance)
                    .map(Dataset.class::cast)
                    .filter(dataset -> dataset.storage() instanceof DatasetStorage.External
                            || dataset.storage() instanceof DatasetStorage.Virtual)
                    .toList();
            UnsupportedFeatureException refused = assertThrows(
                    UnsupportedFeatureException.class, () -> elsewhere.get(0).storedChunks(ALL));
            assertTrue(refused.getMessage().contains(place), refused::getMessage);
        }
    }

    @Test
    void refusesASliceThatDoesNotFit() {
        try (H5Coro file = open("sample_granule")) {
            Dataset dataset = file.dataset("/gt1l/heights/h_ph");
            assertThrows(SelectionException.class, () -> dataset.storedChunks(Hyperslab.parse("[0:100000000]")));
            assertEquals(List.of(), dataset.storedChunks(Hyperslab.parse("[5:5]")));
        }
    }
}
