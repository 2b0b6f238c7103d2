// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A simulated process, as the disk sees it: its file system, and its death. */
public final class SimProcess {
    private static final long SLOWEST_MILLIS = 10_000;

    private final SimDisk disk;
    private final String name;
    private final SimFileSystem files = new SimFileSystem(this);
    private boolean dead;
    /** Changes that are still made; negative for a process that does not die by itself. */
    private long changesLeft = -1;

    private long changes;

    /** What an operation does. */
    enum Deed {
        /** Changes nothing. */
        READ,
        /** Makes a file or folder. */
        CREATE,
        /** Writes bytes. */
        WRITE,
        /** Moves or deletes a name. */
        RENAME,
        /** Sets a time or who may do what. */
        MARK
    }

    SimProcess(SimDisk disk, String name) {
        this.disk = disk;
        this.name = name;
    }

    /** Returns the file system as this process sees it. */
    public FileSystem files() {
        return files;
    }

    /** Returns a path in it. */
    public Path path(String first, String... more) {
        return files.getPath(first, more);
    }

    /** Kills the process now. */
    public void kill() {
        if (!dead) {
            dead = true;
            disk.locks().forget(this);
            disk.note(name + " is killed");
        }
    }

    /**
     * Kills the process in the middle of a later change.
     *
     * @param more changes that it still makes; each creation, write, move, deletion and mark is one
     */
    public void dieAfter(long more) {
        changesLeft = more;
    }

    /** Returns whether it was killed: all its operations fail with {@link ProcessKilled}. */
    public boolean isDead() {
        return dead;
    }

    /** Returns how many changes it has begun. */
    public long changes() {
        return changes;
    }

    SimDisk disk() {
        return disk;
    }

    String name() {
        return name;
    }

    /** Throws when it was killed. */
    public void checkAlive() {
        if (dead) {
            throw new ProcessKilled(name);
        }
    }

    /**
     * Begins an operation: it may take its time, fail, or be the last one.
     *
     * @param what is shown in traces
     * @return what else was drawn for it
     */
    Chances begin(Deed deed, Path what) throws IOException {
        checkAlive();
        Chances drawn = disk.draw();
        if (drawn.hit(DiskFault.SLOW)) {
            disk.meet(DiskFault.SLOW);
            disk.pause(Duration.ofMillis(1 + drawn.chance().nextLong(SLOWEST_MILLIS)));
            checkAlive();
        }
        if (deed == Deed.READ) {
            refuse(drawn, DiskFault.BROKEN_READ, what, "Input/output error");
            return drawn;
        }
        changes++;
        disk.note(name + " " + deed + " " + what);
        refuse(drawn, DiskFault.BROKEN_CHANGE, what, "Input/output error");
        if (deed == Deed.RENAME) {
            refuse(drawn, DiskFault.HELD, what, "used by another process");
        }
        if (deed == Deed.CREATE) {
            refuse(drawn, DiskFault.FULL, what, "No space left on device");
        }
        if (deed != Deed.WRITE) {
            // A name is changed or not: it dies before, or after.
            dieBefore(drawn.chance());
        }
        return drawn;
    }

    private void refuse(Chances drawn, DiskFault kind, Path what, String why) throws FileSystemException {
        if (drawn.hit(kind)) {
            disk.meet(kind);
            disk.note(name + ": " + kind);
            throw new FileSystemException(what.toString(), null, why);
        }
    }

    /** Returns whether this change is the last one, which is then made in part. */
    boolean isLast() {
        return changesLeft == 0;
    }

    private void dieBefore(RandomGenerator chance) {
        if (isLast() && chance.nextBoolean()) {
            kill();
            checkAlive();
        }
    }

    /** Ends a change. */
    void end(Deed deed) {
        if (deed == Deed.READ || changesLeft < 0) {
            return;
        }
        if (changesLeft-- == 0) {
            kill();
            checkAlive();
        }
    }
}
