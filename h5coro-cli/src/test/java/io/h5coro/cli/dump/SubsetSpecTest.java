// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.UsageException;
import io.h5coro.model.Hyperslab;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Selections as h5dump is told them, and what is printed of them. */
final class SubsetSpecTest {
    private static final String KINDS = CommandEdgesTest.resource("options/kinds.h5");

    private static SubsetSpec.Selection parsed(String brackets, long... dimensions) {
        return SubsetSpec.parse("d" + brackets, 1).of(dimensions);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[;]|0 0|1 1|1 1|1 1",
                "[;;;]|0 0|1 1|1 1|1 1",
                "[1,2;]|1 2|1 1|1 1|1 1",
                "[1 2;3 4;]|1 2|3 4|1 1|1 1",
                "[1;;2;]|1 0|1 1|2 1|1 1",
                "[;2,3;2;2,3]|0 0|2 3|2 1|2 3",
                "[07,010;]|7 8|1 1|1 1|1 1",
                "[\t1\t,\t2\t;]|1 2|1 1|1 1|1 1"
            })
    void readsListsOfWhichAnyMayBeEmpty(String text, String start, String stride, String count, String block) {
        SubsetSpec.Selection selection = parsed(text, 20, 20);
        assertEquals(
                List.of(start, stride, count, block),
                List.of(
                        words(selection.start()),
                        words(selection.stride()),
                        words(selection.count()),
                        words(selection.block())));
    }

    private static String words(long[] numbers) {
        return numbers[0] + " " + numbers[1];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1;2",
                "[1;2;3;4;5]",
                "[1;2]]",
                "[a;]",
                "[1;-2]",
                "[1.5;]",
                "[1,,2;]",
                "[,1;]",
                "[1,;]",
                "[1;2]x",
                "[0x10;]"
            })
    void refusesWhatIsNoListOfNumbers(String text) {
        UsageException problem = assertThrows(UsageException.class, () -> parsed(text, 20, 20));
        assertTrue(problem.getMessage() != null && !problem.getMessage().isEmpty());
    }

    @Test
    void aSliceHasItsStepAsStride() {
        SubsetSpec.Selection selection = SubsetSpec.of(Hyperslab.of(Hyperslab.Range.of(2, 9, 3), Hyperslab.Range.at(4)))
                .of(new long[] {10, 5});
        assertArrayEquals(new long[] {2, 4}, selection.start());
        assertArrayEquals(new long[] {3, 1}, selection.stride());
        assertArrayEquals(new long[] {3, 1}, selection.count());
        assertArrayEquals(new long[] {1, 1}, selection.block());
    }

    @Test
    void numbersNearTheirLimitDoNotOverflow() {
        long most = Long.MAX_VALUE;
        SubsetSpec spec = new SubsetSpec();
        spec.set('s', "1");
        spec.set('S', Long.toString(most));
        spec.set('c', Long.toString(most));
        spec.set('k', "1");
        assertThrows(UsageException.class, () -> spec.of(new long[] {most}));
        spec.set('c', "1");
        assertEquals(1, spec.of(new long[] {most}).count()[0]);
        spec.set('k', Long.toString(most));
        assertThrows(UsageException.class, () -> spec.of(new long[] {most}));
        spec.set('s', "0");
        assertEquals(most, spec.of(new long[] {most}).block()[0]);
    }

    /** The elements that a selection has by its definition, in the order in which h5dump prints blocks of rows. */
    private static List<Integer> naive(SubsetSpec.Selection s, int[] shape) {
        List<Integer> found = new ArrayList<>();
        for (int value = 0; value < shape[0] * shape[1]; value++) {
            if (selected(s, 0, value / shape[1]) && selected(s, 1, value % shape[1])) {
                found.add(value);
            }
        }
        return found;
    }

    private static boolean selected(SubsetSpec.Selection s, int dimension, int index) {
        long offset = index - s.start()[dimension];
        return offset >= 0
                && offset / s.stride()[dimension] < s.count()[dimension]
                && offset % s.stride()[dimension] < s.block()[dimension];
    }

    private static String list(long[] numbers) {
        return numbers[0] + "," + numbers[1];
    }

    /** The grid's values are their own positions, so what is printed says which elements were selected. */
    @Test
    void printsTheElementsOfAnySelection() {
        int[] shape = {5, 12};
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 150; i++) {
            SubsetSpec.Selection selection = random(random, shape);
            Run run = Run.of(
                    "dump",
                    "-y",
                    "-d",
                    "/space/grid",
                    "-s" + list(selection.start()),
                    "-S" + list(selection.stride()),
                    "-c" + list(selection.count()),
                    "-k" + list(selection.block()),
                    KINDS);
            assertEquals(0, run.status(), run.err());
            Matcher number = Pattern.compile("\\d+")
                    .matcher(run.out().substring(run.out().indexOf("DATA {")));
            List<Integer> printed = number.results()
                    .map(found -> Integer.parseInt(found.group()))
                    .toList();
            assertEquals(naive(selection, shape), printed, run.out());
        }
    }

    private static SubsetSpec.Selection random(SplittableRandom random, int[] shape) {
        SubsetSpec.Selection s = new SubsetSpec.Selection(new long[2], new long[2], new long[2], new long[2]);
        for (int i = 0; i < 2; i++) {
            s.block()[i] = random.nextInt(1, 4);
            s.stride()[i] = s.block()[i] + random.nextInt(0, 3);
            s.start()[i] = random.nextInt(0, shape[i] - (int) s.block()[i] + 1);
            long most = (shape[i] - s.block()[i] - s.start()[i]) / s.stride()[i] + 1;
            s.count()[i] = random.nextLong(1, most + 1);
        }
        return s;
    }
}
