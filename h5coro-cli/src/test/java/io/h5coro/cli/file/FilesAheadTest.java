// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.model.ReadOptions;
import io.h5coro.testdata.Fixtures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten files, of which the fourth is missing. */
final class FilesAheadTest {
    private static final List<Location> ALL =
            IntStream.range(0, 10).mapToObj(i -> new Location(address(i), "/")).toList();

    private final Map<String, H5Coro> opened = new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private static String address(int number) {
        return "far://files/" + number;
    }

    private H5Coro opened(String location) {
        asked.add(location);
        if (location.equals(address(3))) {
            throw new NotFoundException(Where.source(location), "is not there");
        }
        H5Coro file = H5Coro.open(Fixtures.path("sample_granule"), ReadOptions.defaults());
        opened.put(location, file);
        return file;
    }

    @Test
    void aFailureIsThrownWhenItsTurnComes() {
        try (FilesAhead files = new FilesAhead(this::opened, ALL, (file, path) -> file.list(path))) {
            for (int i = 0; i < 10; i++) {
                if (i == 3) {
                    assertThrows(NotFoundException.class, () -> files.open(address(3)));
                } else {
                    try (H5Coro file = files.open(address(i))) {
                        assertEquals(opened.get(address(i)), file);
                    }
                }
            }
        }
        assertEquals(10, asked.size());
    }

    @Test
    void fourFilesAreAheadOnceTheFirstIsOpen() throws InterruptedException {
        CountDownLatch rehearsed = new CountDownLatch(4);
        try (FilesAhead files =
                new FilesAhead(this::opened, ALL.subList(4, 10), (file, path) -> rehearsed.countDown())) {
            assertEquals(Set.of(), asked);
            try (H5Coro first = files.open(address(4))) {
                assertTrue(rehearsed.await(30, TimeUnit.SECONDS));
                assertEquals(5, asked.size());
                assertEquals(opened.get(address(4)), first);
            }
        }
    }

    @Test
    void whatIsPassedOverOrLeftIsClosed() throws InterruptedException {
        CountDownLatch rehearsed = new CountDownLatch(5);
        FilesAhead files = new FilesAhead(this::opened, ALL.subList(4, 10), (file, path) -> rehearsed.countDown());
        files.open(address(4)).close();
        files.open(address(7)).close();
        assertTrue(rehearsed.await(30, TimeUnit.SECONDS));
        files.close();
        assertEquals(6, opened.size());
        opened.forEach((address, file) -> assertThrows(RuntimeException.class, () -> file.list("/"), address));
    }

    @Test
    void filesOnDiskAreOpenedAtTheirTurn() {
        List<Location> here = List.of(new Location("/a", "/"), new Location("/b", "/"));
        try (FilesAhead files = new FilesAhead(this::opened, here, (file, path) -> {})) {
            files.open("/a").close();
            assertEquals(Set.of("/a"), asked);
        }
    }
}
