// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mappings whose selections have another rank than their datasets, or none: a value or a typed error. */
@Timeout(120)
final class VirtualRanksTest {
    private final Random random = new Random(5);

    private long[] numbers(int count, int least, int most) {
        return random.longs(count, least, most).toArray();
    }

    private MessageBytes selection() {
        int rank = random.nextInt(4);
        switch (random.nextInt(5)) {
            case 0 -> {
                return VirtualMappingsTest.all();
            }
            case 1 -> {
                return VirtualMappingsTest.none();
            }
            case 2 -> {
                return VirtualMappingsTest.points();
            }
            case 3 -> {
                long[] corners = numbers(2 * rank * random.nextInt(3), 0, 3);
                for (int i = 0; i < corners.length; i++) {
                    corners[i] += i / Math.max(1, rank) % 2 == 0 ? 0 : corners[i - rank];
                }
                return VirtualMappingsTest.blocks(rank, corners);
            }
            default -> {
                long[] each = numbers(4 * rank, 0, 3);
                if (rank > 0 && random.nextInt(4) == 0) {
                    each[4 * random.nextInt(rank) + 2 + random.nextInt(2)] = -1;
                }
                return VirtualMappingsTest.regular(each);
            }
        }
    }

    @Test
    void anyRanksEndInValuesOrTypedErrors() {
        int values = 0;
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            String source = List.of("d0", "grid", "v", "absent", "d%b").get(random.nextInt(5));
            MessageBytes mappings =
                    VirtualMappingsTest.mappings(VirtualMappingsTest.mapping(source, selection(), selection()));
            long[] shape = numbers(random.nextInt(4), 0, 4);
            try (H5Coro file = VirtualMappingsTest.open(ReadOptions.defaults(), mappings, shape)) {
                Dataset dataset = file.dataset("/v");
                List<Runnable> calls = List.of(
                        () -> dataset.read(),
                        () -> dataset.shape(),
                        () -> dataset.sourceBoxes(),
                        () -> dataset.read(Hyperslab.parse("[...]")),
                        () -> dataset.read(ElementSelection.axes()),
                        () -> dataset.read(ElementSelection.mask(
                                Shape.of(shape),
                                new boolean[(int) Shape.of(shape).elementCount()])),
                        () -> {
                            boolean[] every = new boolean[(int) Shape.of(shape).elementCount()];
                            Arrays.fill(every, true);
                            dataset.read(ElementSelection.mask(Shape.of(shape), every));
                        });
                for (Runnable call : calls) {
                    try {
                        call.run();
                        values++;
                    } catch (H5Exception typed) {
                        refused++;
                    }
                }
            }
        }
        assertTrue(values > 400 && refused > 400, values + " values, " + refused + " errors");
    }
}
