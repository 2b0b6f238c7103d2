// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.internal.file.Means;
import io.h5coro.internal.walk.BuiltFile;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds of the pool of open files, with a clock that a test sets. */
final class H5FilesLimitsTest {
    private final AtomicLong clock = new AtomicLong(-1L << 62);
    private final AtomicInteger opened = new AtomicInteger();

    private H5Files files(int idle, Duration age) {
        BuiltFile file = new BuiltFile();
        byte[] bytes = file.toArray(file.header(BuiltFile.group()), -1);
        return new H5Files(
                Means.of(ReadOptions.defaults()),
                location -> {
                    if (location.startsWith("absent")) {
                        throw new StorageException(StorageException.Kind.NOT_FOUND, location + ": no such file");
                    }
                    opened.incrementAndGet();
                    return MemoryRangeReader.of(location, bytes);
                },
                idle,
                age,
                clock::get);
    }

    @ParameterizedTest
    @CsvSource({"-1, PT0S", "0, PT-1S", "0, PT-0.000000001S"})
    void aNumberOrAnAgeBelowZeroIsRefused(int idle, Duration age) {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class,
                () -> H5Files.create(ReadOptions.defaults(), StorageOptions.none(), idle, age));
        assertEquals(idle + " idle files, of an age of " + age, failure.getMessage());
    }

    @Test
    void filesOfAnyAgeAreKeptForEver() {
        try (H5Files files = files(1, ChronoUnit.FOREVER.getDuration())) {
            files.open("a").close();
            clock.addAndGet(Long.MAX_VALUE - 1);
            files.open("a").close();
            assertEquals(1, opened.get());
            assertEquals("1 open files", files.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"999, 1", "1000, 2"})
    void anIdleFileIsOpenedAgainFromItsAgeOn(long nanos, int openings) {
        try (H5Files files = files(1, Duration.ofNanos(1000))) {
            files.open("a").close();
            clock.addAndGet(nanos);
            files.open("a").close();
            assertEquals(openings, opened.get());
            assertEquals(1, files.openFiles());
        }
    }

    @Test
    void anAgeOfNothingSharesFilesInUseAlone() {
        try (H5Files files = files(9, Duration.ZERO)) {
            H5Coro first = files.open("a");
            H5Coro second = files.open("a");
            assertEquals(1, opened.get());
            first.close();
            first.close();
            assertEquals(1, files.openFiles(), "closing a handle twice gives it back once");
            assertEquals(0, second.root().links().size());
            second.close();
            assertEquals(0, files.openFiles());
            files.open("a").close();
            assertEquals(2, opened.get());
        }
    }

    @Test
    void theLeastRecentlyUsedIdleFilesAreClosed() {
        try (H5Files files = files(2, Duration.ofDays(1))) {
            for (String name : new String[] {"a", "b", "a", "c"}) {
                clock.incrementAndGet();
                files.open(name).close();
            }
            assertEquals(2, files.openFiles());
            assertEquals(3, opened.get());
            files.open("a").close();
            files.open("c").close();
            assertEquals(3, opened.get());
            files.open("b").close();
            assertEquals(4, opened.get());
        }
    }

    @Test
    void aFileThatCannotBeOpenedIsAskedForAgain() {
        try (H5Files files = files(2, Duration.ofDays(1))) {
            NotFoundException first = assertThrows(NotFoundException.class, () -> files.open("absent.h5"));
            assertEquals("absent.h5", first.where().source());
            assertThrows(NotFoundException.class, () -> files.open("absent.h5"));
            assertEquals(0, files.openFiles());
        }
    }

    @Test
    void aClosedPoolOpensNothingAndItsFilesReadNothing() {
        H5Files files = files(2, Duration.ofDays(1));
        H5Coro used = files.open("a");
        Group root = used.root();
        files.close();
        files.close();
        ReadAbortedException pool = assertThrows(ReadAbortedException.class, () -> files.open("b"));
        assertEquals("the files were closed", pool.problem());
        ReadAbortedException file = assertThrows(ReadAbortedException.class, root::links);
        assertSame(ReadAbortedException.class, file.getClass());
        used.close();
        assertEquals(0, files.openFiles());
    }

    @Test
    void whoCannotWaitForAnotherToOpenIsToldNoSecretOfTheLocation() throws Exception {
        String location = "https://me:PASSWORD@host/x.h5?token=SECRET";
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        H5Files files = new H5Files(
                Means.of(ReadOptions.defaults()),
                at -> {
                    opening.countDown();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    throw new StorageException(StorageException.Kind.NOT_FOUND, "none");
                },
                1,
                Duration.ofDays(1),
                clock::get);
        Thread first = new Thread(() -> assertThrows(NotFoundException.class, () -> files.open(location)));
        first.start();
        opening.await();
        Thread.currentThread().interrupt();
        ReadAbortedException failure = assertThrows(ReadAbortedException.class, () -> files.open(location));
        assertTrue(Thread.interrupted());
        over.countDown();
        first.join();
        assertFalse(
                failure.toString().contains("PASSWORD") || failure.toString().contains("SECRET"), failure::toString);
        assertTrue(failure.toString().contains("host/x.h5"), failure::toString);
        files.close();
    }
}
