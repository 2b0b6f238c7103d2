// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.cli.text.Page;
import io.h5coro.model.DataSelection;
import io.h5coro.model.VirtualMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The mappings of a virtual dataset as h5dump -p prints them (h5tools_dump.c, h5tools_print_virtual_selection). */
final class MappingsText {
    private final PropertiesText text;

    MappingsText(PropertiesText text) {
        this.text = text;
    }

    void print(List<VirtualMapping> mappings) {
        for (int i = 0; i < mappings.size(); i++) {
            VirtualMapping mapping = mappings.get(i);
            text.open("MAPPING " + i + " { ");
            text.begin("VIRTUAL");
            selection(mapping.virtual());
            text.end();
            text.begin("SOURCE");
            text.line("FILE \"" + mapping.file() + "\"");
            text.line("DATASET \"" + mapping.dataset() + "\"");
            selection(mapping.source());
            text.end();
            text.end();
        }
    }

    private void selection(DataSelection stored) {
        DataSelection selection = stored instanceof DataSelection.Blocks b ? regularIfPossible(b) : stored;
        if (selection instanceof DataSelection.Regular regular) {
            text.open("SELECTION REGULAR_HYPERSLAB { ");
            text.line("START " + tuple(regular.start()));
            text.line("STRIDE " + tuple(regular.stride()));
            text.line("COUNT " + tuple(regular.count()));
            text.line("BLOCK " + tuple(regular.block()));
            text.end();
        } else if (selection instanceof DataSelection.Blocks blocks) {
            text.open("SELECTION IRREGULAR_HYPERSLAB { ");
            List<String> pairs = new ArrayList<>();
            for (int i = 0; i + 1 < blocks.corners().size(); i += 2) {
                pairs.add(tuple(blocks.corners().get(i)) + "-"
                        + tuple(blocks.corners().get(i + 1)));
            }
            text.back();
            text.wrapped(String.join("," + Page.OPTIONAL_BREAK + " ", pairs));
            text.line("}");
        } else if (selection instanceof DataSelection.Points points) {
            text.line(points.coordinates().stream()
                    .map(MappingsText::tuple)
                    .collect(Collectors.joining(", ", "POINT { ", " }")));
        } else {
            text.line(selection instanceof DataSelection.All ? "SELECTION ALL" : "SELECTION NONE");
        }
    }

    /**
     * Blocks that lie in a regular grid as that grid, which libhdf5 rebuilds them into (H5S__hyper_rebuild): all of
     * one shape, their starts the product of evenly spaced starts in each dimension.
     *
     * <pre>
     * blocks (corners are inclusive)                       grid
     * (0,0)-(1,1), (0,4)-(1,5), (3,0)-(4,1), (3,4)-(4,5)   start 0,0 stride 3,4 count 2,2 block 2,2
     * (0,0)-(1,1), (3,4)-(4,5)                             none: 2 starts in each dimension would make 4 blocks
     * (0)-(0), (2)-(2), (5)-(5)                            none: 3 starts, but from 0 to 5 they are not 2 apart
     * </pre>
     */
    private static DataSelection regularIfPossible(DataSelection.Blocks blocks) {
        List<Long> start = new ArrayList<>();
        List<Long> stride = new ArrayList<>();
        List<Long> count = new ArrayList<>();
        List<Long> block = new ArrayList<>();
        int number = blocks.corners().size() / 2;
        long expected = 1;
        for (int d = 0; d < blocks.rank() && number > 0; d++) {
            int dimension = d;
            List<Long> starts = IntStream.range(0, number)
                    .mapToObj(i -> blocks.corners().get(2 * i).get(dimension))
                    .distinct()
                    .sorted()
                    .toList();
            long length =
                    blocks.corners().get(1).get(d) - blocks.corners().get(0).get(d) + 1;
            long step = starts.size() == 1 ? 1 : starts.get(1) - starts.get(0);
            for (int i = 0; i < number; i++) {
                List<Long> first = blocks.corners().get(2 * i);
                if (blocks.corners().get(2 * i + 1).get(d) - first.get(d) + 1 != length
                        || (first.get(d) - starts.get(0)) % step != 0) {
                    return blocks;
                }
            }
            if (starts.get(starts.size() - 1) - starts.get(0) != step * (starts.size() - 1)) {
                return blocks;
            }
            expected *= starts.size();
            start.add(starts.get(0));
            stride.add(step);
            count.add((long) starts.size());
            block.add(length);
        }
        return expected == number ? new DataSelection.Regular(start, stride, count, block) : blocks;
    }

    private static String tuple(List<Long> numbers) {
        return numbers.stream()
                .map(n -> n == DataSelection.UNLIMITED ? "H5S_UNLIMITED" : n.toString())
                .collect(Collectors.joining(",", "(", ")"));
    }
}
