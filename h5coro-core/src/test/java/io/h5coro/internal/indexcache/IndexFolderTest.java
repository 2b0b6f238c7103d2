// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.h5coro.internal.indexcache.StoredRanges.Piece;
import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that are damaged, foreign, too many or half written; folders that fail. */
final class IndexFolderTest {
    private static final String NAME = "https://example.org/granule.h5";
    private static final long MAX = 1 << 20;

    @TempDir
    Path temp;

    private Path path;

    @BeforeEach
    void name() {
        path = temp.resolve("index");
    }

    private IndexFolder folder(long maxBytes) {
        return new IndexFolder(path, maxBytes, Files::write, Machine.ofThisProcess());
    }

    private static IndexEntry entry(String version, Piece... pieces) {
        return new IndexEntry(version, 1000, StoredRanges.of(List.of(pieces)));
    }

    private static Piece piece(long offset, String text) {
        return new Piece(offset, text.getBytes(StandardCharsets.US_ASCII));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.sorted().toList();
        }
    }

    private static String text(Optional<IndexEntry> entry, long offset, int length) {
        return new String(entry.orElseThrow().ranges().read(offset, length), StandardCharsets.US_ASCII);
    }

    @Test
    void keepsRangesThatOverlapOrTouchAsOne() {
        folder(MAX)
                .save(NAME, entry("\"v\"", piece(10, "klmno"), piece(0, "abcde"), piece(5, "fghijk"), piece(50, "z")));
        Optional<IndexEntry> found = folder(MAX).load(NAME);
        assertEquals("\"v\"", found.orElseThrow().version());
        assertEquals(1000, found.orElseThrow().sizeBytes());
        assertEquals("abcdefghijklmno", text(found, 0, 15));
        assertEquals("ijklm", text(found, 8, 5));
        assertEquals(2, found.orElseThrow().ranges().pieces().size());
        assertNull(found.orElseThrow().ranges().read(10, 6));
        assertNull(found.orElseThrow().ranges().read(49, 1));
        assertNull(found.orElseThrow().ranges().read(51, 1));
        assertNull(found.orElseThrow().ranges().read(Long.MAX_VALUE, 1));
        assertFalse(found.orElseThrow().ranges().covers(14, 2));
        assertTrue(folder(MAX).load("https://example.org/other.h5").isEmpty());
    }

    @Test
    void ignoresAnEntryWithAnyByteChangedOrMissing() throws IOException {
        byte[] good = entry("\"version\"", piece(0, "abcde"), piece(700, "xyz")).toBytes(NAME);
        assertTrue(IndexEntry.parse(good, NAME).isPresent());
        for (int i = 0; i < good.length; i++) {
            assertTrue(IndexEntry.parse(Arrays.copyOf(good, i), NAME).isEmpty(), "cut at " + i);
            for (int bit = 0; bit < 8; bit++) {
                byte[] bad = good.clone();
                bad[i] ^= (byte) (1 << bit);
                assertTrue(IndexEntry.parse(bad, NAME).isEmpty(), "byte " + i + " bit " + bit);
            }
        }
        assertTrue(IndexEntry.parse(Arrays.copyOf(good, good.length + 1), NAME).isEmpty());
        folder(MAX).save(NAME, entry("\"old\""));
        Files.write(files().get(0), Arrays.copyOf(good, good.length - 1));
        assertTrue(folder(MAX).load(NAME).isEmpty());
        folder(MAX).save(NAME, entry("\"new\""));
        assertEquals("\"new\"", folder(MAX).load(NAME).orElseThrow().version());
    }

    /** Whoever can compute a checksum can also write nonsense. */
    @Test
    void ignoresAnEntryWithAnyNumberReplacedAndItsChecksumMadeRight() throws NoSuchAlgorithmException {
        IndexEntry right = entry("\"version\"", piece(0, "abcde"), piece(700, "xyz"));
        byte[] good = right.toBytes(NAME);
        int body = good.length - 32;
        for (int i = 0; i + 4 <= body; i++) {
            for (int value : new int[] {-1, 0, 1, 2, 995, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                byte[] bad = good.clone();
                ByteBuffer.wrap(bad).putInt(i, value);
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(bad, 0, body);
                System.arraycopy(digest.digest(), 0, bad, body, 32);
                Optional<IndexEntry> parsed = IndexEntry.parse(bad, NAME);
                if (parsed.isPresent()) {
                    for (Piece one : parsed.get().ranges().pieces()) {
                        assertTrue(one.offset() >= 0
                                && one.end() <= parsed.get().sizeBytes()
                                && one.bytes().length <= good.length);
                    }
                }
            }
        }
    }

    @Test
    void ignoresAnEntryOfAnotherObjectUnderItsName() throws IOException {
        folder(MAX).save(NAME, entry("\"v\""));
        folder(MAX).save("file:/other", entry("\"v\""));
        Path other = path.resolve(IndexEntry.fileName("file:/other"));
        Files.copy(other, path.resolve(IndexEntry.fileName(NAME)), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertTrue(folder(MAX).load(NAME).isEmpty());
    }

    @Test
    void ignoresAFileThatIsLongerThanAnyEntry() throws IOException {
        folder(4000).save(NAME, entry("\"v\""));
        assertEquals(1, files().size());
        byte[] good = Files.readAllBytes(files().get(0));
        Files.write(files().get(0), Arrays.copyOf(good, 5000));
        assertTrue(folder(4000).load(NAME).isEmpty());
        folder(400).save("file:/long", entry("\"v\""));
        assertEquals(1, files().size(), "an entry that takes more than its share is not kept");
    }

    @Test
    void isPrivateToTheUser() throws IOException {
        assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"));
        folder(MAX).save(NAME, entry("\"v\""));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))));
    }

    @Test
    void doesNotBelieveAFolderThatOthersMayWriteTo() throws IOException {
        assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"));
        folder(MAX).save(NAME, entry("\"v\""));
        for (String open : List.of("rwxrwx---", "rwx----w-")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(open));
            try (Warnings warnings = new Warnings()) {
                assertTrue(folder(MAX).load(NAME).isEmpty());
                assertEquals(1, warnings.texts.size());
            }
        }
    }

    @Test
    void deletesWhatWasUsedLeastRecently() throws IOException {
        String text = "x".repeat(500);
        long bytes = new IndexEntry("\"v\"", 1000, StoredRanges.of(List.of(piece(0, text)))).toBytes(NAME).length;
        IndexFolder folder = folder(5 * bytes);
        for (int i = 0; i < 5; i++) {
            folder.save("file:/" + i, entry("\"v\"", piece(0, text)));
            used("file:/" + i, Duration.ofMinutes(60 - i));
        }
        assertEquals(5, files().size());
        assertTrue(folder.load("file:/0").isPresent());
        folder.save("file:/5", entry("\"v\"", piece(0, text)));
        assertEquals(5, files().size());
        assertTrue(folder.load("file:/0").isPresent(), "was used just now");
        assertTrue(folder.load("file:/1").isEmpty(), "was used least recently");
        Files.write(path.resolve("notes.txt"), new byte[(int) (9 * bytes)]);
        folder.save("file:/6", entry("\"v\"", piece(0, text)));
        assertTrue(Files.exists(path.resolve("notes.txt")), "what is not ours is not touched");
        assertEquals(6, files().size());
    }

    private void used(String identity, Duration ago) throws IOException {
        Files.setLastModifiedTime(
                path.resolve(IndexEntry.fileName(identity)),
                FileTime.from(Instant.now().minus(ago)));
    }

    @Test
    void deletesWhatAProcessThatDiedLeftBehind() throws IOException {
        folder(MAX).save(NAME, entry("\"v\""));
        Path left = Files.createFile(path.resolve("part-123.tmp"));
        Path fresh = Files.createFile(path.resolve("part-124.tmp"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        folder(MAX).save("file:/b", entry("\"v\""));
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(fresh), "somebody may be writing it");
    }

    @Test
    void aFullDiskIsOneWarningAndLeavesNothing() throws IOException {
        folder(MAX).save(NAME, entry("\"before\""));
        AtomicInteger writes = new AtomicInteger();
        IndexFolder full = new IndexFolder(
                path,
                MAX,
                (file, content) -> {
                    writes.incrementAndGet();
                    Files.write(file, Arrays.copyOf(content, 20));
                    throw new IOException("No space left on device");
                },
                Machine.ofThisProcess());
        try (Warnings warnings = new Warnings()) {
            full.save(NAME, entry("\"v\""));
            full.save("file:/other", entry("\"v\""));
            assertEquals(1, warnings.texts.size());
            assertTrue(warnings.texts.get(0).contains("No space left on device"), warnings.texts.get(0));
            assertFalse(warnings.texts.get(0).contains("example.org"));
        }
        assertEquals(2, writes.get(), "there may be room again later");
        assertEquals(1, files().size());
        assertEquals("\"before\"", full.load(NAME).orElseThrow().version());
    }

    @Test
    void aFileInPlaceOfTheFolderIsOneWarning() throws IOException {
        Files.write(path, new byte[1]);
        try (Warnings warnings = new Warnings()) {
            IndexFolder folder = folder(MAX);
            assertTrue(folder.load(NAME).isEmpty());
            folder.save(NAME, entry("\"v\""));
            folder.drop(NAME);
            assertEquals(1, warnings.texts.size());
        }
    }

    @Test
    void whatAnotherProcessDeletedIsNoWarning() throws IOException {
        IndexFolder folder = folder(MAX);
        folder.save(NAME, entry("\"v\""));
        try (Warnings warnings = new Warnings()) {
            Files.delete(files().get(0));
            assertTrue(folder.load(NAME).isEmpty());
            folder.drop(NAME);
            Files.delete(path);
            assertTrue(folder.load(NAME).isEmpty());
            folder.drop(NAME);
            folder.save(NAME, entry("\"again\""));
            assertEquals("\"again\"", folder.load(NAME).orElseThrow().version());
            assertEquals(List.of(), warnings.texts);
        }
    }

    @Test
    void aReaderSeesTheOldEntryUntilTheNewOneIsWhole() throws Exception {
        folder(MAX).save(NAME, entry("\"old\"", piece(0, "old")));
        CountDownLatch half = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        IndexFolder slow = new IndexFolder(
                path,
                MAX,
                (file, content) -> {
                    Files.write(file, Arrays.copyOf(content, content.length / 2));
                    half.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    Files.write(file, content);
                },
                Machine.ofThisProcess());
        Thread writer = new Thread(() -> slow.save(NAME, entry("\"new\"", piece(0, "new"))));
        writer.start();
        half.await();
        assertEquals("old", text(folder(MAX).load(NAME), 0, 3));
        folder(MAX).save(NAME, entry("\"other\"", piece(0, "oth")));
        assertEquals("oth", text(folder(MAX).load(NAME), 0, 3));
        goOn.countDown();
        writer.join();
        assertEquals("new", text(folder(MAX).load(NAME), 0, 3));
        assertEquals(1, files().size());
    }

    @Test
    void namesTellNothing() {
        String name = IndexEntry.fileName("s3://bucket/key");
        assertTrue(name.matches("[0-9a-f]{64}\\.h5index"), name);
        byte[] content = entry("\"v\"").toBytes("s3://bucket/key");
        assertFalse(new String(content, StandardCharsets.ISO_8859_1).contains("bucket"));
        assertArrayEquals(content, entry("\"v\"").toBytes("s3://bucket/key"));
    }

    @Test
    void aMissingFolderIsNotMadeForReading() {
        assertTrue(folder(MAX).load(NAME).isEmpty());
        assertFalse(Files.exists(path));
    }

    /** Collects what is logged as a warning. */
    private static final class Warnings extends Handler implements AutoCloseable {
        final List<String> texts = new ArrayList<>();
        private final Logger logger = Logger.getLogger("io.h5coro.indexcache");

        Warnings() {
            logger.addHandler(this);
            logger.setUseParentHandlers(false);
        }

        @Override
        public void publish(LogRecord record) {
            texts.add(new java.util.logging.SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {
            // Nothing is held.
        }

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
        }
    }
}
