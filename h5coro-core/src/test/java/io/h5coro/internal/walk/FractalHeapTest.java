// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.Lookup3;
import io.h5coro.internal.format.message.FilterPipelineMessage;
import io.h5coro.internal.format.message.LinkInfo;
import io.h5coro.internal.format.message.LinkMessage;
import io.h5coro.model.FilterDescription;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links of dense groups that libhdf5 wrote: managed, huge, tiny, filtered, direct and through a B-tree. */
final class FractalHeapTest {
    private static final int LINK_INFO = 0x02;
    private static final int BY_NAME = 5;

    /** What libhdf5 says of a group (testdata/make/index_fixtures.py). */
    record Group(String fixture, String path, long header, int members, String crc32) {
        private Opened open() {
            return new Opened(FixtureSpace.of(fixture + ".h5"), header);
        }
    }

    /** A dense group of a file. */
    private static final class Opened {
        final FixtureSpace file;
        final FractalHeap heap;
        final BTree2 names;

        Opened(FixtureSpace file, long header) {
            this.file = file;
            ObjectHeaders headers = new ObjectHeaders(file.space(), (type, id) -> {
                throw new AssertionError("no shared message is needed");
            });
            LinkInfo info =
                    LinkInfo.parse(headers.body(headers.read(header), LINK_INFO).orElseThrow());
            heap = FractalHeap.open(file.space(), info.heapAddress(), FractalHeapTest::inflate);
            names = BTree2.open(file.space(), info.nameIndex(), BY_NAME);
        }

        List<byte[]> ids() {
            List<byte[]> ids = new ArrayList<>();
            names.all(record -> ids.add(record.skip(4).bytes(heap.idLength())));
            return ids;
        }
    }

    static Stream<Group> groups() throws IOException {
        List<Group> groups = new ArrayList<>();
        for (String fixture : List.of("fractal_heaps", "fractal_heaps_narrow")) {
            String resource = "/index/" + fixture + ".txt";
            try (InputStream in = Objects.requireNonNull(FractalHeapTest.class.getResourceAsStream(resource))) {
                for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                    String[] words = line.split(" ");
                    groups.add(new Group(
                            fixture, words[0], Long.parseLong(words[1]), Integer.parseInt(words[2]), words[3]));
                }
            }
        }
        return groups.stream();
    }

    @ParameterizedTest
    @MethodSource("groups")
    void readsEveryObject(Group group) {
        Opened opened = group.open();
        List<String> names = new ArrayList<>();
        for (byte[] id : opened.ids()) {
            names.add(LinkMessage.parse(opened.heap.object(id)).name());
        }
        assertEquals(group.members(), names.size());
        assertEquals(group.members(), opened.names.totalRecords());
        CRC32 crc = new CRC32();
        crc.update(String.join("\n", names.stream().sorted().toList()).getBytes(StandardCharsets.UTF_8));
        assertEquals(group.crc32(), String.format("%08x", crc.getValue()));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void findsEachNameByItsHash(Group group) {
        Opened opened = group.open();
        Map<String, byte[]> ids = new HashMap<>();
        for (byte[] id : opened.ids()) {
            ids.put(LinkMessage.parse(opened.heap.object(id)).name(), id);
        }
        ids.forEach((name, id) -> {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            int hash = Lookup3.hash(text, 0, text.length);
            List<String> found = new ArrayList<>();
            opened.names.find(
                    record -> Integer.compareUnsigned(record.i32(), hash),
                    record -> found.add(new String(record.skip(4).bytes(id.length), StandardCharsets.ISO_8859_1)));
            assertEquals(List.of(new String(id, StandardCharsets.ISO_8859_1)), found, name);
        });
    }

    @ParameterizedTest
    @MethodSource("groups")
    void prefetchAsksForWhatObjectsNeed(Group group) {
        Opened opened = group.open();
        List<byte[]> ids = opened.ids();
        opened.file.forget();
        opened.heap.prefetch(ids);
        int indirect = opened.file.reads().size();
        opened.file.forget();
        ids.forEach(opened.heap::object);
        assertTrue(
                opened.file.reads().stream().map(Object::toString).distinct().count()
                                == opened.file.reads().size()
                        || group.path().contains("huge"),
                "each block is read once: " + opened.file.reads());
        assertTrue(indirect <= 2, "indirect blocks " + indirect);
    }

    @ParameterizedTest
    @MethodSource("groups")
    void readsManyObjectsLikeOneByOne(Group group) {
        Opened opened = group.open();
        List<byte[]> ids = opened.ids();
        List<Integer> taken = new ArrayList<>();
        opened.heap.objects(ids, (i, object) -> {
            taken.add(i);
            Cursor single = opened.heap.object(ids.get(i));
            assertEquals(single.position(), object.position());
            assertArrayEquals(single.bytes(single.remaining()), object.bytes(object.remaining()));
        });
        assertEquals(ids.size(), taken.stream().distinct().count());
        assertEquals(ids.size(), taken.size());
    }

    @Test
    void damagedIdsAreMalformedOrUnsupported() throws IOException {
        for (Group group : groups().toList()) {
            Opened opened = group.open();
            byte[] id = opened.ids().get(0);
            for (int i = 0; i < id.length; i++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] damaged = id.clone();
                    damaged[i] ^= (byte) (1 << bit);
                    attempt(() -> opened.heap.object(damaged));
                    opened.heap.prefetch(List.of(damaged));
                }
            }
            byte[] version = id.clone();
            version[0] |= 0x40;
            assertThrows(UnsupportedFeatureException.class, () -> opened.heap.object(version));
            assertThrows(MalformedFileException.class, () -> opened.heap.object(new byte[2]));
        }
    }

    /** Flips each byte of a small heap: either nothing is lost or the checksum or a range check says so. */
    @Test
    void damagedFilesNeverGiveAnotherError() throws IOException {
        int refused = 0;
        for (Group group : groups().filter(g -> g.fixture().endsWith("narrow")).toList()) {
            byte[] file = Fixtures.bytes(group.fixture() + ".h5");
            for (int i = 48; i < file.length; i += 3) {
                byte[] damaged = file.clone();
                damaged[i] ^= (byte) 0xff;
                refused += attempt(() -> {
                    Opened opened = new Opened(FixtureSpace.of(damaged, "damaged"), group.header());
                    opened.heap.prefetch(opened.ids());
                    opened.ids().forEach(opened.heap::object);
                });
            }
        }
        assertTrue(refused > 50, "most damage inside the heap is noticed: " + refused);
    }

    private static int attempt(Runnable read) {
        try {
            read.run();
            return 0;
        } catch (H5Exception e) {
            return 1;
        }
    }

    /** Deflate is the only filter of these heaps. */
    private static byte[] inflate(Cursor pipeline, int mask, byte[] stored, int plainSize) {
        List<FilterDescription> filters = FilterPipelineMessage.parse(pipeline);
        assertEquals(List.of(1), filters.stream().map(FilterDescription::id).toList());
        if ((mask & 1) != 0) {
            return stored;
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stored);
            byte[] plain = new byte[plainSize];
            assertEquals(plainSize, inflater.inflate(plain));
            return plain;
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
    }
}
