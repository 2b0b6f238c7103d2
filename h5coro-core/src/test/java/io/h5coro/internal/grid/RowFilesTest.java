// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.Hyperslab.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RowFilesTest {
    @Test
    void theExampleHolds() {
        RowFiles rows = new RowFiles(10, 0, 5);
        assertEquals(15, rows.rows());
        assertEquals(
                List.of(new RowFiles.Part(0, new Range(8L, 10L, 3)), new RowFiles.Part(2, new Range(1L, 3L, 3))),
                rows.parts(8, 13, 3));
    }

    /** Against a list of all rows. */
    @Test
    void partsAreTheSelectedRowsOfEachFileInTheirOrder() {
        Random random = new Random(5);
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            long[] lengths = random.longs(1 + random.nextInt(5), 0, 6).toArray();
            RowFiles rows = new RowFiles(lengths);
            List<List<Long>> all = new ArrayList<>();
            for (int file = 0; file < lengths.length; file++) {
                for (long row = 0; row < lengths[file]; row++) {
                    all.add(List.of((long) file, row));
                }
            }
            assertEquals(all.size(), rows.rows());
            int start = random.nextInt(all.size() + 1);
            int stop = start + random.nextInt(all.size() - start + 1);
            int step = 1 + random.nextInt(8);
            List<List<Long>> expected = new ArrayList<>();
            for (int row = start; row < stop; row += step) {
                expected.add(all.get(row));
            }
            List<List<Long>> selected = new ArrayList<>();
            for (RowFiles.Part part : rows.parts(start, stop, step)) {
                assertTrue(part.rows().stop() <= rows.rows(part.file()));
                for (long row = part.rows().start(); row < part.rows().stop(); row += step) {
                    selected.add(List.of((long) part.file(), row));
                }
            }
            assertEquals(expected, selected);
            found += expected.size();
        }
        assertTrue(found > 10_000);
    }

    @Test
    void moreRowsThanALongCountsAreRefused() {
        assertThrows(ArithmeticException.class, () -> new RowFiles(Long.MAX_VALUE, 1));
        assertEquals(
                List.of(new RowFiles.Part(1, new Range(0L, 1L, Long.MAX_VALUE))),
                new RowFiles(0, Long.MAX_VALUE).parts(0, 1, Long.MAX_VALUE));
    }
}
