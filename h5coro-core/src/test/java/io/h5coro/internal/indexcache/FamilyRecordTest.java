// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.machine.Machine;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of families, in memory and on disk. */
final class FamilyRecordTest {
    private static final String NAME = "s3://bucket/ATL03_#.h5";

    /** Places of the first member in the contents of a file: behind the head, which has five scores. */
    private static final int MEMBER = 8 + 4 + 32 + 8 + 5 * 4 + 4;

    @TempDir
    Path temp;

    private static FamilyMember member(long size, long shift) {
        return new FamilyMember(
                size,
                new TreeMap<>(Map.of(1L, 100 + shift, 2L, 300_000 + shift)),
                List.of(new ByteRange(200_000 + shift, 512), new ByteRange(400_000 + shift, 64)));
    }

    private static FamilyRecord record() {
        return FamilyRecord.empty().after(member(1_000_000, 0), false, 5000).after(member(1_000_100, 50), false, 4000);
    }

    private IndexFolder folder(IndexFolder.Writer writer) {
        return new IndexFolder(temp.resolve("index"), 8 << 20, writer, Machine.ofThisProcess());
    }

    @Test
    void isReadAsItWasWritten() {
        FamilyRecord found = FamilyRecord.parse(record().toBytes(NAME), NAME).orElseThrow();
        assertEquals(record().members(), found.members());
        assertEquals(record(), found);
        assertEquals(4000, found.coldBytes());
        assertTrue(FamilyRecord.parse(record().toBytes(NAME), "another family").isEmpty());
    }

    @Test
    void isNoneWhereAnyByteIsMissingOrDifferent() {
        byte[] whole = record().toBytes(NAME);
        for (int i = 0; i < whole.length; i++) {
            assertTrue(FamilyRecord.parse(Arrays.copyOf(whole, i), NAME).isEmpty(), "cut at " + i);
            byte[] other = whole.clone();
            other[i] ^= 4;
            assertTrue(FamilyRecord.parse(other, NAME).isEmpty(), "byte " + i);
        }
        assertTrue(
                FamilyRecord.parse(Arrays.copyOf(whole, whole.length + 1), NAME).isEmpty());
    }

    /** A checksum is right for whatever its writer has written. */
    @Test
    void isNoneWhereANumberIsImpossibleAlthoughTheChecksumIsRight() {
        int landmark = MEMBER + 12;
        int ranges = landmark + 2 * 16;
        int range = ranges + 4;
        List<Map.Entry<Integer, Long>> wrong = new ArrayList<>(List.of(
                Map.entry(44, -1L), // what a file costs
                Map.entry(MEMBER, 0L), // no size
                Map.entry(MEMBER, Long.MAX_VALUE),
                Map.entry(MEMBER, 1000L), // ranges behind the end
                Map.entry(landmark + 8, -8L),
                Map.entry(landmark + 8, 1L << 40),
                Map.entry(range, -1L),
                Map.entry(range, 1L << 62),
                Map.entry(range + 12, 5L))); // not ascending
        for (Map.Entry<Integer, Long> one : wrong) {
            assertTrue(patched(one.getKey(), one.getValue(), 8).isEmpty(), one.toString());
        }
        int[][] counts = {
            {MEMBER - 4, 4},
            {MEMBER - 4, -1},
            {MEMBER - 8, 1001},
            {MEMBER - 8, -2},
            {MEMBER + 8, -1},
            {MEMBER + 8, 1 << 30},
            {ranges, -1},
            {ranges, 1 << 30},
            {range + 8, 0},
            {range + 8, -5},
            {range + 8, 1 << 21}
        };
        for (int[] one : counts) {
            assertTrue(patched(one[0], one[1], 4).isEmpty(), Arrays.toString(one));
        }
        assertFalse(patched(MEMBER - 8, 1000, 4).isEmpty(), "a good number");
    }

    private static Optional<FamilyRecord> patched(int at, long value, int width) {
        byte[] bytes = record().toBytes(NAME);
        ByteBuffer out = ByteBuffer.wrap(bytes);
        if (width == 8) {
            out.putLong(at, value);
        } else {
            out.putInt(at, (int) value);
        }
        int end = bytes.length - IndexEntry.HASH_BYTES;
        System.arraycopy(IndexEntry.sha256(bytes, end), 0, bytes, end, IndexEntry.HASH_BYTES);
        return FamilyRecord.parse(bytes, NAME);
    }

