// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.sim.QueueMachine;
import io.h5coro.sim.QueueWorld;
import io.h5coro.sim.disk.DiskFault;
import io.h5coro.sim.disk.DiskWeather;
import io.h5coro.sim.disk.ProcessKilled;
import io.h5coro.sim.disk.SimDisk;
import io.h5coro.sim.disk.SimProcess;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Processes that share a data cache's folder on a disk with faults, and die: a read gives what was written, or nothing.
 */
class DataFolderOnSimDiskTest {
    private static final Logger LOG = Logger.getLogger("io.h5coro.datacache");
    private static final int SEEDS = 200;
    private static final int STEPS = 60;

    private int kept;
    private int read;
    private int died;
    private int cuts;

    @BeforeAll
    static void hush() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    /** A process and its view of the folder. */
    private record Side(SimProcess process, DataFolder folder) {}

    private static Side start(SimDisk disk, QueueMachine machine, SplittableRandom plan) {
        SimProcess process = disk.start("p" + plan.nextInt(1000));
        if (plan.nextBoolean()) {
            process.dieAfter(plan.nextInt(60));
        }
        return new Side(
                process,
                new DataFolder(
                        process.path("/cache/data"), 1 << 20, DataFolder::write, new Ground(machine, Runnable::run)));
    }

    private static ObjectKey key(int object, int version) {
        return ObjectKey.of("https://example.org/" + object, "\"" + version + "\"", 1 << 20);
    }

    /** What the object has there. */
    private static byte[] content(int object, int version, ByteRange range) {
        byte[] bytes = new byte[(int) range.length()];
        for (int i = 0; i < bytes.length; i++) {
            long at = range.offset() + i;
            bytes[i] = (byte) ((at * 0x9E3779B97F4A7C15L >>> 40) + object * 31L + version * 7L);
        }
        return bytes;
    }

    private void step(Side side, SplittableRandom plan) {
        int object = plan.nextInt(2);
        int version = plan.nextInt(2);
        ObjectKey key = key(object, version);
        switch (plan.nextInt(8)) {
            case 0, 1, 2 -> {
                List<Stretch> stretches = new ArrayList<>();
                long at = plan.nextInt(1000) * 100L;
                for (int i = 0; i <= plan.nextInt(3); i++) {
                    ByteRange range = new ByteRange(at, 1 + plan.nextInt(20_000));
                    stretches.add(Stretch.of(at, content(object, version, range)));
                    at = range.end() + plan.nextInt(100);
                }
                kept += side.folder.write(key, stretches).isPresent() ? 1 : 0;
            }
            case 3 -> side.folder.forgetOthers(key);
            default -> {
                for (Entry entry : side.folder.entries(key)) {
                    for (ByteRange range : entry.ranges()) {
                        long from = plan.nextLong(range.length());
                        ByteRange some = new ByteRange(range.offset() + from, 1 + plan.nextLong(range.length() - from));
                        byte[] bytes = side.folder.read(key, entry, some);
                        if (bytes != null) {
                            assertArrayEquals(content(object, version, some), bytes);
                            read++;
                        }
                    }
                }
            }
        }
    }

    private void run(SimDisk disk, QueueMachine machine, SplittableRandom plan) {
        List<Side> sides = new ArrayList<>(List.of(start(disk, machine, plan), start(disk, machine, plan)));
        for (int i = 0; i < STEPS; i++) {
            int index = plan.nextInt(sides.size());
            try {
                step(sides.get(index), plan);
            } catch (ProcessKilled killed) {
                died++;
            }
            if (plan.nextInt(STEPS) == 0) {
                disk.cutPower();
                cuts++;
            }
            for (int s = 0; s < sides.size(); s++) {
                if (sides.get(s).process.isDead()) {
                    sides.set(s, start(disk, machine, plan));
                }
            }
        }
    }

    @Test
    void readsWhatWasWrittenOrNothing() {
        Map<DiskFault, Long> met = new EnumMap<>(DiskFault.class);
        for (long seed = 1; seed <= SEEDS; seed++) {
            QueueWorld world = new QueueWorld(seed);
            double odd = seed % 2 == 0 ? 0.002 : 0.02;
            QueueMachine machine = new QueueMachine(world);
            try (SimDisk disk = new SimDisk(world, DiskWeather.foul(odd), machine::sleep)) {
                run(disk, machine, new SplittableRandom(seed));
                disk.met().forEach((kind, count) -> met.merge(kind, count, Long::sum));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + "\n" + String.join("\n", world.trace()), e);
            }
        }
        String all = kept + " kept, " + read + " read, " + died + " died, " + cuts + " cuts, " + met;
        Set<DiskFault> missing = EnumSet.allOf(DiskFault.class);
        missing.removeIf(kind -> met.getOrDefault(kind, 0L) >= 10);
        assertEquals(Set.of(), missing, all);
        assertTrue(kept > 500 && read > 1000 && died > 100 && cuts > 100, all);
    }
}
