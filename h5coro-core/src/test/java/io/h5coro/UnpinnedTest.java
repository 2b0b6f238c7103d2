// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.testdata.Fixtures;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole files on servers that name no version, another one each time, no size, or that give no range. */
@Timeout(60)
final class UnpinnedTest {
    private static final String PATH = "/x.h5";
    private static final String GROUP = "/gt1l/heights";
    private static final String NAME = GROUP + "/h_ph";
    private static final StorageOptions CHANGING = StorageOptions.none().with(StorageOptions.ALLOW_CHANGING, "true");

    private final byte[] content = Fixtures.bytes("sample_granule");
    private FaultyHttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = FaultyHttpServer.start().put(PATH, content);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private H5Coro open(StorageOptions options) {
        return H5Coro.open(server.uri(PATH).toString(), ReadOptions.defaults(), options);
    }

    /** Reads a dataset of the file and says whether the versions of its objects are pinned. */
    private boolean isPinned(StorageOptions options) {
        try (H5Coro file = open(options)) {
            boolean unpinned = file.explain(List.of(DatasetRequest.of(NAME))).unpinned();
            file.read(NAME);
            assertEquals(unpinned, file.statistics().unpinned());
            assertEquals(unpinned, file.statistics().toString().endsWith(", unpinned"));
            return !unpinned;
        }
    }

    @Test
    void statisticsAndPlanSayWhereNoVersionIsTold() {
        assertTrue(isPinned(StorageOptions.none()));
        assertTrue(!isPinned(CHANGING));
        server.withoutVersions();
        assertTrue(!isPinned(StorageOptions.none()));
    }

    @Test
    void aServerThatRefusesConditionsIsReadWhenTheFileMayChange() {
        server.always(request -> request.header("If-Match").isPresent() ? ServerFault.status(412) : ServerFault.none());
        assertThrows(ObjectChangedException.class, () -> readAll(StorageOptions.none()));
        readAll(CHANGING);
    }

    private void readAll(StorageOptions options) {
        ReadOptions small =
                ReadOptions.builder().firstReadBytes(4096).blockBytes(4096).build();
        try (H5Coro file = H5Coro.open(server.uri(PATH).toString(), small, options)) {
            for (String name : file.list(GROUP).variables().keySet()) {
                file.read(GROUP + "/" + name);
            }
        }
    }

    @Test
    void aServerThatNeverTellsTheSizeIsRead() {
        server.always(request -> answer -> {
            if (answer.status == 416) {
                ServerFault.status(416).spoil(answer);
            } else {
                String told = String.valueOf(answer.headers.get("Content-Range"));
                answer.header("Content-Range", told.replaceAll("/.*", "/*"));
            }
        });
        readAll(StorageOptions.none());
        assertTrue(isPinned(StorageOptions.none()));
    }

    @Test
    void aRangeThatIsRefusedIsNoFileOfNoBytes() {
        server.always(request -> ServerFault.status(416));
        StorageFailureException failure =
                assertThrows(StorageFailureException.class, () -> open(StorageOptions.none()));
        assertEquals(StorageException.Kind.RANGE_REFUSED, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).contains("refuses to send the bytes"), failure.getMessage());
    }
}