    @Test
    void keepsTheLastThreeFilesAndAKnownOneOnce() {
        FamilyRecord three = record().after(member(1_000_200, 70), false, 1);
        FamilyRecord four = three.after(member(1_000_300, 90), false, 1);
        assertEquals(
                List.of(1_000_300L, 1_000_200L, 1_000_100L),
                four.members().stream().map(FamilyMember::sizeBytes).toList());
        FamilyMember part =
                new FamilyMember(1_000_300, member(1_000_300, 90).landmarks(), List.of(new ByteRange(900_000, 100)));
        FamilyRecord again = four.after(part, true, 1);
        assertEquals(3, again.members().size());
        assertEquals(3, again.members().get(0).ranges().size());
    }

    /** Landmarks and places moved by 50: nothing is as far off as a block, so that each way finds all. */
    @Test
    void scoresEachWayByWhatItWouldHaveFound() {
        for (Way way : Way.values()) {
            assertEquals(1000, record().score(way));
        }
        assertEquals(FamilyRecord.SCORE_UNKNOWN, FamilyRecord.empty().score(Way.SAME));
        FamilyMember moved = new FamilyMember(
                1_500_000,
                new TreeMap<>(Map.of(1L, 100L, 2L, 800_000L)),
                List.of(new ByteRange(700_000, 512), new ByteRange(900_000, 64)));
        FamilyRecord after = record().after(moved, false, 1);
        // 200,050 was 100,000 before the second landmark, 400,050 was 100,000 behind it and 600,050 before the end. A
        // score
        // is half of what it was before and half of what this file says.
        assertEquals(500, after.score(Way.SAME));
        assertEquals(1000, after.score(Way.BEFORE));
        assertEquals(750, after.score(Way.AFTER));
    }

    @Test
    void remembersWhatWasReadInBoundedManyRanges() {
        NavigableMap<Long, Integer> read = new TreeMap<>();
        read.put(100L, 50);
        read.put(140L, 60);
        read.put(3000L, 10);
        read.put(50_000L, 1 << 30);
        read.put(5_000_000L, 8);
        FamilyMember member = FamilyMember.of(4_000_000, new TreeMap<>(), read);
        assertEquals(List.of(new ByteRange(100, 2910), new ByteRange(50_000, 1 << 20)), member.ranges());
        for (long i = 0; i < 3000; i++) {
            read.put(i * 10_000, 100);
        }
        assertEquals(
                FamilyMember.MOST_RANGES,
                FamilyMember.of(1L << 40, new TreeMap<>(), read).ranges().size());
    }

    /** The largest record that is written is read. */
    @Test
    void theLargestRecordIsNotTooLarge() {
        TreeMap<Long, Long> landmarks = new TreeMap<>();
        for (long i = 0; i < FamilyMember.MOST_LANDMARKS; i++) {
            landmarks.put(i, i);
        }
        NavigableMap<Long, Integer> read = new TreeMap<>();
        for (long i = 0; i < 2000; i++) {
            read.put(i * 10_000, 100);
        }
        FamilyRecord record = FamilyRecord.empty();
        for (int i = 0; i < 5; i++) {
            record = record.after(FamilyMember.of((1L << 40) + i, landmarks, read), false, 1);
        }
        assertFalse(FamilyRecord.parse(record.toBytes(NAME), NAME).isEmpty());
    }

    /** Two processes are two folders of one path: a reader sees a whole record at any time. */
    @Test
    void aReaderSeesTheOldRecordUntilTheNewOneIsWhole() throws Exception {
        folder(Files::write).update(NAME, before -> record());
        IndexFolder other = folder(Files::write);
        IndexFolder writing = folder((file, content) -> {
            Files.write(file, Arrays.copyOf(content, content.length / 2));
            assertEquals(4000, other.family(NAME).orElseThrow().coldBytes());
            Files.write(file, content);
        });
        writing.update(NAME, before -> before.after(member(1_000_900, 9), false, 77));
        assertEquals(77, other.family(NAME).orElseThrow().coldBytes());
        try (Stream<Path> files = Files.list(temp.resolve("index"))) {
            assertEquals(
                    List.of(FamilyRecord.fileName(NAME)),
                    files.map(f -> f.getFileName().toString()).toList());
        }
    }

    @Test
    void whatDoesNotChangeIsNotWritten() {
        folder(Files::write).update(NAME, before -> record());
        folder((file, content) -> {
                    throw new AssertionError("written");
                })
                .update(NAME, before -> before);
    }

    @Test
    void memoryForgetsFamiliesThatWereNotAskedForLongest() {
        FamilyMemory memory = new FamilyMemory();
        for (int i = 0; i < 17; i++) {
            memory.update("family " + i, before -> record());
        }
        assertTrue(memory.family("family 0").isEmpty());
        assertFalse(memory.family("family 1").isEmpty());
    }
}
