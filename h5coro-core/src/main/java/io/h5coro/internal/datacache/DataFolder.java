// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Entries in a folder, shared with other processes. Thread-safe.
 *
 * <p>Each object has a folder, in which each entry is a file of the range that one request brought. The names are the
 * index ({@link EntryName}). That was chosen over blocks of one size because requests begin and end where chunks do: a
 * block at either end would be there in part, and would have to be read, joined and written again, by one process at a
 * time. A file of its own is written once, to another name, and moved to its place in one step. So a process that dies
 * leaves either the whole entry, or a file that is deleted an hour later, and two processes that fetch the same range
 * write the same file. Ranges that touch answer a read together ({@link StoredIndex}), and short ones share an entry
 * ({@link ShortPieces}).
 */
final class DataFolder implements Tier {
    private static final System.Logger LOG = System.getLogger("io.h5coro.datacache");

    /** As long as the longest request: an entry for each answer. */
    private static final long LARGEST_ENTRY = 8L << 20;

    /** No entry takes more than this part of the folder's bound. */
    private static final int LEAST_ENTRIES = 16;

    /** Entries of one object that are known: bounds the memory of an open file, at 10 KB an entry 1 GB of data. */
    private static final int MOST_ENTRIES = 100_000;

    /** Bytes of one system call; the JDK copies through a buffer of that size outside of the heap. */
    private static final int WRITE_BYTES = 1 << 20;

    private final Machine machine;
    private final PrivateFolder folder;
    private final long maxBytes;
    private final Writer writer;
    private final FolderRoom room;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** Set by the first failure to write: nothing is written after that. */
    private volatile boolean full;

    /** Whether the folder was checked before the first write. */
    private volatile boolean checked;

    /** Writes a whole file. */
    @FunctionalInterface
    interface Writer {
        void write(Path file, ByteBuffer[] content) throws IOException;
    }

    /**
     * Entries in a folder, which need not exist.
     *
     * @param ground what it works with
     */
    DataFolder(Path folder, long maxBytes, Writer writer, Ground ground) {
        this.machine = ground.machine();
        this.folder = new PrivateFolder(folder);
        this.maxBytes = maxBytes;
        this.writer = writer;
        this.room = new FolderRoom(folder, maxBytes, ground, why -> warn("cleared", why));
    }

