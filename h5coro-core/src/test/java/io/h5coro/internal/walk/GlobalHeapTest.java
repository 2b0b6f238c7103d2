// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.FileBytes;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.format.node.GlobalHeapCollection;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.WaveRangeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobalHeapTest {
    private static final int COLLECTION = 4096;

    /** Heap ids of variable-length text: length u32, collection address, index u32. */
    @ParameterizedTest
    @ValueSource(strings = {"strings_earliest", "strings_v18"})
    void readsTheTextsThatLibhdf5Wrote(String fixture) throws IOException {
        FixtureSpace file = FixtureSpace.of(fixture + ".h5");
        GlobalHeap heap = new GlobalHeap(file.space());
        int sets = 0;
        String resource = "/index/" + fixture + ".txt";
        try (InputStream in = Objects.requireNonNull(GlobalHeapTest.class.getResourceAsStream(resource))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] words = line.split(" ");
                assertEquals(
                        words[3], crc32(file, heap, Long.parseLong(words[1]), Integer.parseInt(words[2])), words[0]);
                sets++;
            }
        }
        assertTrue(sets > 2);
    }

    private static String crc32(FixtureSpace file, GlobalHeap heap, long address, int count) {
        Cursor ids = file.space().read(address, 16L * count, "heap ids");
        long[] collections = new long[count];
        long[] indexes = new long[count];
        long[] lengths = new long[count];
        String[] texts = new String[count];
        Arrays.fill(texts, "");
        for (int i = 0; i < count; i++) {
            lengths[i] = ids.u32();
            collections[i] = ids.address();
            indexes[i] = ids.u32();
        }
        heap.objects(collections, indexes, (i, bytes) -> {
            assertEquals(lengths[i], bytes.remaining());
            texts[i] = new String(bytes.bytes(bytes.remaining()), StandardCharsets.UTF_8);
        });
        CRC32 crc = new CRC32();
        crc.update(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    /** Objects 7 and 2 of 5 and 16 bytes, then free space. */
    private static FileBytes collection(FileBytes file) {
        file.begin().text("GCOL").u8(1, 0, 0, 0).u64(COLLECTION);
        file.u16(7).u16(1).u32(0).u64(5).text("seven").zeros(3);
        file.u16(2).u16(1).u32(0).u64(16).text("two two two two!");
        return file.u16(0).u16(0).u32(0).u64(COLLECTION - 72).zeros(COLLECTION - 88);
    }

    private static GlobalHeap heap(FileBytes bytes) {
        return new GlobalHeap(
                FixtureSpace.bare(bytes.toArray(), ReadOptions.defaults()).space());
    }

    private static String text(Cursor bytes) {
        return new String(bytes.bytes(bytes.remaining()), StandardCharsets.ISO_8859_1);
    }

    @Test
    void indexesAreNeitherSortedNorDense() {
        GlobalHeap heap = heap(collection(new FileBytes().zeros(64)));
        assertEquals(Optional.of("seven"), heap.object(64, 7).map(GlobalHeapTest::text));
        assertEquals(Optional.of("two two two two!"), heap.object(64, 2).map(GlobalHeapTest::text));
        for (long index : new long[] {0, 1, 3, 8, 65_543, -1}) {
            assertThrows(MalformedFileException.class, () -> heap.object(64, index), "object " + index);
        }
    }

    @Test
    void nilIsDecidedByTheAddressAlone() {
        GlobalHeap heap = heap(collection(new FileBytes().zeros(64)));
        assertEquals(Optional.empty(), heap.object(0, 7));
        assertEquals(Optional.empty(), heap.object(Cursor.UNDEFINED, 7));
        assertThrows(MalformedFileException.class, () -> heap.object(1 << 20, 7));
    }

    @Test
    void aBatchReadsEachCollectionOnce() {
        FileBytes bytes = new FileBytes().zeros(64);
        for (int i = 0; i < 50; i++) {
            collection(bytes);
        }
        FixtureSpace file = FixtureSpace.bare(bytes.toArray(), ReadOptions.defaults());
        long[] addresses = new long[5000];
        long[] indexes = new long[5000];
        for (int i = 0; i < 5000; i++) {
            addresses[i] = 64 + i * 7L % 50 * COLLECTION;
            indexes[i] = i % 3 == 0 ? 7 : 2;
        }
        int[] seen = new int[5000];
        new GlobalHeap(file.space()).objects(addresses, indexes, (i, object) -> {
            seen[i]++;
            assertEquals(i % 3 == 0 ? "seven" : "two two two two!", text(object));
        });
        int[] once = new int[5000];
        Arrays.fill(once, 1);
        assertArrayEquals(once, seen);
        assertEquals(50, file.reads().size());
        assertEquals(1, file.waves());
    }

    /** With 4-byte lengths, heads have 12 bytes and are padded to 16 (H5HGpkg.h). */
    @Test
    void headsArePaddedInFilesWithShortLengths() {
        FileBytes bytes = new FileBytes().text("GCOL").u8(1, 0, 0, 0).u32(64).u32(0);
        bytes.u16(1).u16(1).u32(0).u32(3).u32(0).text("abc").zeros(5);
        bytes.u16(0).zeros(22);
        Cursor all = Cursor.of(bytes.toArray(), new Cursor.Origin("bytes", 4, 4), 0);
        assertEquals(64, GlobalHeapCollection.parseSize(all.copy()));
        assertEquals("abc", text(GlobalHeapCollection.parse(all).object(1)));
    }

    @Test
    void rejectsEveryTruncationThatCutsAnObject() {
        byte[] whole = collection(new FileBytes()).toArray();
        for (int length = 0; length < whole.length; length++) {
            Cursor cut = Cursor.of(Arrays.copyOf(whole, length), new Cursor.Origin("bytes", 8, 8), 0);
            boolean complete = length >= 72;
            if (complete) {
                assertEquals("seven", text(GlobalHeapCollection.parse(cut).object(7)));
                assertEquals(
                        "two two two two!", text(GlobalHeapCollection.parse(cut).object(2)));
            } else {
                assertThrows(
                        MalformedFileException.class,
                        () -> GlobalHeapCollection.parse(cut).object(2));
            }
        }
    }

    @Test
    void rejectsObjectsLargerThanTheirCollection() {
        for (long size : new long[] {4096, Long.MAX_VALUE, Long.MAX_VALUE - 7, -1, Long.MIN_VALUE}) {
            FileBytes bytes =
                    new FileBytes().zeros(64).text("GCOL").u8(1, 0, 0, 0).u64(COLLECTION);
            bytes.u16(1).u16(1).u32(0).u64(size).zeros(COLLECTION - 32);
            assertThrows(MalformedFileException.class, () -> heap(bytes).object(64, 1), "size " + size);
        }
        for (long size : new long[] {0, 8, Long.MAX_VALUE, -1, 1 << 20}) {
            FileBytes bytes = new FileBytes()
                    .zeros(64)
                    .text("GCOL")
                    .u8(1, 0, 0, 0)
                    .u64(size)
                    .zeros(5000);
            assertThrows(MalformedFileException.class, () -> heap(bytes).object(64, 1), "collection of " + size);
        }
    }

    @Test
    void readsACollectionLongerThanTheUsualSize() {
        FileBytes bytes = new FileBytes().zeros(64).text("GCOL").u8(1, 0, 0, 0).u64(100_000);
        bytes.u16(1).u16(1).u32(0).u64(99_968).zeros(99_968);
        FixtureSpace file = FixtureSpace.bare(bytes.toArray(), ReadOptions.defaults());
        GlobalHeap heap = new GlobalHeap(file.space());
        assertEquals(99_968, heap.object(64, 1).orElseThrow().remaining());
        assertEquals(
                List.of(4096L, 100_000L),
                file.reads().stream().map(r -> r.length()).toList());
        heap.object(64, 1);
        assertEquals(2, file.reads().size(), "the collection is kept");
    }

    @Test
    void allCollectionsOfABatchComeInOneWaveOfRequestsOfTheUsualLength() {
        FileBytes bytes = new FileBytes().zeros(64 << 10);
        int count = 2500;
        for (int i = 0; i < count; i++) {
            collection(bytes);
        }
        ReadOptions options = ReadOptions.builder().cacheBytes(16 << 20).build();
        RangeReader remote = new ForwardingRangeReader(MemoryRangeReader.of("memory", bytes.toArray())) {
            @Override
            public StorageProfile profile() {
                return StorageProfile.REMOTE;
            }
        };
        CountingRangeReader counting = new CountingRangeReader(remote);
        try (WaveRangeReader reader = new WaveRangeReader(counting)) {
            FileSpace space = new FileSpace(
                    new RangeBlockCache(reader, options),
                    new Cursor.Origin("memory", 8, 8),
                    new FileSpace.Extent(0, bytes.size()),
                    options);
            long[] collections = new long[count];
            long[] indexes = new long[count];
            for (int i = 0; i < count; i++) {
                collections[i] = (64 << 10) + (long) COLLECTION * i;
                indexes[i] = 7;
            }
            int[] taken = new int[1];
            new GlobalHeap(space).objects(collections, indexes, (position, object) -> {
                assertEquals("seven", text(object));
                taken[0]++;
            });
            assertEquals(count, taken[0]);
            assertEquals(1, reader.waves());
            // 10.2 MB in requests of 2.7 MB, of which two windows of six begin one each.
            assertTrue(counting.requests() >= 4 && counting.requests() <= 6, counting.requests() + " requests");
            assertTrue(counting.bytes() <= 10_240_000 + (128 << 10), counting.bytes() + " bytes");
        }
    }
}
