// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.ReadAbortedException;
import io.h5coro.internal.call.Deadline;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.machine.Machine;
import io.h5coro.testdata.Fixtures;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** One deadline for one call, by a clock of our own; and what every call does on a file that was closed. */
@Timeout(60)
final class CallDeadlineTest {
    private static final String GRANULE = "sample_granule";
    private static final String DATASET = "/gt1l/heights/h_ph";
    private static final ReadOptions SMALL_BLOCKS =
            ReadOptions.builder().firstReadBytes(512).blockBytes(512).build();

    private final AtomicLong clock = new AtomicLong();

    /** Each request takes a second. */
    private final class Slow extends ForwardingRangeReader {
        Slow() {
            super(MemoryRangeReader.of("slow", Fixtures.bytes(GRANULE)));
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            return delegate().read(ranges);
        }
    }

    private void assertEndsWithin(CountingRangeReader reader, int requests, Executable call) {
        int before = reader.requests();
        Deadline deadline = Deadline.after(Machine.ofThisProcess(), clock::get, Duration.ofSeconds(3), () -> null);
        ReadAbortedException late = assertThrows(
                ReadAbortedException.class,
                () -> deadline.during(() -> {
                    try {
                        call.execute();
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Throwable e) {
                        throw new AssertionError(e);
                    }
                    return "";
                }));
        assertTrue(late.getMessage().contains("deadline of PT3S"), late.getMessage());
        assertTrue(reader.requests() - before <= requests, () -> reader.requests() - before + " requests");
    }

    @Test
    void aStorageThatAnswersSlowlyDoesNotRenewTheDeadlineOfMetadata() {
        CountingRangeReader reader = new CountingRangeReader(new Slow());
        assertEndsWithin(reader, 4, () -> H5Coro.open(reader, SMALL_BLOCKS).list("/gt1l/heights"));
        try (H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            assertEndsWithin(reader, 4, () -> file.inspect(DATASET));
            assertFalse(file.inspect(DATASET).attributes().isEmpty());
        }
    }

    @Test
    void aListWithoutRequestsEndsWithItsDeadlineToo() {
        try (H5Coro file = H5Coro.open(MemoryRangeReader.of("x", Fixtures.bytes(GRANULE)), ReadOptions.defaults())) {
            int members = file.list("/gt1l/heights").variables().size();
            AtomicLong looks = new AtomicLong();
            Deadline deadline = Deadline.after(
                    Machine.ofThisProcess(), looks::incrementAndGet, Duration.ofNanos(members), () -> null);
            assertThrows(ReadAbortedException.class, () -> deadline.during(() -> file.list("/gt1l/heights")));
            assertTrue(looks.get() <= members + 4, looks::toString);
        }
    }

    @Test
    void anInterruptEndsACallWithoutRequestsAndStaysSet() {
        try (H5Coro file = H5Coro.open(MemoryRangeReader.of("x", Fixtures.bytes(GRANULE)), ReadOptions.defaults())) {
            Listing before = file.list("/gt1l/heights");
            Thread.currentThread().interrupt();
            assertThrows(ReadAbortedException.class, () -> file.list("/gt1l/heights"));
            assertTrue(Thread.interrupted());
            assertEquals(
                    before.variables().keySet(),
                    file.list("/gt1l/heights").variables().keySet());
        }
    }

    @Test
    void everyCallOnAClosedFileIsAborted() {
        H5Coro file = H5Coro.open(MemoryRangeReader.of("x", Fixtures.bytes(GRANULE)), ReadOptions.defaults());
        Dataset dataset = file.dataset(DATASET);
        Group group = file.group("/gt1l");
        Attribute attribute =
                file.inspect(DATASET).attributes().values().iterator().next();
        DatasetRequest request = DatasetRequest.of(DATASET);
        file.close();
        Map<String, Executable> calls = new LinkedHashMap<>();
        calls.put("read", () -> file.read(request));
        calls.put("readDatasets", () -> file.readDatasets(List.of(request)));
        calls.put("explain", () -> file.explain(List.of(request)));
        calls.put("stream", () -> file.stream(request, BlockOptions.defaults()));
        calls.put("root", file::root);
        calls.put("object", () -> file.object(DATASET));
        calls.put("objectAt", () -> file.objectAt(group.address(), "/gt1l"));
        calls.put("list", () -> file.list("/"));
        calls.put("inspect", () -> file.inspect("/"));
        calls.put("info", file::info);
        calls.put("Dataset.read", dataset::read);
        calls.put("Dataset.shape", dataset::shape);
        calls.put("Dataset.storedBytes", dataset::storedBytes);
        calls.put("Dataset.info", dataset::info);
        calls.put("Dataset.attributes", dataset::attributes);
        calls.put("Dataset.attribute", () -> dataset.attribute("x"));
        calls.put("Group.links", group::links);
        calls.put("Group.link", () -> group.link("heights"));
        calls.put("Group.get", () -> group.get("heights"));
        calls.put("Attribute.read", attribute::read);
        calls.forEach((name, call) -> assertThrows(ReadAbortedException.class, call, name));
        assertEquals(Optional.of(DATASET), dataset.path());
        assertTrue(file.statistics().requests() >= 0);
        file.close();
    }
}
