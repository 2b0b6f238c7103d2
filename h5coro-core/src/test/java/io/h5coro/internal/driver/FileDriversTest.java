// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.internal.bytes.Fletcher32;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.FileDriver;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of several objects, each built by hand in memory. */
final class FileDriversTest {
    private static final int SUPERBLOCK_BYTES = 96;

    private final Map<String, byte[]> objects = new HashMap<>();
    private final List<CountingRangeReader> opened = new ArrayList<>();

    private RangeReader open(String location) throws StorageException {
        byte[] content = objects.get(location);
        if (content == null) {
            throw new StorageException(StorageException.Kind.NOT_FOUND, location + ": does not exist");
        }
        opened.add(new CountingRangeReader(MemoryRangeReader.of(location, content)));
        return opened.get(opened.size() - 1);
    }

    private MountedFile open(String location, FileDriver driver) {
        opened.clear();
        ReadOptions options = ReadOptions.builder().fileDriver(driver).build();
        return FileDrivers.open(location, "shown", options, this::open);
    }

    /** Fails, and leaves no member open. */
    private <E extends H5Exception> E refuses(Class<E> type, String location, FileDriver driver) {
        E e = assertThrows(type, () -> open(location, driver));
        assertTrue(opened.stream().allMatch(CountingRangeReader::isClosed), "a member stays open");
        return e;
    }

    private static byte[] bytes(MountedFile file) throws Exception {
        int size = Math.toIntExact(file.reader().size().orElseThrow());
        return file.reader().read(new ByteRange(0, size)).get();
    }

    /** A superblock of version 0 that says where the file ends and where the driver's information is. */
    private static MessageBytes superblock(long end, long driver) {
        MessageBytes block = new MessageBytes().u8(0x89).text("HDF").u8(13, 10, 26, 10);
        block.u8(0, 0, 0, 0, 0, 8, 8, 0).u16(4, 16).u32(0).address(0, -1, end, driver);
        return block.length(0).address(SUPERBLOCK_BYTES).u32(0, 0).zeros(16);
    }

    private static MessageBytes information(String driver, MessageBytes body) {
        return new MessageBytes().u8(0, 0, 0, 0).u32(body.size()).text(driver).add(body);
    }

    private static byte[] filled(MessageBytes start, int size, int with) {
        byte[] bytes = Arrays.copyOf(start.toArray(), size);
        Arrays.fill(bytes, start.size(), size, (byte) with);
        return bytes;
    }

    private static byte[] concatenated(byte[]... parts) {
        MessageBytes all = new MessageBytes();
        for (byte[] part : parts) {
            for (byte b : part) {
                all.u8(b);
            }
        }
        return all.toArray();
    }

    private void family(MessageBytes first) {
        objects.put("f-0.h5", filled(first, 200, 1));
        objects.put("f-1.h5", filled(new MessageBytes(), 200, 2));
        objects.put("f-2.h5", filled(new MessageBytes(), 50, 3));
    }

    private byte[] wholeFamily() {
        return concatenated(objects.get("f-0.h5"), objects.get("f-1.h5"), objects.get("f-2.h5"));
    }

    @Test
    void aFamilyIsItsMembersOneBehindTheOther() throws Exception {
        family(superblock(450, SUPERBLOCK_BYTES).add(information("NCSAfami", new MessageBytes().u64(200))));
        assertArrayEquals(wholeFamily(), bytes(open("f-%d.h5", new FileDriver.Family())));
        assertArrayEquals(wholeFamily(), bytes(open("f-%d.h5", new FileDriver.Automatic())));
    }

    @Test
    void withoutInformationAllMembersAreAsLongAsTheFirst() throws Exception {
        family(superblock(450, -1));
        assertArrayEquals(wholeFamily(), bytes(open("f-%d.h5", new FileDriver.Family())));
    }

    @Test
    void membersAreNumberedAsTheNameSays() throws Exception {
        family(superblock(450, -1));
        for (int i = 0; i < 3; i++) {
            objects.put("g00" + i + ".h5", objects.get("f-" + i + ".h5"));
        }
        assertArrayEquals(wholeFamily(), bytes(open("g%03d.h5", new FileDriver.Family())));
    }

