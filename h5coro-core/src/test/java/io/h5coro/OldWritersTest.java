// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.model.FillInfo;
import io.h5coro.model.IntArray;
import io.h5coro.testdata.Fixtures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What libhdf5 says of files that writers of twenty years ago left. */
final class OldWritersTest {
    @Test
    void aDatasetWithoutAFillValueMessageHasAnUndefinedFillValue() {
        Map<String, FillInfo.AllocationTime> expected = Map.of(
                "/contiguous", FillInfo.AllocationTime.LATE,
                "/unwritten", FillInfo.AllocationTime.LATE,
                "/chunked", FillInfo.AllocationTime.INCREMENTAL,
                "/compact", FillInfo.AllocationTime.EARLY);
        try (H5Coro file = H5Coro.open(Fixtures.path("no_fill_message"))) {
            expected.forEach((path, time) -> {
                FillInfo fill = file.dataset(path).fill();
                assertEquals(FillInfo.State.UNDEFINED, fill.state(), path);
                assertEquals(time, fill.allocationTime(), path);
                assertEquals(FillInfo.WriteTime.IF_SET, fill.writeTime(), path);
            });
            assertArrayEquals(new int[] {5, 6, 0, 0}, ((IntArray) file.read("/chunked")).values());
            assertThrows(NotFoundException.class, () -> file.read("/unwritten"));
        }
    }

    /** Parsing all of them for each made thousands of attributes quadratic. */
    @Test
    void findingOneOfManyAttributesDoesNotParseThemAll() {
        try (H5Coro file = H5Coro.open(Fixtures.path("h5coro_cases"))) {
            Dataset holder = file.dataset("/thirty_attributes");
            List<Attribute> all = holder.attributes();
            assertEquals(30, all.size());
            Attribute last = all.get(29);
            assertEquals(
                    last.name(), holder.attribute(last.name()).orElseThrow().name());
            int times = 2000; // what else allocates is little beside this
            AllocatedBytes ofAll = new AllocatedBytes();
            for (int i = 0; i < times; i++) {
                assertEquals(30, holder.attributes().size());
            }
            long bytesOfAll = ofAll.count();
            AllocatedBytes ofOne = new AllocatedBytes();
            for (int i = 0; i < times; i++) {
                assertTrue(holder.attribute(last.name()).isPresent());
            }
            long bytesOfOne = ofOne.count();
            assertTrue(bytesOfOne > 0 && bytesOfOne < bytesOfAll / 3, bytesOfOne + " of " + bytesOfAll + " bytes");
        }
    }
}
