// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The files of an index cache. Whatever goes wrong with them is no error of anybody's read: there is no cache then, and
 * one warning. Thread-safe, and safe beside other processes: an entry is written to a file of its own name and moved to
 * its place in one step, so that a reader sees the old or the new one.
 */
final class IndexFolder implements EntryStore, FamilyStore {
    private static final System.Logger LOG = System.getLogger("io.h5coro.indexcache");

    /**
     * Room for the metadata of a granule many times over; an open file holds as much in memory. A file whose metadata
     * takes more keeps what fits; a larger bound would be read whole at each opening.
     */
    private static final long LARGEST_ENTRY = 16L << 20;

    /** No entry takes more than this part of the folder's bound, so that one file cannot evict all others. */
    private static final int LEAST_FILES = 4;

    /** What may be deleted: nothing else in the folder is ever touched. */
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\.h5(index|family)|part-[0-9]+\\.tmp");

    /**
     * Nobody writes so long: what is older was left behind by a process that died. Too short a time would delete a file
     * under another process's hands, whose save then fails with a warning.
     */
    private static final Duration LONGEST_WRITE = Duration.ofHours(1);

    private final Path folder;
    private final long maxBytes;
    private final boolean posix;
    private final Writer writer;
    private final AtomicBoolean warned = new AtomicBoolean();

    private final Machine machine;

    /** Held while a family's record is replaced. */
    private final Object families = new Object();

    /** Writes a whole file. */
    @FunctionalInterface
    interface Writer {
        void write(Path file, byte[] content) throws IOException;
    }

    IndexFolder(Path folder, long maxBytes, Writer writer, Machine machine) {
        this.machine = machine;
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        this.writer = writer;
    }

    /** Most bytes of one entry. */
    private long mostEntryBytes() {
        return Math.min(LARGEST_ENTRY, maxBytes / LEAST_FILES);
    }

    /** {@inheritDoc} May be negative for a folder with a very small bound: nothing is learnt then. */
    @Override
    public long mostWeight() {
        return mostEntryBytes() - IndexEntry.MOST_FRAME_BYTES;
    }

    /** {@inheritDoc} Blocks on the disk. Marks the entry as used. */
    @Override
    public Optional<IndexEntry> load(String identity) {
        return load(
                IndexEntry.fileName(identity), (int) mostEntryBytes(), content -> IndexEntry.parse(content, identity));
    }

    private <T> Optional<T> load(String name, int mostBytes, Function<byte[], Optional<T>> parser) {
        try {
            if (!Files.exists(folder)) {
                return Optional.empty();
            }
            check();
            Path file = folder.resolve(name);
            byte[] content;
            try (InputStream in = Files.newInputStream(file)) {
                content = in.readNBytes(mostBytes + 1);
            }
            if (content.length > mostBytes) {
                return Optional.empty();
            }
            Optional<T> found = parser.apply(content);
            if (found.isPresent()) {
                Files.setLastModifiedTime(file, FileTime.from(machine.now()));
            }
            return found;
        } catch (NoSuchFileException nobodyWroteIt) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            warn("read", e);
            return Optional.empty();
        }
    }

    /** {@inheritDoc} Blocks on the disk; an entry that is too long is left out silently. */
    @Override
    public void save(String identity, IndexEntry entry) {
        save(IndexEntry.fileName(identity), entry.toBytes(identity));
    }

    private void save(String name, byte[] content) {
        if (content.length > mostEntryBytes()) {
            return;
        }
        try {
            Files.createDirectories(folder, onlyOwner("rwx------"));
            check();
            Path part = Files.createTempFile(folder, "part-", ".tmp", onlyOwner("rw-------"));
            try {
                writer.write(part, content);
                Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            evict();
        } catch (IOException | RuntimeException e) {
            warn("written", e);
        }
    }

    /** {@inheritDoc} Blocks on the disk. */
    @Override
    public Optional<FamilyRecord> family(String name) {
        return load(FamilyRecord.fileName(name), FamilyRecord.MOST_BYTES, content -> FamilyRecord.parse(content, name));
    }

    /** {@inheritDoc} Blocks on the disk. */
    @Override
    public void update(String name, UnaryOperator<FamilyRecord> change) {
        synchronized (families) {
            FamilyRecord before = family(name).orElseGet(FamilyRecord::empty);
            byte[] content = change.apply(before).toBytes(name);
            if (!Arrays.equals(content, before.toBytes(name))) {
                save(FamilyRecord.fileName(name), content);
            }
        }
    }

    @Override
    public void drop(String identity) {
        try {
            Files.deleteIfExists(folder.resolve(IndexEntry.fileName(identity)));
        } catch (IOException | RuntimeException e) {
            warn("written", e);
        }
    }

    private FileAttribute<?>[] onlyOwner(String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Who may write to the folder decides what metadata its owner believes. */
    private void check() throws IOException {
        if (!posix) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("others than its owner may write to it");
        }
        Path mine = Files.createTempFile(folder, "part-", ".tmp", onlyOwner("rw-------"));
        try {
            if (!Files.getOwner(mine).equals(Files.getOwner(folder))) {
                throw new IOException("it belongs to somebody else");
            }
        } finally {
            Files.deleteIfExists(mine);
        }
    }

    /**
     * A file of the folder, when it was last used, and how long it is.
     *
     * @param used when it was last read or written
     * @param bytes its length
     */
    private record Kept(Path file, Instant used, long bytes) {}

    /** Deletes what was used least recently, until the rest is within the bound. Others may do the same meanwhile. */
    private void evict() throws IOException {
        List<Kept> all = new ArrayList<>();
        Instant longAgo = machine.now().minus(LONGEST_WRITE);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, file -> OURS.matcher(file.getFileName().toString()).matches())) {
            for (Path file : files) {
                try {
                    BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
                    Kept kept = new Kept(file, a.lastModifiedTime().toInstant(), a.size());
                    if (file.toString().endsWith(".tmp") && kept.used.isBefore(longAgo)) {
                        Files.deleteIfExists(file);
                    } else {
                        all.add(kept);
                    }
                } catch (NoSuchFileException another) {
                    // Another process has deleted it: nothing to count.
                }
            }
        }
        long bytes = all.stream().mapToLong(Kept::bytes).sum();
        all.sort(Comparator.comparing(Kept::used));
        for (Kept oldest : all) {
            if (bytes <= maxBytes) {
                return;
            }
            if (!oldest.file.toString().endsWith(".tmp")) {
                Files.deleteIfExists(oldest.file);
                bytes -= oldest.bytes;
            }
        }
    }

    private void warn(String what, Exception why) {
        if (warned.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the index cache in {0} cannot be {1}, files are read without it: {2}",
                    folder,
                    what,
                    why.toString());
        }
    }
}
