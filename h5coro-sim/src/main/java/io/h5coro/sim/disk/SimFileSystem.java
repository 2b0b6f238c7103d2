// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of a disk as one process sees them. */
final class SimFileSystem extends FileSystem {
    private final SimProcess process;
    private final SimFiles provider;

    SimFileSystem(SimProcess process) {
        this.process = process;
        this.provider = new SimFiles(process);
    }

    private FileSystem base() {
        return process.disk().base();
    }

    SimPath wrapped(Path base) {
        return new SimPath(this, base);
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    /** Refuses: it ends with its disk. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("a simulated disk is closed, not its file systems");
    }

    @Override
    public boolean isOpen() {
        return base().isOpen();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return base().getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        List<Path> roots = new ArrayList<>();
        base().getRootDirectories().forEach(root -> roots.add(wrapped(root)));
        return roots;
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return base().getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return base().supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrapped(base().getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = base().getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(SimPath.base(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return base().getUserPrincipalLookupService();
    }

    /** Refuses: nobody here watches folders. */
    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("no watches of simulated folders");
    }

    @Override
    public String toString() {
        return "SimFileSystem[" + process.name() + "]";
    }
}
