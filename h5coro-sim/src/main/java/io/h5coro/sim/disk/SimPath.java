// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A path of one process. Equal to a path of the same letters in the same process only. */
final class SimPath implements Path {
    private final SimFileSystem files;
    private final Path base;

    SimPath(SimFileSystem files, Path base) {
        this.files = files;
        this.base = base;
    }

    /** Returns the path in the file system below. */
    static Path base(Path path) {
        if (path instanceof SimPath sim) {
            return sim.base;
        }
        throw new ProviderMismatchException("not a path of a simulated disk: " + path);
    }

    private SimPath wrapped(Path other) {
        return new SimPath(files, other);
    }

    private @Nullable SimPath wrappedOrNull(@Nullable Path other) {
        return other == null ? null : wrapped(other);
    }

    @Override
    public FileSystem getFileSystem() {
        return files;
    }

    @Override
    public boolean isAbsolute() {
        return base.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return wrappedOrNull(base.getRoot());
    }

    @Override
    public @Nullable Path getFileName() {
        return wrappedOrNull(base.getFileName());
    }

    @Override
    public @Nullable Path getParent() {
        return wrappedOrNull(base.getParent());
    }

    @Override
    public int getNameCount() {
        return base.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return wrapped(base.getName(index));
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        return wrapped(base.subpath(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof SimPath sim && sim.files == files && base.startsWith(sim.base);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof SimPath sim && sim.files == files && base.endsWith(sim.base);
    }

    @Override
    public Path normalize() {
        return wrapped(base.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return wrapped(base.resolve(base(other)));
    }

    @Override
    public Path relativize(Path other) {
        return wrapped(base.relativize(base(other)));
    }

    @Override
    public URI toUri() {
        return URI.create("simdisk://" + base.toUri().getRawPath());
    }

    @Override
    public Path toAbsolutePath() {
        return wrapped(base.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return wrapped(base.toRealPath(options));
    }

    /** Refuses: nobody here watches folders. */
    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("no watches of simulated folders");
    }

    @Override
    public int compareTo(Path other) {
        return base.compareTo(base(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SimPath sim && sim.files == files && base.equals(sim.base);
    }

    @Override
    public int hashCode() {
        return base.toString().hashCode();
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
