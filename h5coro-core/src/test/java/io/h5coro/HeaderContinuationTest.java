// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.MalformedFileException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A continuation that a read does not need is not waited for at once, and still looked at before a value is handed out.
 */
final class HeaderContinuationTest {
    /** Its dataset x has all that a read needs in chunk 0; only attributes stand in the continuation. */
    private static final String FIXTURE = "composed_009";

    private static byte[] damaged() {
        byte[] file = Fixtures.bytes(FIXTURE).clone();
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("OCHK", 1700);
        assertEquals(1732, at, "the continuation of x");
        file[at + 20] ^= 4;
        return file;
    }

    @Test
    void damageInAContinuationThatTheReadDoesNotNeedIsTold() {
        try (H5Coro file = H5Coro.open(MemoryRangeReader.of("damaged", damaged()), ReadOptions.defaults())) {
            DatasetRequest request = DatasetRequest.of("/x");
            ReadPromise promise = file.readDatasets(List.of(request));
            MalformedFileException told = assertThrows(MalformedFileException.class, () -> promise.get("/x"));
            assertTrue(told.getMessage().contains("checksum"), told.getMessage());
            assertThrows(MalformedFileException.class, () -> file.dataset("/x"));
            assertThrows(
                    MalformedFileException.class,
                    () -> file.readDatasets(List.of(request)).get("/x"),
                    "a header that failed once is not taken for complete");
        }
    }

    @Test
    void theReadGoesOnWithoutChecksums() {
        ReadOptions trusting = ReadOptions.builder().verifyChecksums(false).build();
        try (H5Coro file = H5Coro.open(MemoryRangeReader.of("damaged", damaged()), trusting);
                H5Coro sound =
                        H5Coro.open(MemoryRangeReader.of(FIXTURE, Fixtures.bytes(FIXTURE)), ReadOptions.defaults())) {
            for (int i = 0; i < 3; i++) {
                assertEquals(sound.read("/x").getLong(i), file.read("/x").getLong(i));
            }
        }
    }
}
