// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.h5coro.storage.StorageException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileRangeReaderTest extends RangeReaderContract {
    private static final ByteRange HEAD = new ByteRange(0, 10);

    @TempDir
    Path folder;

    @Override
    protected RangeReader open(byte[] content) throws Exception {
        return new FileRangeReader(write("object " + content.length + "#1.h5", content));
    }

    @Override
    protected Optional<RangeReader> openMissing() {
        return Optional.of(new FileRangeReader(folder.resolve("missing.h5")));
    }

    private Path write(String name, byte[] content) throws Exception {
        return Files.write(folder.resolve(name), content);
    }

    @Test
    void aFolderIsNoObject() {
        failure(Kind.INVALID, new FileRangeReader(folder).read(HEAD));
    }

    @Test
    void aPathThroughAFileIsMissing() throws Exception {
        Path file = write("file.h5", noise(10, 1));
        failure(Kind.NOT_FOUND, new FileRangeReader(file.resolve("group/dataset")).read(HEAD));
    }

    @Test
    void aDeviceIsRefusedInsteadOfReadForEver() {
        Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device));
        failure(Kind.INVALID, new FileRangeReader(device).read(HEAD));
    }

    @Test
    void missingPermissionIsAccessDenied() throws Exception {
        Path file = write("secret.h5", noise(10, 1));
        assumeTrue(file.toFile().setReadable(false, false));
        assumeFalse(Files.isReadable(file), "this user reads everything");
        failure(Kind.ACCESS_DENIED, new FileRangeReader(file).read(HEAD));
    }

    @Test
    void aFileThatGrowsIsChanged() throws Exception {
        Path file = write("grows.h5", noise(100, 1));
        try (RangeReader reader = new FileRangeReader(file)) {
            get(reader.read(HEAD));
            Files.write(file, noise(10, 2), StandardOpenOption.APPEND);
            failure(Kind.CHANGED, reader.read(HEAD));
            assertEquals(OptionalLong.of(100), reader.size());
        }
    }

    @Test
    void aTruncatedFileIsChanged() throws Exception {
        Path file = write("truncated.h5", noise(100, 1));
        try (RangeReader reader = new FileRangeReader(file)) {
            get(reader.read(HEAD));
            Files.write(file, noise(50, 1));
            failure(Kind.CHANGED, reader.read(new ByteRange(60, 10)));
            failure(Kind.CHANGED, reader.read(HEAD));
        }
    }

    @Test
    void aRewriteOfTheSameSizeIsChanged() throws Exception {
        Path file = write("rewritten.h5", noise(100, 1));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        try (RangeReader reader = new FileRangeReader(file)) {
            get(reader.read(HEAD));
            Files.write(file, noise(100, 2));
            failure(Kind.CHANGED, reader.read(HEAD));
        }
    }

    @Test
    void aRewriteInPlaceThatKeepsSizeAndTimeOfModificationIsChanged() throws Exception {
        Path file = write("preserved.h5", noise(100, 1));
        assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("unix"));
        try (RangeReader reader = new FileRangeReader(file)) {
            get(reader.read(HEAD));
            rewriteAsCpDoes(file, noise(100, 2));
            failure(Kind.CHANGED, reader.read(HEAD));
        }
    }

    @Test
    void theIndexCacheIsNotToldOfTheOldVersionAfterCpDashP() throws Exception {
        Path file = write("preserved.h5", noise(100, 1));
        assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("unix"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        String version;
        try (RangeReader reader = new FileRangeReader(file)) {
            get(reader.read(HEAD));
            version = reader.strongVersion().orElseThrow();
        }
        try (RangeReader same = new FileRangeReader(file)) {
            assertTrue(same.expect(version, 100));
        }
        rewriteAsCpDoes(file, noise(100, 2));
        try (RangeReader other = new FileRangeReader(file)) {
            assertFalse(other.expect(version, 100));
        }
    }

    private void rewriteAsCpDoes(Path file, byte[] bytes) throws Exception {
        // Two changes within a tick of the file system's clock have the same time.
        Object written = Files.getAttribute(file, "unix:ctime");
        Path later = folder.resolve("later");
        Eventually.holds(() -> !changed(later).equals(written));
        FileTime before = Files.getLastModifiedTime(file);
        Files.write(file, bytes, StandardOpenOption.WRITE);
        Files.setLastModifiedTime(file, before);
    }

    /** Writes a file; when that was, by the file system's clock. */
    private static Object changed(Path file) {
        try {
            return Files.getAttribute(Files.write(file, new byte[1]), "unix:ctime");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aReplacedFileIsChangedAlsoWithTheSameTimeAndSize() throws Exception {
        Path file = write("replaced.h5", noise(100, 1));
        Path other = write("other.h5", noise(100, 2));
        try (RangeReader reader = new FileRangeReader(file)) {
            get(reader.read(HEAD));
            Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            failure(Kind.CHANGED, reader.read(HEAD));
        }
    }

    @Test
    void aRemovedFileIsChanged() throws Exception {
        Path file = write("removed.h5", noise(100, 1));
        try (RangeReader reader = new FileRangeReader(file)) {
            get(reader.read(HEAD));
            Files.delete(file);
            failure(Kind.CHANGED, reader.read(HEAD));
        }
    }

    @Test
    void readsBehindTwoGibibytes() throws Exception {
        Path file = folder.resolve("sparse.h5");
        byte[] tail = noise(1_000, 3);
        long offset = (5L << 30) + 17;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.seek(offset);
            sparse.write(tail);
        }
        try (RangeReader reader = new FileRangeReader(file)) {
            assertArrayEquals(tail, get(reader.read(new ByteRange(offset, 5_000))));
            assertEquals(OptionalLong.of(offset + tail.length), reader.size());
            failure(Kind.INVALID, reader.read(new ByteRange(0, 4L << 30)));
        }
    }

    @Test
    void aChannelClosedByAnInterruptIsOpenedAgain() throws Exception {
        byte[] content = noise(100_000, 4);
        try (RangeReader reader = open(content)) {
            for (int i = 0; i < 50; i++) {
                // The callback runs on a thread of the reader (or here) and leaves its flag set.
                CompletableFuture<byte[]> rude = reader.read(HEAD)
                        .whenComplete((bytes, failure) -> Thread.currentThread().interrupt());
                CompletableFuture<byte[]> polite = reader.read(new ByteRange(i, 50_000));
                rude.get(60, TimeUnit.SECONDS);
                Thread.interrupted();
                assertArrayEquals(part(content, new ByteRange(i, 50_000)), get(polite));
            }
        }
    }

    @Test
    void leavesNoThreadAfterClose() throws Exception {
        RangeReader reader = open(noise(1_000, 5));
        get(reader.read(HEAD));
        reader.close();
        Eventually.noThread("h5coro-file"::equals);
    }
}
