// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.ByteRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that are whole, damaged, cut or of something else. */
final class EntryFileTest {
    private static final ObjectKey KEY = ObjectKey.of("https://example.org/a.h5", "\"v1\"", 1_000_000);

    @TempDir
    Path temp;

    private static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] contents(List<Stretch> stretches) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer part : EntryFile.contents(KEY, stretches)) {
            all.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
        }
        return all.toByteArray();
    }

    private byte[] read(byte[] contents, ObjectKey key, ByteRange range) throws IOException {
        Path file = temp.resolve("entry");
        Files.write(file, contents);
        try (FileChannel in = FileChannel.open(file)) {
            return EntryFile.open(in, key).read(range);
        }
    }

    @Test
    void givesBackAnyPartOfAnyRange() throws IOException {
        byte[] first = bytes(1, 200_000);
        byte[] second = bytes(2, 70_000);
        byte[] entry = contents(List.of(new Stretch(1000, first, 0, 200_000), new Stretch(500_000, second, 5, 60_000)));
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(200_000);
            int length = 1 + random.nextInt(200_000 - from);
            assertArrayEquals(
                    Arrays.copyOfRange(first, from, from + length),
                    read(entry, KEY, new ByteRange(1000 + from, length)));
        }
        assertArrayEquals(Arrays.copyOfRange(second, 5, 60_005), read(entry, KEY, new ByteRange(500_000, 60_000)));
        for (ByteRange outside : List.of(
                new ByteRange(999, 2), new ByteRange(200_999, 2), new ByteRange(0, 5), new ByteRange(560_000, 1))) {
            assertThrows(DamagedEntryException.class, () -> read(entry, KEY, outside));
        }
    }

    @Test
    void givesBackLongRanges() throws IOException {
        byte[] plain = bytes(8, 5_000_000);
        byte[] entry = contents(List.of(Stretch.of(0, plain)));
        for (int[] range : new int[][] {{0, 5_000_000}, {1, 4_999_999}, {65_535, 3_000_000}, {1 << 20, 2 << 20}}) {
            assertArrayEquals(
                    Arrays.copyOfRange(plain, range[0], range[1]),
                    read(entry, KEY, new ByteRange(range[0], range[1] - range[0])));
        }
    }

    @Test
    void noticesAnyBitChangedInWhatIsReadAndAnyByteMissingOrTooMany() throws IOException {
        byte[] plain = bytes(3, 300);
        ByteRange all = new ByteRange(64, 300);
        byte[] good = contents(List.of(Stretch.of(64, plain)));
        assertArrayEquals(plain, read(good, KEY, all));
        for (int i = 0; i < good.length; i++) {
            byte[] cut = Arrays.copyOf(good, i);
            assertThrows(DamagedEntryException.class, () -> read(cut, KEY, all), "cut at " + i);
            for (int bit = 0; bit < 8; bit++) {
                byte[] bad = good.clone();
                bad[i] ^= (byte) (1 << bit);
                assertThrows(DamagedEntryException.class, () -> read(bad, KEY, all), "byte " + i + " bit " + bit);
            }
        }
        assertThrows(DamagedEntryException.class, () -> read(Arrays.copyOf(good, good.length + 1), KEY, all));
    }

    @Test
    void noticesGarbageOfAnyLength() {
        for (int length = 0; length < 400; length++) {
            byte[] garbage = bytes(length, length);
            byte[] zeros = new byte[length];
            assertThrows(DamagedEntryException.class, () -> read(garbage, KEY, new ByteRange(0, 1)));
            assertThrows(DamagedEntryException.class, () -> read(zeros, KEY, new ByteRange(0, 1)));
        }
    }

    @Test
    void noticesEachDamagedBlockOfALongEntry() throws IOException {
        byte[] plain = bytes(4, 300_000);
        byte[] good = contents(List.of(Stretch.of(0, plain)));
        int head = good.length - plain.length;
        for (int block = 0; block * 65_536 < plain.length; block++) {
            byte[] bad = good.clone();
            bad[head + block * 65_536 + 17] ^= 1;
            ByteRange hit = new ByteRange(block * 65_536L + 20, 5);
            assertThrows(DamagedEntryException.class, () -> read(bad, KEY, hit));
            long elsewhere = block == 0 ? 70_000 : 0;
            assertEquals(5, read(bad, KEY, new ByteRange(elsewhere, 5)).length);
        }
    }

    /** Who can compute a checksum can also write nonsense. */
    @Test
    void refusesNumbersThatCannotBeWithTheChecksumMadeRight() {
        byte[] good = contents(List.of(Stretch.of(64, bytes(5, 30)), Stretch.of(500, bytes(6, 20))));
        int headEnd = good.length - 50 - 4;
        for (int at = 40; at + 4 <= headEnd; at++) {
            for (int value : new int[] {-1, 0, 1, 3, 1 << 28, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                byte[] bad = good.clone();
                ByteBuffer.wrap(bad).putInt(at, value);
                java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
                crc.update(bad, 0, headEnd);
                ByteBuffer.wrap(bad).putInt(headEnd, (int) crc.getValue());
                try {
                    byte[] read = read(bad, KEY, new ByteRange(64, 30));
                    assertArrayEquals(bytes(5, 30), read, "at " + at);
                } catch (DamagedEntryException refused) {
                    assertTrue(refused.getMessage().length() > 5);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Test
    void anEntryOfAnotherObjectVersionOrSizeIsNotBelieved() throws IOException {
        byte[] good = contents(List.of(Stretch.of(0, bytes(1, 100))));
        ByteRange all = new ByteRange(0, 100);
        assertEquals(100, read(good, KEY, all).length);
        for (ObjectKey other : List.of(
                ObjectKey.of("https://example.org/b.h5", "\"v1\"", 1_000_000),
                ObjectKey.of("https://example.org/a.h5", "\"v2\"", 1_000_000),
                ObjectKey.of("https://example.org/a.h5", "\"v1\"", 1_000_001))) {
            assertThrows(DamagedEntryException.class, () -> read(good, other, all));
        }
    }

    @Test
    void namesAreReadBackAndTellNothing() {
        EntryName name = EntryName.of(KEY, List.of(new ByteRange(10, 5), new ByteRange(1L << 40, 7)));
        assertEquals(Optional.of(name), EntryName.parse(name.text()));
        assertTrue(name.range().isEmpty());
        EntryName one = EntryName.of(KEY, List.of(new ByteRange(10, 5)));
        assertEquals(
                Optional.of(new ByteRange(10, 5)),
                EntryName.parse(one.text()).orElseThrow().range());
        for (String other : List.of(
                "", "part-1.tmp", "x" + one.text(), one.text() + "x", one.text().substring(1))) {
            assertTrue(EntryName.parse(other).isEmpty(), other);
        }
        assertTrue(EntryName.parse("0123456789abcdef-a-a-1-00000000.h5data").isEmpty(), "nothing in it");
        assertTrue(EntryName.parse("0123456789abcdef-0-a-0-00000000.h5data").isEmpty(), "no range");
    }
}
