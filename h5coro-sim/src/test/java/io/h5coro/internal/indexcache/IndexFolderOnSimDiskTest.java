// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.indexcache.StoredRanges.Piece;
import io.h5coro.sim.QueueMachine;
import io.h5coro.sim.QueueWorld;
import io.h5coro.sim.disk.DiskFault;
import io.h5coro.sim.disk.DiskWeather;
import io.h5coro.sim.disk.ProcessKilled;
import io.h5coro.sim.disk.SimDisk;
import io.h5coro.sim.disk.SimProcess;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Processes that share an index cache's folder on a disk with faults, and die: an entry is whole, or it is not there.
 */
class IndexFolderOnSimDiskTest {
    private static final Logger LOG = Logger.getLogger("io.h5coro.indexcache");
    private static final int SEEDS = 200;
    private static final int STEPS = 60;

    private int saved;
    private int loaded;
    private int died;

    @BeforeAll
    static void hush() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    /** A process and its view of the folder. */
    private record Side(SimProcess process, IndexFolder folder) {}

    private static Side start(SimDisk disk, QueueMachine machine, SplittableRandom plan) {
        SimProcess process = disk.start("p" + plan.nextInt(1000));
        if (plan.nextBoolean()) {
            process.dieAfter(plan.nextInt(60));
        }
        return new Side(process, new IndexFolder(process.path("/cache/index"), 200_000, Files::write, machine));
    }

    /** An entry that follows from its version. */
    private static IndexEntry entry(long version) {
        SplittableRandom chance = new SplittableRandom(version);
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i <= chance.nextInt(3); i++) {
            byte[] bytes = new byte[1 + chance.nextInt(10_000)];
            chance.nextBytes(bytes);
            pieces.add(new Piece(i * 20_000L, bytes));
        }
        return new IndexEntry("\"" + version + "\"", 1_000_000, StoredRanges.of(pieces));
    }

    private void step(Side side, SplittableRandom plan) {
        String name = "https://example.org/" + plan.nextInt(12);
        switch (plan.nextInt(6)) {
            case 0, 1 -> {
                side.folder.save(name, entry(plan.nextInt(1_000_000)));
                saved++;
            }
            case 2 -> side.folder.drop(name);
            default -> {
                Optional<IndexEntry> found = side.folder.load(name);
                if (found.isPresent()) {
                    String version = found.get().version().replace("\"", "");
                    assertArrayEquals(
                            entry(Long.parseLong(version)).toBytes(name),
                            found.get().toBytes(name));
                    loaded++;
                }
            }
        }
    }

    private void run(SimDisk disk, QueueMachine machine, SplittableRandom plan) {
        List<Side> sides = new ArrayList<>(List.of(start(disk, machine, plan), start(disk, machine, plan)));
        for (int i = 0; i < STEPS; i++) {
            try {
                step(sides.get(plan.nextInt(sides.size())), plan);
            } catch (ProcessKilled killed) {
                died++;
            }
            if (plan.nextInt(STEPS) == 0) {
                disk.cutPower();
            }
            for (int s = 0; s < sides.size(); s++) {
                if (sides.get(s).process.isDead()) {
                    sides.set(s, start(disk, machine, plan));
                }
            }
        }
    }

    @Test
    void loadsWhatWasSavedOrNothing() {
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
        String all = saved + " saved, " + loaded + " loaded, " + died + " died, " + met;
        Set<DiskFault> missing = EnumSet.allOf(DiskFault.class);
        missing.removeIf(kind -> met.getOrDefault(kind, 0L) >= 10);
        assertEquals(Set.of(), missing, all);
        assertTrue(saved > 2000 && loaded > 800 && died > 100, all);
    }
}
