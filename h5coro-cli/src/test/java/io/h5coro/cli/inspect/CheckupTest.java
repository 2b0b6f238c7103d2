// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.SparseRangeReader;
import io.h5coro.storage.WaveRangeReader;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class CheckupTest {
    /** 26 groups on four levels, scattered over 250 MB: a round trip or two for each level, not for each group. */
    @Test
    void listsTheGroupsOfALevelTogether() throws IOException {
        SparseRangeReader granule = SparseRangeReader.of(
                "granule",
                Objects.requireNonNull(
                        SparseRangeReader.class.getResourceAsStream("/large/granule_original.extents.gz")));
        try (WaveRangeReader reader = new WaveRangeReader(granule);
                H5Coro file = H5Coro.open(reader, ReadOptions.defaults())) {
            Checkup.Listed listed = new Checkup(file, 1000).list();
            assertEquals(26, listed.groups());
            assertTrue(listed.complete());
            assertTrue(reader.waves() >= 4 && reader.waves() <= 12, () -> reader.waves() + " waves");
        }
    }
}
