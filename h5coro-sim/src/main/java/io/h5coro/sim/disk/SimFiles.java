// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import io.h5coro.sim.disk.SimProcess.Deed;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What one process does to files: each operation may fail, and may be the last one. */
final class SimFiles extends FileSystemProvider {
    private final SimProcess process;

    SimFiles(SimProcess process) {
        this.process = process;
    }

    private FileSystemProvider base() {
        return process.disk().base().provider();
    }

    /** Changes something, between the beginning and the end of an operation. */
    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    private void change(Deed deed, Path what, Change change) throws IOException {
        Chances unused = process.begin(deed, what);
        change.make();
        process.end(deed);
    }

    /** Looks whether something can be read. */
    private Chances look(Path what) throws IOException {
        return process.begin(Deed.READ, what);
    }

    @Override
    public String getScheme() {
        return "simdisk";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException("a simulated disk makes its file systems");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException("simulated disks have no addresses");
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("simulated disks have no addresses");
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path below = SimPath.base(path);
        boolean writes = options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
        boolean creates = writes
                && (options.contains(StandardOpenOption.CREATE_NEW)
                        || options.contains(StandardOpenOption.CREATE) && !Files.exists(below));
        Deed deed = creates ? Deed.CREATE : writes ? Deed.MARK : Deed.READ;
        Chances drawn = process.begin(deed, path);
        if (deed == Deed.READ && drawn.hit(DiskFault.ROT)) {
            rot(below, drawn.chance());
        }
        FileChannel open = base().newFileChannel(below, options, attributes);
        process.end(deed);
        return new SimChannel(process, path, open, Unforced.key(below));
    }

    /** Turns a bit of a file, which keeps its time. */
    private void rot(Path below, RandomGenerator chance) throws IOException {
        if (!Files.isRegularFile(below) || Files.size(below) == 0) {
            return;
        }
        process.disk().meet(DiskFault.ROT);
        process.disk().note(process.name() + ": " + DiskFault.ROT + " " + below);
        FileTime time = Files.getLastModifiedTime(below);
        try (FileChannel file = FileChannel.open(below, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long at = chance.nextLong(file.size());
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 1 << chance.nextInt(8))).flip();
            file.write(one, at);
        }
        Files.setLastModifiedTime(below, time);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        Chances drawn = look(dir);
        Iterator<Path> found =
                FolderList.of((SimPath) dir, filter, drawn.chance()).iterator();
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return found;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    @Override
    public void createDirectory(Path dir, FileAttribute<?>... attributes) throws IOException {
        change(Deed.CREATE, dir, () -> base().createDirectory(SimPath.base(dir), attributes));
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        change(
                Deed.CREATE,
                link,
                () -> base().createSymbolicLink(SimPath.base(link), SimPath.base(target), attributes));
    }

    @Override
    public void delete(Path path) throws IOException {
        change(Deed.RENAME, path, () -> base().delete(SimPath.base(path)));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        change(Deed.CREATE, target, () -> base().copy(SimPath.base(source), SimPath.base(target), options));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        change(Deed.RENAME, source, () -> base().move(SimPath.base(source), SimPath.base(target), options));
    }

    @Override
    public boolean isSameFile(Path path, Path path2) throws IOException {
        Chances unused = look(path);
        return base().isSameFile(SimPath.base(path), SimPath.base(path2));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return base().isHidden(SimPath.base(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        Chances unused = look(path);
        return base().getFileStore(SimPath.base(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        Chances unused = look(path);
        base().checkAccess(SimPath.base(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        process.checkAlive();
        V view = base().getFileAttributeView(SimPath.base(path), type, options);
        return view == null
                ? null
                : MarkedView.of(view, type, (deed, change) -> {
                    Chances unused = process.begin(deed, path);
                    Object result = change.call();
                    process.end(deed);
                    return result;
                });
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        Chances unused = look(path);
        return base().readAttributes(SimPath.base(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        Chances unused = look(path);
        return base().readAttributes(SimPath.base(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        change(Deed.MARK, path, () -> base().setAttribute(SimPath.base(path), attribute, value, options));
    }
}
