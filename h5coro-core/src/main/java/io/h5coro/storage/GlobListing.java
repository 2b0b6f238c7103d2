// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageListing.Depth;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The objects that match a glob. Asks the storage for what is below the longest beginning without a wildcard, folder by
 * folder where the parts behind it name folders, and for a whole tree from {@code **} on.
 */
final class GlobListing implements StorageListing {
    // s3://b/2026/0?/x_*.h5 asks for
    //   s3://b/2026/0      as a folder, which gives 2026/01/, 2026/02/ and 2026/0_notes.txt
    //   s3://b/2026/01/x_  as a folder, whose objects are given where they match
    //   s3://b/2026/02/x_  the same
    // s3://b/2026/**/x_*.h5 asks for s3://b/2026/ as a tree, and gives what matches of it.

    /** Lists what is below a location, to a depth. */
    interface Lister {
        StorageListing list(String prefix, Depth depth) throws StorageException;
    }

    /**
     * A listing under way.
     *
     * @param listing what it gives is below {@code folder}
     * @param folder location of the folder
     * @param part the part of the glob that its names are to match
     */
    private record Level(StorageListing listing, String folder, int part) {}

    private final Glob glob;
    private final Lister lister;

    /** The innermost first. At most as many as the glob has parts. */
    private final Deque<Level> open = new ArrayDeque<>();

    GlobListing(Glob glob, Lister lister) throws StorageException {
        this.glob = glob;
        this.lister = lister;
        open.push(level(glob.root(), 0));
    }

    /** Starts to list a folder, behind the parts from {@code first} on that are names. */
    private Level level(String from, int first) throws StorageException {
        String folder = from;
        int part = first;
        @Nullable NamePattern pattern = glob.part(part);
        while (part + 1 < glob.size() && pattern != null && pattern.isLiteral()) {
            folder += glob.written(pattern.start()) + "/";
            part++;
            pattern = glob.part(part);
        }
        String prefix = folder + (pattern == null ? "" : glob.written(start(pattern)));
        return new Level(lister.list(prefix, pattern == null ? Depth.TREE : Depth.FOLDER), folder, part);
    }

    /** What names begin with. MinIO refuses a prefix that ends with a part of dots alone. */
    private static String start(NamePattern pattern) {
        String start = pattern.start();
        return start.equals(".") || start.equals("..") ? "" : start;
    }

    @Override
    public Optional<StoredObject> next() throws StorageException {
        while (!open.isEmpty()) {
            Level level = open.peek();
            Optional<StoredObject> found = nextOf(level);
            if (found.isEmpty()) {
                open.pop().listing().close();
                continue;
            }
            List<String> names = names(level, found.get().location());
            if (found.get().isFolder()) {
                descend(level, names.get(0), found.get().location());
            } else if (glob.matches(level.part, names)) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** A folder that is not there, or not any more, has no objects. */
    private Optional<StoredObject> nextOf(Level level) throws StorageException {
        try {
            return level.listing.next();
        } catch (StorageException e) {
            if (e.kind() == Kind.NOT_FOUND && open.size() > 1) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The names below the folder of a level. Those in the working folder may have a dot before them. */
    private List<String> names(Level level, String location) {
        boolean working = level.folder.isEmpty() && location.startsWith("./");
        return glob.names(location.substring(working ? 2 : level.folder.length()));
    }

    private void descend(Level level, String name, String location) throws StorageException {
        @Nullable NamePattern pattern = glob.part(level.part);
        if (level.part + 1 < glob.size() && pattern != null && pattern.matches(name)) {
            open.push(level(location, level.part + 1));
        }
    }

    @Override
    public void close() {
        open.forEach(level -> level.listing.close());
        open.clear();
    }
}
