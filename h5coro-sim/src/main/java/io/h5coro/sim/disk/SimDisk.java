// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.h5coro.sim.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A disk that several simulated processes share. Each has a file system of its own over the same files; a process that
 * is killed does nothing more, and what it wrote stays. When the power is cut, all processes die, and of what was
 * written and not {@linkplain java.nio.channels.FileChannel#force forced} some is lost.
 *
 * <p>Names are as durable as they are made: a cut of power undoes no move, creation or deletion. So a file may have its
 * name without its bytes, which is the worse case, and never its bytes under the name before.
 *
 * <pre>{@code
 * SimDisk disk = new SimDisk(world, DiskWeather.drawn(world.chance()), time -> machine.sleep(time));
 * SimProcess first = disk.start("first");
 * IndexCache cache = IndexCache.at(first.path("/cache"));
 * first.dieAfter(17);
 * }</pre>
 */
public final class SimDisk implements AutoCloseable {
    /** Names that the JDK draws, not the world: they are not noted. */
    private static final Pattern DRAWN = Pattern.compile("part-[0-9]+");

    private final World world;
    private final DiskWeather weather;
    private final Consumer<Duration> pauses;
    private final FileSystem base;
    private final SplittableRandom chance;
    private final Unforced unforced = new Unforced();
    private final Locks locks = new Locks();
    private final List<SimProcess> processes = new ArrayList<>();
    private final Map<DiskFault, Long> met = new EnumMap<>(DiskFault.class);
    private long operations;

    /**
     * Makes an empty disk.
     *
     * @param pauses lets the calling thread wait for some virtual time; it may hold locks meanwhile
     */
    public SimDisk(World world, DiskWeather weather, Consumer<Duration> pauses) {
        this.world = world;
        this.weather = weather;
        this.pauses = pauses;
        this.chance = new SplittableRandom(world.chance().nextLong());
        this.base = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix")
                .setFileTimeSource(() -> FileTime.from(world.now()))
                .build());
    }

    /** Starts a process, which sees all files. */
    public SimProcess start(String name) {
        SimProcess process = new SimProcess(this, name);
        processes.add(process);
        return process;
    }

    /** Kills all processes, and takes from the files some of what was not forced. */
    public void cutPower() {
        note("the power is cut");
        processes.forEach(SimProcess::kill);
        try {
            unforced.lose(base, chance.split());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how often each kind of fault took effect; without those that never did. */
    public Map<DiskFault, Long> met() {
        return Collections.unmodifiableMap(met);
    }

    /** Returns how many operations all processes have begun. */
    public long operations() {
        return operations;
    }

    World world() {
        return world;
    }

    FileSystem base() {
        return base;
    }

    Unforced unforced() {
        return unforced;
    }

    Locks locks() {
        return locks;
    }

    void meet(DiskFault kind) {
        met.merge(kind, 1L, Long::sum);
    }

    void pause(Duration time) {
        pauses.accept(time);
    }

    /** Draws what goes wrong with the next operation. */
    Chances draw() {
        operations++;
        return new Chances(weather, chance.split());
    }

    void note(String what) {
        world.note("disk: " + DRAWN.matcher(what).replaceAll("part-#"));
    }

    /** Frees the memory. */
    @Override
    public void close() {
        try {
            base.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
