// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted while the folder is looked through and written to at the same time. */
final class FolderRoomTest {
    private static final int PAGE = 4096;

    /** Room for 64 pages, 62 of which are filled before it is looked through, which leaves 56. */
    private static final long MAX = 64 * PAGE;

    @TempDir
    Path folder;

    private final Queue<Runnable> clearing = new ArrayDeque<>();
    private final List<Exception> failures = new ArrayList<>();
    private int files;

    private FolderRoom room() {
        return new FolderRoom(folder, MAX, new Ground(Machine.ofThisProcess(), clearing::add), failures::add);
    }

    private void write(FolderRoom room) throws IOException {
        Path object = Files.createDirectories(folder.resolve(ObjectKey.object("a")));
        String name = String.format("0123456789abcdef-%x-%x-1-00000000.h5data", files, files + 1);
        files++;
        Files.write(object.resolve(name), new byte[PAGE]);
        room.settle(PAGE, true);
    }

    private long pages() throws IOException {
        try (var all = Files.list(folder.resolve(ObjectKey.object("a")))) {
            return all.count();
        }
    }

    @Test
    void aFileThatIsTakenBeforeAndWrittenAfterTheLookIsCounted() throws IOException {
        FolderRoom room = room();
        for (int i = 0; i < 9; i++) {
            assertTrue(room.take(PAGE));
            write(room);
        }
        assertTrue(clearing.isEmpty());
        assertTrue(room.take(PAGE), "the tenth: more than an eighth is written");
        clearing.remove().run();
        write(room);
        for (int i = 10; i < 64; i++) {
            if (!clearing.isEmpty()) {
                clearing.remove().run();
            }
            if (room.take(PAGE)) {
                write(room);
            }
            assertTrue(pages() <= 64);
        }
        assertTrue(pages() >= 55);
        assertEquals(List.of(), failures);
    }

    /** Writes a page if there is room for it; 1 or 0. */
    private int writeIfRoom(FolderRoom room) throws IOException {
        if (!room.take(PAGE)) {
            return 0;
        }
        write(room);
        return 1;
    }

    @Test
    void nothingIsTakenBeyondTheBoundWhileTheFolderIsCleared() throws IOException {
        FolderRoom room = room();
        for (int i = 0; i < 60; i++) {
            assertEquals(1, writeIfRoom(room));
            if (!clearing.isEmpty()) {
                clearing.remove().run();
            }
        }
        int kept = 0;
        for (int i = 0; i < 20; i++) {
            kept += writeIfRoom(room);
        }
        assertEquals(4, kept);
        assertEquals(64, pages());
        assertFalse(room.take(1));
        clearing.remove().run();
        assertEquals(56, pages());
        assertTrue(room.take(PAGE));
        room.settle(PAGE, false);
        assertTrue(room.take(8 * PAGE), "what was not written is given back");
    }

    @Test
    void atMostAQuarterIsWrittenWithoutALookAtWhatOthersWrote() throws IOException {
        FolderRoom slow = room();
        assertEquals(1, writeIfRoom(slow));
        FolderRoom other =
                new FolderRoom(folder, MAX, new Ground(Machine.ofThisProcess(), Runnable::run), failures::add);
        for (int i = 0; i < 60; i++) {
            int unused = writeIfRoom(other);
        }
        int kept = 1;
        for (int i = 0; i < 60; i++) {
            kept += writeIfRoom(slow);
        }
        assertEquals(16, kept);
        clearing.remove().run();
        assertTrue(pages() <= 56);
        assertEquals(1, writeIfRoom(slow));
    }

    @Test
    void aFolderThatNoThreadClearsIsClearedByTheNextOneThatThereIs() throws IOException {
        int[] refused = {0};
        FolderRoom room = new FolderRoom(
                folder,
                MAX,
                new Ground(Machine.ofThisProcess(), task -> {
                    if (refused[0]++ == 0) {
                        throw new OutOfMemoryError("no thread");
                    }
                    task.run();
                }),
                failures::add);
        for (int i = 0; i < 200; i++) {
            assertEquals(1, writeIfRoom(room));
        }
        assertTrue(refused[0] > 2);
        assertTrue(pages() >= 48 && pages() <= 64);
    }

    @Test
    void aFolderThatCannotBeLookedThroughHasNoRoom() {
        FolderRoom room = new FolderRoom(
                folder.resolve("nowhere"), MAX, new Ground(Machine.ofThisProcess(), Runnable::run), failures::add);
        assertFalse(room.take(PAGE));
        assertFalse(room.take(PAGE));
        assertEquals(2, failures.size());
    }
}
