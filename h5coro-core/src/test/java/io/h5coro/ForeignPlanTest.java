// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReadStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan of what is in other files is what the read that follows asks of each, and no data are read for it. */
@Timeout(60)
final class ForeignPlanTest {
    @ParameterizedTest
    @CsvSource({
        "virtual_v110, /stacked",
        "virtual_v110, /nested",
        "virtual_v110, /same_file",
        "virtual_v110, /converted_int",
        "virtual_v110, /unlimited",
        "virtual_v110, /printf",
        "virtual_v110, /missing_file",
        "virtual_v110, /stacked[5:8]",
        "virtual_v110, '/stacked[[7,1,7],2:4]'",
        "virtual_v110, '/nested[[7,1,7]]'",
        "virtual_v110, /part /text_source /here",
        "external_raw_v110, /two_files",
        "external_raw_v110, /pieces[1:7]",
        "external_raw_v110, '/pieces[[6,1,1,3]]'",
        "external_raw_v110, /to_the_end",
        "external_raw_v110, /whole /beside /at_offset",
        "external_links_v110, /to_dataset",
        "external_links_v110, /through",
        "external_links_v110, /own /to_root/b /to_root/growing[1:5]",
    })
    void sendsWhatThePlanSays(String fixture, String paths) {
        CountedFixtures files = new CountedFixtures();
        List<DatasetRequest> requests =
                Stream.of(paths.split(" ")).map(DatasetRequest::parse).toList();
        try (H5Coro file = files.file(fixture)) {
            long before = files.requests();
            long bytesBefore = files.bytes();
            ReadPlan plan = file.explain(requests);
            assertEquals(List.of(), plan.failures());
            assertEquals(files.requests() - before, plan.metadata().requests());
            assertEquals(files.bytes() - bytesBefore, plan.metadata().bytes());
            files.reset();

            ReadPromise promise = file.readDatasets(requests);
            promise.names().forEach(promise::get);
            ReadStatistics did = promise.statistics();
            assertEquals(asked(fixture, plan), files.ranges());
            assertEquals(plan.requestCount(), did.requests());
            assertEquals(plan.bytesFetched(), did.bytesFetched());
            assertEquals(
                    plan.datasets().stream().mapToLong(ReadPlan.Planned::chunks).sum(), did.chunks());
            assertEquals(plan.bytesWanted() + plan.bytesCached(), did.bytesWanted());
            assertEquals(
                    plan.datasets().stream()
                            .mapToLong(ReadPlan.Planned::bytesWanted)
                            .sum(),
                    did.bytesWanted());
            assertEquals(
                    plan.datasets().stream()
                            .mapToLong(ReadPlan.Planned::bytesDecoded)
                            .sum(),
                    did.bytesDecoded());
        }
    }

    private static TreeMap<String, List<String>> asked(String fixture, ReadPlan plan) {
        TreeMap<String, List<ReadPlan.Range>> ranges = new TreeMap<>();
        if (!plan.requests().isEmpty()) {
            ranges.put(fixture + ".h5", new ArrayList<>(plan.requests()));
        }
        plan.sources()
                .forEach(source -> ranges.computeIfAbsent(source.source(), s -> new ArrayList<>())
                        .addAll(source.requests()));
        TreeMap<String, List<String>> texts = new TreeMap<>();
        ranges.forEach((source, list) -> {
            List<String> text = new ArrayList<>();
            list.forEach(range -> text.add(range.offset() + "+" + range.length()));
            Collections.sort(text);
            texts.put(source, text);
        });
        return texts;
    }

    @Test
    void rawDataBehindTheEndOfAFileAreAskedForAndDoNotCome() {
        CountedFixtures files = new CountedFixtures();
        try (H5Coro file = files.file("external_raw_v110")) {
            ReadPlan plan = file.explain(List.of(DatasetRequest.of("/short_file")));
            files.reset();
            file.read("/short_file");
            assertEquals(asked("external_raw_v110", plan), files.ranges());
            assertEquals(32, plan.bytesFetched());
            assertTrue(files.bytes() < 32);
        }
    }

    @Test
    void listsWhatCannotBeRead() {
        CountedFixtures files = new CountedFixtures();
        try (H5Coro raw = files.file("external_raw_v110");
                H5Coro links = files.file("external_links_v110");
                H5Coro virtual = files.file("virtual_v110")) {
            isMissing(raw.explain(List.of(DatasetRequest.of("/missing_file"))));
            isMissing(links.explain(List.of(DatasetRequest.of("/to_missing_file"))));
            isMissing(virtual.explain(List.of(DatasetRequest.of("/missing_group"))));
        }
    }

    private static void isMissing(ReadPlan plan) {
        assertEquals(List.of(), plan.datasets());
        assertInstanceOf(NotFoundException.class, plan.failures().get(0).failure());
    }

    @Test
    void sourcesComeBeforeTheFileItself() {
        List<ReadPlan.Range> one = List.of(new ReadPlan.Range(0, 1_000_000));
        ReadPlan.Conditions conditions = new ReadPlan.Conditions(Duration.ofMillis(100), 10_000_000, 2);
        ReadPlan plan = new ReadPlan(
                List.of(),
                List.of(),
                one,
                List.of(new ReadPlan.Source("a", one), new ReadPlan.Source("b", one)),
                3_000_000,
                0,
                new ReadPlan.Metadata(0, 0, 0),
                conditions,
                false);
        // The two sources side by side, then the file: 0.1 + 0.1 each.
        assertEquals(0.4, plan.dataTime(conditions).toNanos() / 1e9, 1e-6);
        assertEquals(3, plan.requestCount());
        assertEquals(3_000_000, plan.bytesFetched());
    }
}
