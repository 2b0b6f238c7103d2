// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A folder that its owner alone can change: who may write to it decides what data its owner believes. Symbolic links
 * are never followed from it on. Thread-safe.
 */
final class PrivateFolder {
    /** Names of files that are being written, or were when a process died. */
    private static final Pattern PART = Pattern.compile("part-[0-9]+\\.tmp");

    private final Path path;
    private final boolean posix;

    PrivateFolder(Path path) {
        this.path = path;
        this.posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the folder, and those above it, unless it is there. */
    void create() throws IOException {
        if (!exists()) {
            Files.createDirectories(path, onlyOwner("rwx------"));
        }
    }

    /**
     * Checks that nobody else can change what is in the folder.
     *
     * @throws IOException when others can, or it is no folder
     */
    void check() throws IOException {
        if (Files.isSymbolicLink(path)) {
            throw new IOException("it is a symbolic link; name the folder that it leads to");
        }
        if (!isFolder(path)) {
            throw new IOException("it is not a folder");
        }
        if (!posix) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("others than its owner may write to it");
        }
        Path mine = part();
        try {
            if (!Files.getOwner(mine).equals(Files.getOwner(path))) {
                throw new IOException("it belongs to another user");
            }
        } finally {
            Files.deleteIfExists(mine);
        }
    }

    /** Makes a folder in it, unless it is there; a link of that name is an error. */
    Path folder(String name) throws IOException {
        Path inside = path.resolve(name);
        try {
            return Files.createDirectory(inside, onlyOwner("rwx------"));
        } catch (FileAlreadyExistsException there) {
            if (!isFolder(inside)) {
                throw there;
            }
            return inside;
        }
    }

    /** Whether it is a folder and not a link to one. */
    static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes an empty file to write to, which is to be moved or deleted. */
    Path part() throws IOException {
        return Files.createTempFile(path, "part-", ".tmp", onlyOwner("rw-------"));
    }

    /** Whether a file was made by {@link #part}. */
    static boolean isPart(Path file) {
        return PART.matcher(file.getFileName().toString()).matches();
    }

    private FileAttribute<?>[] onlyOwner(String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
