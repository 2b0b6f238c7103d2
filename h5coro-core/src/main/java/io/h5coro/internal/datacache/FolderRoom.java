// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How much of a folder's bound is used. Looking through a full folder takes a second, so it is done when this process
 * has written an eighth of the bound, or is about to exceed it, and on a thread of its own while writes go on; that
 * leaves enough free for the next eighth. Times of files decide what goes first, and nothing else. Thread-safe.
 */
final class FolderRoom {
    /** A file takes whole pages of a disk, and space for its name. */
    private static final long PAGE_BYTES = 4 << 10;

    /** Clearing leaves the bound less one part in so many. */
    private static final int FREE_PARTS = 8;

    /** Not more than one part in so many is written without a look at what other processes have written. */
    private static final int BLIND_PARTS = 4;

    /** Clearing begins when less than one part in so many is free. */
    private static final int LOW_PARTS = 32;

    /** Folders of objects; nothing else in the folder is ever looked into. */
    static final Pattern OBJECT = Pattern.compile("[0-9a-f]{64}");

    /**
     * Nobody writes one file so long: it was left by a process that died. Too short a time would delete a file under
     * another process's hands, which then does not keep it.
     */
    private static final Duration LONGEST_WRITE = Duration.ofHours(1);

    private final Path folder;
    private final long maxBytes;
    private final Machine machine;
    private final Executor clearing;
    private final Consumer<Exception> failed;

    /** Bytes of all files when they were last looked through, and of what was written since; -1 before. */
    @GuardedBy("this")
    private long used = -1;

    /** Bytes taken since then. */
    @GuardedBy("this")
    private long written;

    /** Bytes taken for files that are not in their places yet, where nobody who looks through the folder sees them. */
    @GuardedBy("this")
    private long unseen;

    @GuardedBy("this")
    private boolean underWay;

    /**
     * Room in a folder that was not looked through yet.
     *
     * @param ground has what looks through it, and the clock
     * @param failed is told when that fails
     */
    FolderRoom(Path folder, long maxBytes, Ground ground, Consumer<Exception> failed) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.clearing = ground.clearing();
        this.machine = ground.machine();
        this.failed = failed;
    }

    /** What a file of so many bytes takes. */
    static long taken(long bytes) {
        return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    /** Takes room for a file; false when there is none now. Blocks the first time. */
    boolean take(long bytes) {
        boolean first;
        boolean clear;
        synchronized (this) {
            first = used < 0 && !underWay;
            boolean low = used + taken(bytes) > maxBytes - maxBytes / LOW_PARTS || written > maxBytes / FREE_PARTS;
            clear = !first && low && !underWay;
            underWay |= first || clear;
        }
        if (first) {
            clear(bytes);
        } else if (clear) {
            clearLater(bytes);
        }
        synchronized (this) {
            boolean blind = written + taken(bytes) > maxBytes / BLIND_PARTS;
            if (used < 0 || blind || used + taken(bytes) > maxBytes) {
                return false;
            }
            used += taken(bytes);
            written += taken(bytes);
            unseen += taken(bytes);
            return true;
        }
    }

    private void clearLater(long bytes) {
        try {
            clearing.execute(() -> clear(bytes));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            // The next file that is written tries again.
            synchronized (this) {
                underWay = false;
            }
        }
    }

    /**
     * Says that a file for which room was taken is in its place, or will never be.
     *
     * @param kept whether it is there
     */
    synchronized void settle(long bytes, boolean kept) {
        unseen -= taken(bytes);
        if (!kept) {
            used -= taken(bytes);
            written -= taken(bytes);
        }
    }

    private void clear(long wanted) {
        long before;
        synchronized (this) {
            before = written - unseen;
        }
        long left = -1;
        try {
            left = clearNow(taken(wanted));
        } catch (IOException | RuntimeException e) {
            failed.accept(e);
        } finally {
            synchronized (this) {
                // What was written meanwhile may have been counted, too: rather too much than too little.
                written -= before;
                used = left < 0 ? used : left + written;
                underWay = false;
            }
        }
    }

    /**
     * A file of the folder.
     *
     * @param used when it was last read or written
     * @param bytes what it takes
     */
    private record Kept(Path file, Instant used, long bytes) {}

    /**
     * Deletes what died and, unless there is room enough, what was used least recently.
     *
     * @param wanted bytes about to be written
     * @return the bytes that are left
     */
    private long clearNow(long wanted) throws IOException {
        List<Kept> all = new ArrayList<>();
        long bytes = 0;
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
            for (Path path : inside) {
                if (PrivateFolder.isPart(path)) {
                    bytes += part(path);
                } else if (OBJECT.matcher(path.getFileName().toString()).matches() && PrivateFolder.isFolder(path)) {
                    entries(path, all);
                }
            }
        }
        bytes += all.stream().mapToLong(Kept::bytes).sum();
        if (bytes + wanted <= maxBytes - maxBytes / LOW_PARTS) {
            return bytes;
        }
        all.sort(Comparator.comparing(Kept::used));
        for (Kept oldest : all) {
            if (bytes <= maxBytes - maxBytes / FREE_PARTS) {
                break;
            }
            if (deleted(oldest.file)) {
                bytes -= oldest.bytes;
            }
        }
        return bytes;
    }

    /** A file that is being written, or was. */
    private long part(Path file) throws IOException {
        try {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Duration age = Duration.between(a.lastModifiedTime().toInstant(), machine.now());
            if (age.abs().compareTo(LONGEST_WRITE) > 0) {
                Files.deleteIfExists(file);
                return 0;
            }
            return taken(a.size());
        } catch (NoSuchFileException moved) {
            return 0;
        }
    }

    private static void entries(Path object, List<Kept> all) throws IOException {
        int before = all.size();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(object)) {
            for (Path file : files) {
                if (EntryName.PATTERN.matcher(file.getFileName().toString()).matches()) {
                    entry(file, all);
                }
            }
        } catch (NoSuchFileException another) {
            // Another process has deleted it.
        }
        if (all.size() == before) {
            deleteIfEmpty(object);
        }
    }

    private static void entry(Path file, List<Kept> all) throws IOException {
        try {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            all.add(new Kept(file, a.lastModifiedTime().toInstant(), taken(a.size())));
        } catch (NoSuchFileException another) {
            // The same.
        }
    }

    /** Deletes an entry, and the folder that it leaves empty; false when the file system does not let us. */
    static boolean deleted(Path entry) {
        try {
            Files.deleteIfExists(entry);
            Path object = entry.getParent();
            if (object != null) {
                deleteIfEmpty(object);
            }
            return true;
        } catch (IOException heldOpen) {
            return false;
        }
    }

    private static void deleteIfEmpty(Path object) throws IOException {
        try {
            Files.deleteIfExists(object);
        } catch (DirectoryNotEmptyException used) {
            // It holds other entries, or those of another process by now.
        } catch (FileSystemException used) {
            if (PrivateFolder.isFolder(object)) {
                return;
            }
            throw used;
        }
    }
}
