// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.SelectionException;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.testdata.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slice is the same in reading, in plans and in blocks. */
final class SlicesTest {
    private static final String DATASET = "/chunked/be_f8";

    private static H5Coro open() {
        return H5Coro.open(Fixtures.path("numbers_earliest"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[-1] | [6:7]", "[-3:-1] | [4:6]", "[...,0] | [0:7,0:1]", "[...,-2:] | [0:7,7:9]",
                        "[-2,...] | [5:6,0:9]",
                "[] | [0:7,0:9]", "[...] | [0:7,0:9]", "[3] | [3:4,0:9]", "[5,:] | [5:6,0:9]",
                        "[-7::3,-9::4] | [0:7:3,0:9:4]"
            })
    void countsFromTheEndAndLeavesOut(String slice, String plain) {
        try (H5Coro file = open()) {
            H5Array expected = file.read(DATASET + plain);
            H5Array found = file.read(DATASET + slice);
            assertEquals(expected.shape(), found.shape());
            assertEquals(doubles(expected), doubles(found));
            DatasetRequest request = DatasetRequest.parse(DATASET + slice);
            assertEquals(
                    expected.shape(),
                    file.explain(List.of(request)).datasets().get(0).shape());
            List<Double> rows = new ArrayList<>();
            try (RowBlocks blocks = file.stream(request, BlockOptions.defaults().withRows(2))) {
                blocks.forEachRemaining(block -> rows.addAll(doubles(block.values())));
            }
            assertEquals(doubles(expected), rows);
        }
    }

    private static List<Double> doubles(H5Array array) {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < array.length(); i++) {
            all.add(array.getDouble(i));
        }
        return all;
    }

    @Test
    void aBoundBehindTheEndIsAnErrorUnlessItIsClipped() {
        try (H5Coro file = open()) {
            for (String slice : List.of("[0:8]", "[-8]", "[7]", "[:,0:10]", "[0,0,0]", "[5:-5]")) {
                DatasetRequest request = DatasetRequest.parse(DATASET + slice);
                SelectionException e = assertThrows(SelectionException.class, () -> file.read(request), slice);
                assertTrue(String.valueOf(e.getMessage()).contains("(7, 9)"), e.getMessage());
                assertTrue(
                        file.explain(List.of(request)).failures().get(0).failure() instanceof SelectionException,
                        slice);
                assertThrows(SelectionException.class, () -> file.stream(request, BlockOptions.defaults()), slice);
            }
            DatasetRequest clipped = DatasetRequest.parse(DATASET + "[5:100]").clipped();
            assertEquals("(2, 9)", file.read(clipped).shape().toString());
            assertEquals(
                    "(2, 9)",
                    file.explain(List.of(clipped)).datasets().get(0).shape().toString());
            try (RowBlocks blocks = file.stream(clipped, BlockOptions.defaults())) {
                assertEquals("(2, 9)", blocks.next().values().shape().toString());
            }
        }
    }
}
