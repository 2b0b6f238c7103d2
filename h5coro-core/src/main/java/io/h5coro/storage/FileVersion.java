// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a local file from another.
 *
 * <p>A rewrite that keeps size, file key and the time of modification (to the resolution of the file system, some
 * milliseconds) is not noticed.
 *
 * @param sizeBytes the size of the file
 * @param modified when the content was last changed
 * @param key the file system's own identity of the file (device and inode), null where there is none
 */
record FileVersion(
        long sizeBytes, Instant modified, @Nullable Object key) {
    private static final int SETTLED_SECONDS = 3;

    /**
     * The state of a regular file now.
     *
     * @throws StorageException of kind {@code INVALID} when the path is a directory, pipe or device
     * @throws IOException when the file system says so
     */
    static FileVersion of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            throw new StorageException(StorageException.Kind.INVALID, path + ": is a directory");
        }
        if (!attributes.isRegularFile()) {
            throw new StorageException(StorageException.Kind.INVALID, path + ": is not a regular file");
        }
        return new FileVersion(attributes.size(), attributes.lastModifiedTime().toInstant(), attributes.fileKey());
    }

    /** All that tells this state from another, as text. */
    String strongText() {
        return text() + "/" + key;
    }

    /**
     * Whether every later rewrite gives the file another time: a file that was modified just now may be modified again
     * within the resolution of its time, which is up to 2 seconds on old file systems.
     */
    boolean isSettled(Instant now) {
        return modified.plusSeconds(SETTLED_SECONDS).isBefore(now);
    }

    /** Time and size as text. */
    String text() {
        return modified + "/" + sizeBytes;
    }
}
