// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.MemoryBudget.Use;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.Backoff;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.http.HttpOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A series over HTTP from a server that spoils answers. */
@Timeout(120)
final class FileSeriesFaultsTest {
    private static final int FILES = 30;
    private static final List<DatasetRequest> BOTH =
            List.of(DatasetRequest.of("/contiguous"), DatasetRequest.of("/chunked"));

    private final MemoryBudget budget = H5Coro.memoryBudget(8 << 20, WhenFull.WAIT);
    private final List<String> locations = new ArrayList<>();
    private FaultyHttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = FaultyHttpServer.start();
        for (int i = 0; i < FILES; i++) {
            String path = "/file" + i + ".h5";
            server.put(path, StoredFiles.resource("part_0.h5"));
            locations.add(server.uri(path).toString());
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private FileSeries.Options options() {
        ReadOptions read = ReadOptions.builder()
                .firstReadBytes(4096)
                .blockBytes(1024)
                .gapBytes(0)
                .memoryBudget(budget)
                .build();
        HttpOptions patient = HttpOptions.builder()
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(20)))
                .retries(20)
                .retryBudget(1000)
                .build();
        return FileSeries.Options.defaults()
                .withRead(read)
                .withStorage(StorageOptions.none().with(HttpOptions.class, patient));
    }

    private static void assertRight(FileSeries.Entry file) {
        H5Array numbers = file.get("/contiguous");
        H5Array columns = file.get("/chunked");
        for (int row = 0; row < 2500; row++) {
            assertEquals(row, numbers.getLong(row));
            assertEquals(row + 0.5, columns.getDouble(3 * row + 2));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneRequestInTenFailingIsNotNoticedInAnyFile(boolean ordered) throws Exception {
        Random dice = new Random(3);
        server.always(request -> {
            synchronized (dice) {
                return dice.nextInt(10) == 0
                        ? dice.nextBoolean() ? ServerFault.status(503) : ServerFault.resetAfter(300)
                        : ServerFault.none();
            }
        });
        int right = 0;
        try (FileSeries series =
                H5Coro.series(locations, BOTH, ordered ? options() : options().asTheyCome())) {
            for (FileSeries.Entry file : series) {
                assertRight(file);
                right++;
            }
        }
        assertEquals(FILES, right);
        Eventually.holds(() -> budget.use().equals(new Use(0, 0, 0, 0)));
    }

    @Test
    void whatStaysIsTheFailureOfItsFile() {
        server.always(request -> request.path().contains("/file3.")
                ? ServerFault.status(404)
                : request.path().contains("/file7.") ? ServerFault.status(403) : ServerFault.none());
        List<Integer> failed = new ArrayList<>();
        try (FileSeries series = H5Coro.series(locations, BOTH, options())) {
            for (FileSeries.Entry file : series) {
                if (file.failure().isEmpty()) {
                    assertRight(file);
                    continue;
                }
                failed.add(file.index());
                Throwable failure = file.failure().get();
                if (file.index() == 3) {
                    assertEquals(NotFoundException.class, failure.getClass());
                } else {
                    assertEquals(StorageException.Kind.ACCESS_DENIED, ((StorageFailureException) failure).kind());
                }
                assertTrue(failure.getMessage().contains("file" + file.index()), failure.getMessage());
            }
        }
        assertEquals(List.of(3, 7), failed);
    }
}
