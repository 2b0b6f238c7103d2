// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Locks on ranges of files: shared or exclusive, between processes. */
final class Locks {
    private final List<Held> held = new ArrayList<>();

    /**
     * A lock.
     *
     * @param file number of the file
     * @param owner which process
     * @param lock as its owner has it
     */
    private record Held(Object file, SimProcess owner, FileLock lock) {}

    /**
     * Takes a lock.
     *
     * @return null when another process has one in its way
     * @throws OverlappingFileLockException when this process has one
     */
    @Nullable
    FileLock take(SimChannel channel, long position, long size, boolean shared) {
        boolean free = true;
        for (Held other : held) {
            if (!other.file.equals(channel.key()) || !other.lock.overlaps(position, size)) {
                continue;
            }
            if (other.owner == channel.process()) {
                throw new OverlappingFileLockException();
            }
            free &= shared && other.lock.isShared();
        }
        if (!free) {
            return null;
        }
        FileLock lock = new Lock(channel, position, size, shared);
        held.add(new Held(channel.key(), channel.process(), lock));
        return lock;
    }

    /** Gives up the locks of a process. */
    void forget(SimProcess process) {
        held.removeIf(lock -> lock.owner == process);
    }

    /** Gives up the locks that were taken with a channel. */
    void forget(SimChannel channel) {
        held.removeIf(lock -> lock.lock.channel() == channel);
    }

    private final class Lock extends FileLock {
        Lock(SimChannel channel, long position, long size, boolean shared) {
            super(channel, position, size, shared);
        }

        @Override
        public boolean isValid() {
            return held.stream().anyMatch(other -> other.lock == this);
        }

        @Override
        public void release() {
            held.removeIf(other -> other.lock == this);
        }
    }
}
