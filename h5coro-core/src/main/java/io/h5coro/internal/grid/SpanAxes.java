// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A selection that is the product of what is selected in each dimension. Immutable.
 *
 * @param runs of each dimension, ascending, of which none touches the next
 */
record SpanAxes(List<List<Run>> runs) {
    /** Indices {@code [start, start + length)}. */
    record Run(long start, long length) {
        long end() {
            return start + length;
        }
    }

    /**
     * Returns the dimensions of a selection.
     *
     * @param held is told how many runs are about to be kept
     * @return empty when it is no such product
     */
    static Optional<SpanAxes> of(Spans spans, LongConsumer held) {
        List<List<Run>> runs = new ArrayList<>();
        Spans at = spans;
        while (at != null) {
            if (!at.isProduct()) {
                return Optional.empty();
            }
            runs.add(runs(at, held));
            at = at.size() == 0 ? null : at.below(0);
        }
        return Optional.of(new SpanAxes(runs));
    }

    private static List<Run> runs(Spans spans, LongConsumer held) {
        List<Run> runs = new ArrayList<>();
        if (spans.isOneRun()) {
            held.accept(1);
            runs.add(new Run(spans.low(0), spans.high(spans.size() - 1) - spans.low(0) + 1));
            return runs;
        }
        for (long i = 0; i < spans.size(); i++) {
            long low = spans.low(i);
            long length = spans.high(i) - low + 1;
            Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && last.end() == low) {
                runs.set(runs.size() - 1, new Run(last.start(), last.length() + length));
            } else {
                held.accept(1);
                runs.add(new Run(low, length));
            }
        }
        return runs;
    }

    long count(int dimension) {
        return runs.get(dimension).stream().mapToLong(Run::length).sum();
    }

    /** The dimensions in which not just one index is selected. */
    List<Integer> wide() {
        List<Integer> wide = new ArrayList<>();
        for (int d = 0; d < runs.size(); d++) {
            if (count(d) != 1) {
                wide.add(d);
            }
        }
        return wide;
    }
}
