// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes one state of a local file from another. Immutable.
 *
 * <p>Where the file system has a time of the last change of the inode (the {@code unix} view), which programs cannot
 * set, a rewrite is noticed whatever size and time of modification the file is given afterwards ({@code cp -p}). That
 * time advances with the kernel's clock ticks, so a file that was written less than one tick ago is checked again a
 * little later before it is read. Not noticed are:
 *
 * <ul>
 *   <li>writing through a mapping of the file into memory ({@code mmap}). The times change at the first write to a page
 *       and when pages are written back, not with each write;
 *   <li>without such a view, or where its times are whole seconds: a rewrite that restores size and time of
 *       modification, or happens within the same second.
 * </ul>
 *
 * @param sizeBytes size of the file
 * @param modified when the content was last changed
 * @param changed when content or attributes were last changed; null when the file system does not say
 * @param key the file system's identity of the file (device and inode); null when there is none
 */
record FileVersion(
        long sizeBytes,
        Instant modified,
        @Nullable Instant changed,
        @Nullable Object key) {
    private static final int SETTLED_SECONDS = 3;

    /** Two clock ticks of the slowest kernel, of 100 in a second. */
    private static final long TICKS_NANOS = 20_000_000;

    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final int LOOKS = 3;

    /**
     * The state of a regular file now.
     *
     * @throws StorageException of kind {@code INVALID} when the path is a directory, pipe or device
     * @throws IOException when the file system says so
     */
    static FileVersion of(Path path) throws IOException {
        return of(path, Files.readAttributes(path, BasicFileAttributes.class));
    }

    /** The state of a regular file whose attributes were read just now; see {@link #of(Path)}. */
    static FileVersion of(Path path, BasicFileAttributes attributes) throws IOException {
        if (attributes.isDirectory()) {
            throw new StorageException(StorageException.Kind.INVALID, path + ": is a directory");
        }
        if (!attributes.isRegularFile()) {
            throw new StorageException(StorageException.Kind.INVALID, path + ": is not a regular file");
        }
        return new FileVersion(
                attributes.size(), attributes.lastModifiedTime().toInstant(), changed(path), attributes.fileKey());
    }

    /**
     * Returns the state of a file that is not being written to, as far as its times show: any later write has another
     * time. A file that does not come to rest is taken as it is. May wait for some milliseconds.
     */
    static FileVersion ofResting(Path path, Machine machine) throws IOException {
        FileVersion now = of(path);
        boolean interrupted = false;
        for (int look = 1; look < LOOKS && now.isYoung(machine.now()); look++) {
            try {
                machine.sleep(Duration.ofNanos(TICKS_NANOS));
            } catch (InterruptedException e) {
                interrupted = true;
            }
            now = of(path);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return now;
    }

    @SuppressWarnings("JavaInstantGetSecondsGetNano") // whether the file system counts finer than milliseconds
    private boolean isYoung(Instant now) {
        return changed != null
                && changed.getNano() % NANOS_OF_MILLI != 0
                && changed.plusNanos(TICKS_NANOS).isAfter(now)
                && !changed.isAfter(now);
    }

    private static @Nullable Instant changed(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return null;
        }
        return Files.getAttribute(path, "unix:ctime") instanceof FileTime time ? time.toInstant() : null;
    }

    /** Returns everything that distinguishes this state from another, as text. */
    String strongText() {
        return text() + "/" + changed + "/" + key;
    }

    /** How another state differs from this one, for messages. */
    String difference(FileVersion now) {
        String before = text();
        String after = now.text();
        if (before.equals(after)) {
            return Objects.equals(key, now.key)
                    ? "it was written to at " + now.changed + ", and keeps its size and time of modification"
                    : "another file of the same size and time of modification is there";
        }
        return "it was " + before + " and is now " + after;
    }

    /**
     * Whether every later rewrite gives the file another time: a file that was modified just now may be modified again
     * within the resolution of its time, which is up to 2 seconds on old file systems.
     */
    boolean isSettled(Instant now) {
        return modified.plusSeconds(SETTLED_SECONDS).isBefore(now) && !isYoung(now);
    }

    /** Time and size as text. */
    String text() {
        return modified + "/" + sizeBytes;
    }
}
