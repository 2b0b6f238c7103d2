// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK's flight recorder gets to see, also of a file that was opened before the recording began. */
@Timeout(120)
final class FlightRecordingTest {
    private static final String HEIGHTS = "/gt1l/heights/h_ph";

    /** Files of other tests may be read at the same time, in this process. */
    private static final String SOURCE = "recorded-granule";

    @TempDir
    private Path folder;

    private List<RecordedEvent> recorded(Recording recording, String name) throws IOException {
        Path file = folder.resolve(name + ".jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.h5coro."))
                .filter(event -> SOURCE.equals(event.getString("file")))
                .toList();
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("io.h5coro." + name))
                .toList();
    }

    @Test
    void requestsDecodingPlansAndResultsAreThoseOfTheStatistics() throws Exception {
        try (H5Coro file =
                H5Coro.open(MemoryRangeReader.of(SOURCE, Fixtures.bytes("sample_granule")), ReadOptions.defaults())) {
            ReadStatistics before = file.statistics();
            List<RecordedEvent> events;
            try (Recording recording = new Recording()) {
                List.of("Request", "Decode", "Plan", "Delivery").forEach(name -> recording.enable("io.h5coro." + name));
                recording.start();
                file.read(HEIGHTS);
                recording.stop();
                events = recorded(recording, "enabled");
            }
            ReadStatistics after = file.statistics();
            List<RecordedEvent> requests = of(events, "Request");
            assertTrue(requests.size() >= 1, events::toString);
            assertEquals(after.requests() - before.requests(), requests.size());
            assertEquals(
                    after.bytesFetched() - before.bytesFetched(),
                    requests.stream().mapToLong(event -> event.getLong("bytes")).sum());
            requests.forEach(event -> assertTrue(event.getDuration().toNanos() > 0, event::toString));
            assertEquals(
                    after.chunks(),
                    of(events, "Decode").stream()
                            .mapToInt(event -> event.getInt("chunks"))
                            .sum());
            assertEquals(1, of(events, "Delivery").size());
            assertEquals(HEIGHTS, of(events, "Delivery").get(0).getString("name"));
            assertTrue(of(events, "Delivery").get(0).getDuration("took").toNanos() > 0);
        }
    }

    @Test
    void nothingIsRecordedUnlessItIsEnabled() throws Exception {
        try (Recording recording = new Recording()) {
            recording.start();
            try (H5Coro file = H5Coro.open(
                    MemoryRangeReader.of(SOURCE, Fixtures.bytes("sample_granule")), ReadOptions.defaults())) {
                file.read(HEIGHTS);
            }
            recording.stop();
            assertEquals(List.of(), recorded(recording, "default"));
        }
    }
}