    /** Writes to the disk. */
    static void write(Path file, ByteBuffer[] content) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            for (ByteBuffer part : content) {
                for (int end = part.limit(); part.position() < end; ) {
                    part.limit(Math.min(end, part.position() + WRITE_BYTES));
                    out.write(part);
                }
            }
        }
    }

    @Override
    public long mostEntryBytes() {
        return Math.min(LARGEST_ENTRY, maxBytes / LEAST_ENTRIES);
    }

    @Override
    public List<Entry> entries(ObjectKey key) {
        List<Entry> entries = new ArrayList<>();
        try {
            if (folder.exists()) {
                folder.check();
                for (Path file : files(key.object(), name -> name.version().equals(key.shortVersion()))) {
                    entry(file, key).ifPresent(entries::add);
                    if (entries.size() == MOST_ENTRIES) {
                        break;
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            warn("read", e);
        }
        return entries;
    }

    private Optional<Entry> entry(Path file, ObjectKey key) {
        String text = file.getFileName().toString();
        Optional<ByteRange> alone = EntryName.parse(text).flatMap(EntryName::range);
        if (alone.isPresent()) {
            return Optional.of(new Entry(text, List.of(alone.get())));
        }
        return Optional.ofNullable(opened(file, key, EntryFile::ranges)).map(ranges -> new Entry(text, ranges));
    }

    /** The entries' files of an object. */
    private List<Path> files(String object, Predicate<EntryName> wanted) throws IOException {
        List<Path> files = new ArrayList<>();
        Path inside = folder.path().resolve(object);
        if (!PrivateFolder.isFolder(inside)) {
            return files;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(inside)) {
            for (Path file : all) {
                if (EntryName.parse(file.getFileName().toString())
                        .filter(wanted)
                        .isPresent()) {
                    files.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException another) {
            // Another process has deleted it.
        }
        return files;
    }

    /** Takes something of an open file. */
    @FunctionalInterface
    private interface Taking<T> {
        T from(EntryFile file) throws IOException;
    }

    /** What is taken of a file; null when it is gone or damaged, and then it is deleted. */
    private <T> @Nullable T opened(Path file, ObjectKey key, Taking<T> taking) {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return taking.from(EntryFile.open(in, key));
        } catch (NoSuchFileException gone) {
            return null;
        } catch (DamagedEntryException damaged) {
            LOG.log(System.Logger.Level.DEBUG, "{0} is deleted: {1}", file, damaged.getMessage());
            boolean unused = FolderRoom.deleted(file);
            return null;
        } catch (IOException | RuntimeException e) {
            warn("read", e);
            return null;
        }
    }

    @Override
    public byte @Nullable [] read(ObjectKey key, Entry entry, ByteRange range) {
        Path file = folder.path().resolve(key.object()).resolve(entry.name());
        byte[] bytes = opened(file, key, open -> open.read(range));
        if (bytes != null) {
            touch(file);
        }
        return bytes;
    }

    /** Marks an entry as used. That it cannot be, or is gone, only makes it go earlier. */
    private void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(machine.now()));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the time of an entry cannot be set", e);
        }
    }

    @Override
    public Optional<Entry> write(ObjectKey key, List<Stretch> stretches) {
        if (full) {
            return Optional.empty();
        }
        try {
            if (!checked) {
                folder.create();
                folder.check();
                checked = true;
            }
            return written(key, stretches);
        } catch (NoSuchFileException swept) {
            // Another process took the file, or the whole folder, for one that was left behind.
            checked = false;
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            full = true;
            warn("written", e);
            return Optional.empty();
        }
    }

    private Optional<Entry> written(ObjectKey key, List<Stretch> stretches) throws IOException {
        ByteBuffer[] content = EntryFile.contents(key, stretches);
        long bytes = 0;
        for (ByteBuffer part : content) {
            bytes += part.remaining();
        }
        if (!room.take(bytes)) {
            return Optional.empty();
        }
        Entry entry = new Entry("", stretches.stream().map(Stretch::range).toList());
        String name = EntryName.of(key, entry.ranges()).text();
        boolean kept = false;
        try {
            moved(content, key.object(), name);
            kept = true;
        } finally {
            room.settle(bytes, kept);
        }
        return Optional.of(new Entry(name, entry.ranges()));
    }

    private void moved(ByteBuffer[] content, String object, String name) throws IOException {
        Path part = folder.part();
        try {
            writer.write(part, content);
            move(part, object, name);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Moves a file to its place; twice, since another process may delete the folder while it is empty. */
    private void move(Path part, String object, String name) throws IOException {
        try {
            Files.move(part, folder.folder(object).resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException deleted) {
            Files.move(part, folder.folder(object).resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public void forgetOthers(ObjectKey key) {
        delete(key.object(), name -> !name.version().equals(key.shortVersion()));
    }

    @Override
    public void forget(String object) {
        delete(object, name -> true);
    }

    private void delete(String object, Predicate<EntryName> wanted) {
        try {
            if (folder.exists()) {
                folder.check();
                for (Path file : files(object, wanted)) {
                    boolean unused = FolderRoom.deleted(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            warn("written", e);
        }
    }

    private void warn(String what, Exception why) {
        if (warned.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the data cache in {0} cannot be {1}, files are read without it: {2}",
                    folder.path(),
                    what,
                    why.toString());
        }
    }

    @Override
    public String toString() {
        return "DataFolder[" + folder.path() + ", " + maxBytes + " bytes]";
    }
}