    @Test
    void aMissingMemberIsNotFound() {
        family(superblock(450, -1));
        objects.remove("f-1.h5");
        assertEquals(
                "shown",
                refuses(NotFoundException.class, "f-%d.h5", new FileDriver.Family())
                        .where()
                        .source());
        refuses(SelectionException.class, "f-0.h5", new FileDriver.Family());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void refusesMemberSizesThatNoFileHas(long size) {
        family(superblock(450, SUPERBLOCK_BYTES).add(information("NCSAfami", new MessageBytes().u64(size))));
        refuses(MalformedFileException.class, "f-%d.h5", new FileDriver.Family());
    }

    @Test
    void aFamilyOfMembersOfOneByteIsRefusedBeforeTheyAreAllOpen() {
        objects.put(
                "f-0.h5",
                filled(
                        superblock(1L << 40, SUPERBLOCK_BYTES).add(information("NCSAfami", new MessageBytes().u64(1))),
                        200,
                        1));
        refuses(NotFoundException.class, "f-%d.h5", new FileDriver.Family());
        ReadOptions options =
                ReadOptions.builder().fileDriver(new FileDriver.Family()).build();
        assertThrows(
                LimitExceededException.class,
                () -> FileDrivers.open("f-%d.h5", "shown", options, name -> open("f-0.h5")));
    }

    /** The map of the split driver: raw data in the third member, all else in the first. */
    private static MessageBytes split(long rawStart, long metaBytes, long rawBytes, String meta, String raw) {
        MessageBytes body = new MessageBytes().u8(1, 1, 3, 1, 1, 1, 0, 0);
        return body.u64(0, metaBytes, rawStart, rawBytes).padded(meta).padded(raw);
    }

    private void split(MessageBytes information) {
        MessageBytes start = superblock(300, SUPERBLOCK_BYTES).add(information("NCSAmult", information));
        objects.put("s-m.h5", filled(start, 300, 1));
        objects.put("s-r.h5", filled(new MessageBytes(), 40, 7));
    }

    @Test
    void splitMembersBecomeNeighbours() throws Exception {
        split(split(Long.MIN_VALUE, 300, 40, "%s-m.h5", "%s-r.h5"));
        for (String location : List.of("s", "s-m.h5")) {
            MountedFile file = open(location, new FileDriver.Split());
            assertArrayEquals(concatenated(objects.get("s-m.h5"), objects.get("s-r.h5")), bytes(file));
            assertEquals(305, file.addresses().place(Long.MIN_VALUE + 5));
            assertEquals(5, file.addresses().place(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-r.h5", "%s/../secret", "%s%s", "%s:stream", "%s?sig", "%s\\x", "%s"})
    void refusesMemberNamesThatLeadElsewhere(String name) {
        split(split(Long.MIN_VALUE, 300, 40, "%s-m.h5", name));
        refuses(UnsupportedFeatureException.class, "s", new FileDriver.Split());
    }

    @Test
    void refusesMapsThatMakeNoSense() {
        split(split(0, 300, 40, "%s-m.h5", "%s-r.h5"));
        refuses(MalformedFileException.class, "s", new FileDriver.Split());
        split(split(Long.MIN_VALUE, 300, -1, "%s-m.h5", "%s-r.h5"));
        refuses(MalformedFileException.class, "s", new FileDriver.Split());
        split(split(Long.MIN_VALUE, Long.MAX_VALUE, 40, "%s-m.h5", "%s-r.h5"));
        refuses(MalformedFileException.class, "s", new FileDriver.Split());
        split(new MessageBytes().u8(1, 1, 7, 1, 1, 1, 0, 0).zeros(60));
        refuses(MalformedFileException.class, "s", new FileDriver.Split());
    }

    @Test
    void everyPrefixOfTheMapIsRefused() {
        byte[] whole = split(Long.MIN_VALUE, 300, 40, "%s-m.h5", "%s-r.h5").toArray();
        // The last name may lack the zeros behind its NUL: they say nothing.
        for (int length = 0; length < whole.length - 1; length++) {
            MessageBytes cut = new MessageBytes();
            for (byte b : Arrays.copyOf(whole, length)) {
                cut.u8(b);
            }
            split(cut);
            refuses(MalformedFileException.class, "s", new FileDriver.Split());
        }
    }

    @Test
    void aFirstMemberOfAnotherDriverIsNoSplitFile() {
        split(new MessageBytes().u64(200));
        objects.put("s-s.h5", filled(superblock(300, -1), 300, 1));
        refuses(UnsupportedFeatureException.class, "s", new FileDriver.Multi());
    }

    private void subfiles(String config, int... sizes) {
        objects.put("p.h5.subfile_77.config", config.getBytes(StandardCharsets.US_ASCII));
        for (int k = 0; k < sizes.length; k++) {
            String name = "p.h5.subfile_77_" + (k + 1) + "_of_" + sizes.length;
            objects.put(name, filled(new MessageBytes(), sizes[k], k + 1));
        }
    }

    private static FileDriver subfiling() {
        return new FileDriver.Subfiling(OptionalLong.of(77));
    }

    @Test
    void subfilesHoldStripesInTurn() throws Exception {
        subfiles("stripe_size=64\naggregation_type=0\nsubfile_count=2\nhdf5_file=/p.h5\n", 74, 64);
        byte[] all = bytes(open("p.h5", subfiling()));
        assertEquals(64 + 64 + 10, all.length);
        for (int i = 0; i < all.length; i++) {
            assertEquals(i / 64 % 2 + 1, all[i], "byte " + i);
        }
    }

    @Test
    void subfilesWithoutAnInodeHaveNoneInTheirNames() throws Exception {
        objects.put("p.h5.subfile.config", "stripe_size=64\nsubfile_count=1\n".getBytes(StandardCharsets.US_ASCII));
        objects.put("p.h5.subfile_1_of_1", new byte[] {5, 6});
        assertArrayEquals(new byte[] {5, 6}, bytes(open("p.h5", new FileDriver.Subfiling(OptionalLong.empty()))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stripe_size=64",
                "subfile_count=2",
                "stripe_size=x\nsubfile_count=2",
                "stripe_size=0\nsubfile_count=2",
                "stripe_size=63\nsubfile_count=2",
                "stripe_size=64\nsubfile_count=0",
                "stripe_size=64\nsubfile_count=65537",
                "stripe_size=-64\nsubfile_count=2",
                "stripe_size=999999999999999999999\nsubfile_count=99999999999999999999"
            })
    void refusesConfigurationsThatMakeNoSense(String config) {
        subfiles(config, 64, 64);
        refuses(MalformedFileException.class, "p.h5", subfiling());
    }

    @Test
    void aMissingSubfileIsNotFound() {
        subfiles("stripe_size=64\nsubfile_count=3\n", 64, 64);
        refuses(NotFoundException.class, "p.h5", subfiling());
    }

    private static MessageBytes summed(MessageBytes section) {
        byte[] bytes = section.toArray();
        return section.u32(Fletcher32.checksum(bytes, 0, bytes.length));
    }

    /**
     * Revision 1 replaces the second of two pages of 16 bytes and adds a third; revision 2 is of one page.
     *
     * @return the bytes of which opening revision 1 depends: not the pages, nor the record of revision 2
     */
    private List<Integer> onion() {
        objects.put("o.h5", filled(new MessageBytes(), 32, 1));
        MessageBytes file = new MessageBytes().zeros(40);
        int pages = file.size();
        file.add(new MessageBytes().text("a".repeat(16) + "b".repeat(16)));
        int first = file.size();
        file.add(record(1, 40, 16, 16, pages, 32, pages + 16));
        int firstBytes = file.size() - first;
        int second = file.size();
        file.add(record(2, 16, 16));
        int secondBytes = file.size() - second;
        int history = file.size();
        MessageBytes list = new MessageBytes().text("OWHS").u8(1, 0, 0, 0).u64(2);
        list.u64(first, firstBytes).u32(0).u64(second, secondBytes).u32(0);
        file.add(summed(list));
        MessageBytes header =
                new MessageBytes().text("OHDH").u8(1, 0, 0, 0).u32(16).u64(32);
        byte[] head = summed(header.u64(history, file.size() - history)).toArray();
        byte[] all = file.toArray();
        System.arraycopy(head, 0, all, 0, head.length);
        objects.put("o.h5.onion", all);
        return IntStream.range(0, all.length)
                .filter(i -> i < pages || i >= first && i < second || i >= history)
                .boxed()
                .toList();
    }

    /** A record; pages are given as address and place in turn. */
    private static MessageBytes record(long revision, long size, int pageSize, long... pages) {
        MessageBytes record = new MessageBytes()
                .text("ORRS")
                .u8(1, 0, 0, 0)
                .u64(revision, revision - 1)
                .zeros(16);
        record.u64(size).u32(pageSize).u64(pages.length / 2).u32(2);
        for (int i = 0; i < pages.length; i += 2) {
            record.u64(pages[i], pages[i + 1]).u32(0);
        }
        return summed(record.text("hi"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aRevisionIsTheOriginalWithItsPagesReplaced() throws Exception {
        onion();
        String old = "\u0001".repeat(16);
        MountedFile original = open("o.h5", new FileDriver.Onion(0));
        assertArrayEquals(
                text(old + old), original.reader().read(new ByteRange(0, 99)).get());
        assertArrayEquals(text(old + "a".repeat(16) + "b".repeat(8)), bytes(open("o.h5", new FileDriver.Onion(1))));
        assertArrayEquals(text(old), bytes(open("o.h5", new FileDriver.Onion(2))));
        assertArrayEquals(text(old), bytes(open("o.h5", new FileDriver.Onion(FileDriver.Onion.LATEST))));
        refuses(NotFoundException.class, "o.h5", new FileDriver.Onion(3));
    }

    @Test
    void everyDamagedOrMissingByteOfAnOnionIsNoticed() {
        List<Integer> read = onion();
        byte[] whole = objects.get("o.h5.onion");
        for (int i : read) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x11;
            objects.put("o.h5.onion", damaged);
            refuses(H5Exception.class, "o.h5", new FileDriver.Onion(1));
        }
        for (int length = 0; length < whole.length; length++) {
            objects.put("o.h5.onion", Arrays.copyOf(whole, length));
            refuses(MalformedFileException.class, "o.h5", new FileDriver.Onion(1));
        }
    }
}
