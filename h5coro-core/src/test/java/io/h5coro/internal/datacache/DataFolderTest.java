// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are full, foreign, shared, damaged or left behind. */
final class DataFolderTest {
    private static final ObjectKey KEY = ObjectKey.of("https://example.org/a.h5", "\"v1\"", 10_000_000);
    private static final ObjectKey NEWER = ObjectKey.of("https://example.org/a.h5", "\"v2\"", 10_000_000);
    private static final ObjectKey OTHER = ObjectKey.of("https://example.org/b.h5", "\"v1\"", 10_000_000);
    private static final long MAX = 4 << 20;

    @TempDir
    Path temp;

    private final List<LogRecord> warnings = new ArrayList<>();
    private final Logger logger = Logger.getLogger("io.h5coro.datacache");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(entry);
            }
        }

        @Override
        public void flush() {
            // Nothing is held.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    private Path path;

    @BeforeEach
    void listen() {
        path = temp.resolve("data");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    private DataFolder folder(long maxBytes) {
        return new DataFolder(path, maxBytes, DataFolder::write, new Ground(Machine.ofThisProcess(), Runnable::run));
    }

    private static Stretch stretch(long offset, int length) {
        byte[] bytes = new byte[length];
        new Random(offset).nextBytes(bytes);
        return Stretch.of(offset, bytes);
    }

    private static Entry write(DataFolder folder, ObjectKey key, Stretch... stretches) {
        return folder.write(key, List.of(stretches)).orElseThrow();
    }

    private List<Path> files() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(file -> !Files.isDirectory(file)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void age(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void keepsEntriesOfAVersionForOthersToFind() {
        Entry one = write(folder(MAX), KEY, stretch(100, 50));
        Entry several = write(folder(MAX), KEY, stretch(1000, 5), stretch(2000, 7));
        DataFolder another = folder(MAX);
        assertEquals(
                List.of(one, several),
                another.entries(KEY).stream()
                        .sorted((a, b) -> a.ranges().get(0).compareTo(b.ranges().get(0)))
                        .toList());
        assertArrayEquals(stretch(2000, 7).array(), another.read(KEY, several, new ByteRange(2000, 7)));
        assertEquals(List.of(), another.entries(NEWER));
        assertEquals(List.of(), another.entries(OTHER));
        assertNull(another.read(NEWER, one, new ByteRange(100, 50)), "under the key of another version");
    }

    @Test
    void entriesOfOtherVersionsAreForgottenAndThoseOfOtherObjectsAreNot() {
        DataFolder folder = folder(MAX);
        Entry old = write(folder, KEY, stretch(0, 100));
        Entry now = write(folder, NEWER, stretch(0, 100));
        write(folder, OTHER, stretch(0, 100));
        folder.forgetOthers(NEWER);
        assertNull(folder.read(KEY, old, new ByteRange(0, 100)));
        assertEquals(List.of(now), folder.entries(NEWER));
        assertEquals(1, folder.entries(OTHER).size());
        folder.forget(NEWER.object());
        assertEquals(List.of(), folder.entries(NEWER));
        assertEquals(1, folder.entries(OTHER).size());
        assertEquals(1, files().size());
        assertEquals(List.of(), warnings);
    }

    @Test
    void aDamagedEntryIsDeleted() throws IOException {
        DataFolder folder = folder(MAX);
        Entry entry = write(folder, KEY, stretch(0, 1000));
        byte[] bytes = Files.readAllBytes(files().get(0));
        bytes[bytes.length - 1] ^= 1;
        Files.write(files().get(0), bytes);
        assertNull(folder.read(KEY, entry, new ByteRange(0, 1000)));
        assertEquals(List.of(), files());
        write(folder, KEY, stretch(0, 10), stretch(500, 10));
        Files.write(files().get(0), new byte[3]);
        assertEquals(List.of(), folder.entries(KEY), "several ranges are known from the file alone");
        assertEquals(List.of(), files());
        assertEquals(List.of(), warnings);
    }

    @Test
    void deletesWhatWasUsedLeastRecentlyAndStaysBelowItsBound() throws IOException {
        DataFolder folder = folder(MAX);
        Entry first = write(folder, KEY, stretch(0, 200_000));
        Entry second = write(folder, KEY, stretch(200_000, 200_000));
        for (Path file : files()) {
            age(file, Duration.ofDays(2));
        }
        for (int i = 2; i < 60; i++) {
            if (i == 15) {
                assertEquals(10, folder.read(KEY, first, new ByteRange(0, 10)).length, "is used now");
            }
            folder.write(KEY, List.of(stretch(i * 200_000L, 200_000)));
            long bytes = files().stream().mapToLong(DataFolderTest::size).sum();
            assertTrue(bytes <= MAX, i + ": " + bytes);
            if (i == 20) {
                assertNull(folder.read(KEY, second, new ByteRange(200_000, 10)), "went first");
                assertEquals(10, folder.read(KEY, first, new ByteRange(0, 10)).length);
            }
        }
        assertTrue(files().size() >= 15, "the folder is well filled");
        assertEquals(List.of(), warnings);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatOthersWroteCountsAndGoesToo() {
        DataFolder other = folder(MAX);
        for (int i = 0; i < 18; i++) {
            write(other, OTHER, stretch(i * 200_000L, 200_000));
        }
        DataFolder folder = folder(MAX);
        for (int i = 0; i < 15; i++) {
            folder.write(KEY, List.of(stretch(i * 200_000L, 200_000)));
        }
        assertTrue(files().stream().mapToLong(DataFolderTest::size).sum() <= MAX);
        assertTrue(folder.entries(KEY).size() >= 10);
        assertTrue(folder.entries(OTHER).size() < 18);
    }

    @Test
    void neitherTooLongEntriesNorForeignFilesAreTouched() throws IOException {
        Files.createDirectories(path);
        Path foreign = Files.write(path.resolve("notes.txt"), new byte[5 << 20]);
        Path inside = path.resolve(KEY.object());
        Files.createDirectories(inside);
        Path alsoForeign = Files.write(inside.resolve("notes.txt"), new byte[10]);
        age(foreign, Duration.ofDays(9));
        age(alsoForeign, Duration.ofDays(9));
        DataFolder folder = folder(MAX);
        for (int i = 0; i < 40; i++) {
            folder.write(KEY, List.of(stretch(i * 200_000L, 200_000)));
        }
        folder.forget(KEY.object());
        assertEquals(List.of(alsoForeign, foreign), files());
    }

    @Test
    void deletesWhatAProcessThatDiedLeftBehindAndNothingThatIsBeingWritten() throws IOException {
        Files.createDirectories(path);
        Path dead = Files.write(path.resolve("part-123.tmp"), new byte[10]);
        Path ahead = Files.write(path.resolve("part-124.tmp"), new byte[10]);
        Path alive = Files.write(path.resolve("part-125.tmp"), new byte[10]);
        Path empty = Files.createDirectory(path.resolve(OTHER.object()));
        age(dead, Duration.ofHours(2));
        age(ahead, Duration.ofHours(-2));
        write(folder(MAX), KEY, stretch(0, 10));
        assertFalse(Files.exists(dead));
        assertFalse(Files.exists(ahead), "of a clock that was wrong");
        assertTrue(Files.exists(alive));
        assertFalse(Files.exists(empty));
    }

    @Test
    void aFullDiskIsOneWarningAndLeavesNothing() {
        write(folder(MAX), KEY, stretch(0, 1000));
        int[] tries = new int[1];
        DataFolder full = new DataFolder(
                path,
                MAX,
                (file, content) -> {
                    tries[0]++;
                    Files.write(file, new byte[20]);
                    throw new IOException("No space left on device");
                },
                new Ground(Machine.ofThisProcess(), Runnable::run));
        for (int i = 1; i < 5; i++) {
            assertTrue(full.write(KEY, List.of(stretch(i * 1000L, 1000))).isEmpty());
        }
        assertEquals(1, tries[0], "nothing more is written");
        assertEquals(1, files().size());
        assertEquals(1, warnings.size());
        Entry before = full.entries(KEY).get(0);
        assertEquals(1000, full.read(KEY, before, new ByteRange(0, 1000)).length, "what is there is still read");
    }

    @Test
    void aFileInPlaceOfTheFolderIsOneWarning() throws IOException {
        Files.write(path, new byte[1]);
        DataFolder folder = folder(MAX);
        assertEquals(List.of(), folder.entries(KEY));
        assertTrue(folder.write(KEY, List.of(stretch(0, 10))).isEmpty());
        folder.forget(KEY.object());
        assertEquals(1, warnings.size());
        assertEquals(1, Files.size(path));
    }

    @Test
    void aFolderThatVanishesIsMadeAgain() throws IOException {
        DataFolder folder = folder(MAX);
        Entry entry = write(folder, KEY, stretch(0, 10));
        Files.delete(files().get(0));
        Files.delete(path.resolve(KEY.object()));
        Files.delete(path);
        assertNull(folder.read(KEY, entry, new ByteRange(0, 10)));
        assertTrue(folder.write(KEY, List.of(stretch(0, 10))).isEmpty(), "this one is lost");
        assertTrue(folder.write(KEY, List.of(stretch(0, 10))).isPresent());
        assertEquals(List.of(), warnings);
    }

    @Test
    void isPrivateToTheUser() throws IOException {
        assumeTrue(path.getFileSystem().supportedFileAttributeViews().contains("posix"));
        write(folder(MAX), KEY, stretch(0, 10));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve(KEY.object()))));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))));
    }

    @Test
    void doesNotBelieveAFolderThatOthersMayWriteTo() throws IOException {
        assumeTrue(path.getFileSystem().supportedFileAttributeViews().contains("posix"));
        write(folder(MAX), KEY, stretch(0, 10));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwx---"));
        DataFolder folder = folder(MAX);
        assertEquals(List.of(), folder.entries(KEY));
        assertTrue(folder.write(KEY, List.of(stretch(50, 10))).isEmpty());
        assertEquals(1, warnings.size());
        assertTrue(String.valueOf(warnings.get(0).getParameters()[2]).contains("may write to it"));
    }

    @Test
    void followsNoSymbolicLink() throws IOException {
        assumeTrue(path.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
        // The folder itself.
        Files.createSymbolicLink(path, elsewhere);
        assertTrue(folder(MAX).write(KEY, List.of(stretch(0, 10))).isEmpty());
        assertEquals(List.of(), folder(MAX).entries(KEY));
        assertEquals(2, warnings.size());
        Files.delete(path);
        // The folder of an object.
        DataFolder folder = folder(MAX);
        Entry entry = write(folder, OTHER, stretch(0, 10));
        Files.createSymbolicLink(path.resolve(KEY.object()), path.resolve(OTHER.object()));
        assertEquals(List.of(), folder.entries(KEY));
        assertTrue(folder.write(KEY, List.of(stretch(0, 10))).isEmpty());
        // An entry.
        Path file = path.resolve(OTHER.object()).resolve(entry.name());
        Path moved = Files.move(file, elsewhere.resolve("moved"));
        Files.createSymbolicLink(file, moved);
        assertNull(folder(MAX).read(OTHER, entry, new ByteRange(0, 10)));
        try (Stream<Path> inside = Files.list(elsewhere)) {
            assertEquals(List.of(moved), inside.toList());
        }
    }
}
