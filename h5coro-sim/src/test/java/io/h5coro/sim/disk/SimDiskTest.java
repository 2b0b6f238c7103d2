// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.sim.QueueMachine;
import io.h5coro.sim.QueueWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulated disk: what caches ask of a file system, and each fault. */
class SimDiskTest {
    private static final byte[] BYTES = new byte[10_000];

    static {
        Arrays.fill(BYTES, (byte) 7);
    }

    private final QueueWorld world = new QueueWorld(1);
    private final List<SimDisk> disks = new ArrayList<>();

    private SimDisk disk(DiskWeather weather) {
        QueueMachine machine = new QueueMachine(world);
        SimDisk disk = new SimDisk(world, weather, machine::sleep);
        disks.add(disk);
        return disk;
    }

    private static DiskWeather certain(DiskFault kind) {
        return DiskWeather.fair().with(kind, 1);
    }

    @AfterEach
    void close() {
        disks.forEach(SimDisk::close);
    }

    @Test
    void isAFileSystem() throws IOException, AtomicMoveNotSupportedException {
        SimDisk disk = disk(DiskWeather.fair());
        Path folder = disk.start("one").path("/cache/index");
        assertFalse(Files.exists(folder));
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        assertTrue(Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS));
        Path part = Files.createTempFile(folder, "part-", ".tmp");
        assertEquals(Files.getOwner(folder), Files.getOwner(part));
        Files.write(part, BYTES);
        Path file = folder.resolve("a");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        assertThrows(NoSuchFileException.class, () -> Files.size(part));
        assertArrayEquals(BYTES, Files.readAllBytes(file));
        assertEquals(world.now(), Files.getLastModifiedTime(file).toInstant());
        Instant before = Instant.parse("2020-01-01T00:00:00Z");
        Files.setLastModifiedTime(file, FileTime.from(before));
        assertEquals(before, Files.getLastModifiedTime(file).toInstant());
        assertEquals(List.of(file), listed(folder));
        assertTrue(Files.deleteIfExists(file));
        assertFalse(Files.deleteIfExists(file));
    }

    private static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void listsInAnyOrder() throws IOException {
        Path folder = disk(DiskWeather.fair()).start("one").path("/");
        for (int i = 0; i < 5; i++) {
            Files.write(folder.resolve("file" + i), BYTES);
        }
        Set<List<Path>> orders = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            orders.add(listed(folder));
        }
        assertTrue(orders.size() > 5, orders.toString());
        assertEquals(1, orders.stream().map(HashSet::new).distinct().count());
    }

    @Test
    void failsWhenItIsFull() throws IOException {
        SimDisk disk = disk(certain(DiskFault.FULL));
        Path file = disk.start("one").path("/file");
        FileSystemException failure = assertThrows(FileSystemException.class, () -> Files.write(file, BYTES));
        assertEquals("No space left on device", failure.getReason());
        Files.createFile(disk.base().getPath("/file"));
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThrows(FileSystemException.class, () -> open.write(ByteBuffer.wrap(BYTES)));
            assertTrue(open.size() < BYTES.length);
        }
        assertEquals(2, disk.met().get(DiskFault.FULL));
    }

    @Test
    void breaks() throws IOException {
        SimDisk disk = disk(certain(DiskFault.BROKEN_READ));
        Path file = disk.start("one").path("/file");
        Files.write(file, BYTES);
        assertThrows(FileSystemException.class, () -> Files.readAllBytes(file));
        assertThrows(FileSystemException.class, () -> listed(disk.start("two").path("/")));
        SimDisk other = disk(certain(DiskFault.BROKEN_CHANGE));
        assertThrows(
                FileSystemException.class, () -> Files.write(other.start("one").path("/file"), BYTES));
        SimDisk held = disk(certain(DiskFault.HELD));
        Path busy = held.start("one").path("/file");
        Files.write(busy, BYTES);
        assertThrows(FileSystemException.class, () -> Files.delete(busy));
        assertThrows(FileSystemException.class, () -> Files.move(busy, busy.resolveSibling("other")));
    }

    @Test
    void rots() throws IOException {
        Path file = disk(certain(DiskFault.ROT)).start("one").path("/file");
        Files.write(file, BYTES);
        FileTime time = Files.getLastModifiedTime(file);
        world.after(1_000_000_000, () -> {});
        world.run();
        byte[] read = Files.readAllBytes(file);
        int bits = 0;
        for (int i = 0; i < read.length; i++) {
            bits += Integer.bitCount((read[i] ^ BYTES[i]) & 0xff);
        }
        assertEquals(1, bits);
        assertEquals(time, Files.getLastModifiedTime(file));
    }

    @Test
    void transfersSomeOfTheBytes() throws IOException {
        Path file = disk(certain(DiskFault.SHORT_TRANSFER)).start("one").path("/file");
        Files.write(file, BYTES);
        assertArrayEquals(BYTES, Files.readAllBytes(file));
        try (FileChannel open = FileChannel.open(file)) {
            int count = open.read(ByteBuffer.allocate(BYTES.length), 0);
            assertTrue(count > 0 && count < BYTES.length, "" + count);
        }
    }

    @Test
    void isSlow() throws IOException {
        Path file = disk(certain(DiskFault.SLOW)).start("one").path("/file");
        Files.write(file, BYTES);
        assertTrue(world.nanoTime() > 1_000_000 && world.nanoTime() < 100_000_000_000L);
    }

    @Test
    void killsWithinAnyChange() throws IOException {
        Set<Long> sizes = new HashSet<>();
        int moved = 0;
        for (int i = 0; i < 40; i++) {
            SimDisk disk = disk(DiskWeather.fair());
            SimProcess one = disk.start("one");
            Path file = one.path("/file");
            one.dieAfter(i % 4);
            assertThrows(ProcessKilled.class, () -> {
                Files.write(file, BYTES);
                Files.move(file, one.path("/moved"));
                Files.delete(one.path("/moved"));
            });
            assertTrue(one.isDead());
            assertThrows(ProcessKilled.class, () -> Files.exists(file));
            SimProcess two = disk.start("two");
            if (Files.exists(two.path("/file"))) {
                sizes.add(Files.size(two.path("/file")));
            }
            moved += Files.exists(two.path("/moved")) ? 1 : 0;
        }
        assertTrue(sizes.size() > 5 && sizes.contains(10_000L), sizes.toString());
        assertTrue(moved > 2, "" + moved);
    }

    @Test
    void losesWhatWasNotForced() throws IOException {
        int whole = 0;
        Set<Long> sizes = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            SimDisk disk = disk(DiskWeather.fair());
            SimProcess one = disk.start("one");
            Files.write(one.path("/file"), BYTES);
            try (FileChannel forced =
                    FileChannel.open(one.path("/forced"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                forced.write(ByteBuffer.wrap(BYTES));
                forced.force(false);
            }
            disk.cutPower();
            assertTrue(one.isDead());
            SimProcess two = disk.start("two");
            assertArrayEquals(BYTES, Files.readAllBytes(two.path("/forced")));
            byte[] left = Files.readAllBytes(two.path("/file"));
            sizes.add((long) left.length);
            whole += Arrays.equals(BYTES, left) ? 1 : 0;
            Files.write(two.path("/file"), BYTES);
            assertArrayEquals(BYTES, Files.readAllBytes(two.path("/file")));
        }
        assertTrue(whole > 2 && whole < 30, "" + whole);
        assertTrue(sizes.size() > 5, sizes.toString());
    }

    @Test
    void locksBetweenProcesses() throws IOException {
        SimDisk disk = disk(DiskWeather.fair());
        SimProcess one = disk.start("one");
        Files.write(one.path("/file"), BYTES);
        FileChannel mine = FileChannel.open(one.path("/file"), StandardOpenOption.WRITE);
        FileChannel theirs = FileChannel.open(disk.start("two").path("/file"), StandardOpenOption.WRITE);
        FileLock lock = assertNotNullLock(mine.tryLock());
        assertThrows(OverlappingFileLockException.class, mine::tryLock);
        assertNull(theirs.tryLock());
        lock.release();
        assertFalse(lock.isValid());
        FileLock shared = assertNotNullLock(mine.tryLock(0, 10, true));
        assertNotNull(theirs.tryLock(0, 5, true));
        assertNull(theirs.tryLock(5, 10, false));
        world.after(1_000_000_000, one::kill);
        assertNotNull(theirs.lock(6, 10, false));
        assertTrue(world.nanoTime() >= 1_000_000_000);
        assertFalse(shared.isValid());
        mine.close();
        theirs.close();
    }

    private static FileLock assertNotNullLock(FileLock lock) {
        assertNotNull(lock);
        return lock;
    }

    @Test
    void sameSeedSameTrace() throws IOException {
        List<List<String>> traces = new ArrayList<>();
        for (long seed : new long[] {3, 3, 4}) {
            QueueWorld same = new QueueWorld(seed);
            try (SimDisk disk = new SimDisk(same, DiskWeather.foul(0.1), new QueueMachine(same)::sleep)) {
                Path folder = disk.start("one").path("/");
                for (int i = 0; i < 100; i++) {
                    try {
                        Path part = Files.createTempFile(folder, "part-", ".tmp");
                        Files.write(part, BYTES);
                        Files.move(part, folder.resolve("file" + i), StandardCopyOption.ATOMIC_MOVE);
                        same.note(listed(folder).stream()
                                .filter(path -> !path.toString().contains("part-"))
                                .toList()
                                .toString());
                    } catch (IOException e) {
                        same.note(e.getClass().toString());
                    }
                }
            }
            traces.add(same.trace());
        }
        assertEquals(traces.get(0), traces.get(1));
        assertNotEquals(traces.get(0), traces.get(2));
        assertTrue(traces.get(0).size() > 200);
    }
}
