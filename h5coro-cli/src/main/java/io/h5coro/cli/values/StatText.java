// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.cli.json.Json;
import io.h5coro.cli.text.Digits;
import io.h5coro.cli.text.Sink;
import io.h5coro.model.Dataspace;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Statistics as a table or as JSON.
 *
 * @param all of each dataset, in their order
 */
record StatText(Map<Wanted, DatasetStatistics> all) {
    private static final String NONE = "-";
    private static final int DIGITS = 7;
    /** From here on, and below the other one, numbers have an exponent. */
    private static final double LARGE = 1e9;

    private static final double SMALL = 1e-5;
    private static final boolean[] RIGHT = {
        false, false, false, true, true, true, true, true, true, true, true, true, true
    };

    private static String shape(Wanted wanted) {
        return wanted.dataset().dataspace().kind() == Dataspace.Kind.NULL
                ? "null"
                : wanted.dataset().shape().toString();
    }

    /** Writes a table. */
    void write(Sink out) {
        TableText table = new TableText(RIGHT);
        List<String> header =
                new ArrayList<>(List.of("name", "shape", "type", "count", "missing", "min", "max", "mean"));
        DoubleStream.of(NumberStatistics.FRACTIONS)
                .mapToObj(fraction -> Math.round(100 * fraction) + "%")
                .forEach(header::add);
        table.row(header);
        all.forEach((wanted, statistics) -> statistics.lines().forEach(line -> table.row(cells(wanted, line))));
        table.write(out);
        boolean sampled = all.values().stream()
                .flatMap(DatasetStatistics::lines)
                .anyMatch(line ->
                        line.numbers() != null && !line.numbers().sample().isAll());
        if (sampled) {
            out.write("Percentages are quantiles of a sample of " + Reservoir.SIZE
                    + " values where there are more, the same one each time.\n");
        }
    }

    private static List<String> cells(Wanted wanted, DatasetStatistics line) {
        List<String> cells =
                new ArrayList<>(List.of(line.name(), shape(wanted), line.type().shortName()));
        NumberStatistics numbers = line.numbers();
        if (numbers == null) {
            while (cells.size() < RIGHT.length) {
                cells.add(NONE);
            }
            return cells;
        }
        cells.add(Long.toString(numbers.count()));
        cells.add(Long.toString(numbers.missing()));
        if (numbers.count() == 0) {
            while (cells.size() < RIGHT.length) {
                cells.add(NONE);
            }
            return cells;
        }
        cells.addAll(List.of(numbers.least(), numbers.greatest(), rounded(numbers.mean())));
        DoubleStream.of(numbers.sample().quantiles(NumberStatistics.FRACTIONS))
                .mapToObj(StatText::rounded)
                .forEach(cells::add);
        return cells;
    }

    /** A number that is worked out, to seven digits. */
    private static String rounded(double number) {
        if (!Double.isFinite(number)) {
            return Digits.of(number);
        }
        BigDecimal rounded =
                new BigDecimal(number).round(new MathContext(DIGITS)).stripTrailingZeros();
        boolean plain = number == 0 || Math.abs(number) >= SMALL && Math.abs(number) < LARGE;
        return plain
                ? rounded.toPlainString()
                : rounded.toString().replace("E+", "e").replace('E', 'e');
    }

    /** Writes the field {@code datasets}. */
    void write(Json json) {
        json.array("datasets");
        all.forEach((wanted, statistics) -> statistics.lines().forEach(line -> {
            json.object().field("name", line.name());
            if (wanted.isNull()) {
                json.name("shape").none();
            } else {
                json.field("shape", wanted.dataset().shape().dimensions());
            }
            json.field("type", line.type().shortName());
            if (line.numbers() != null) {
                numbers(json, line.numbers());
            }
            json.end();
        }));
        json.end();
    }

    private static void numbers(Json json, NumberStatistics numbers) {
        json.field("count", numbers.count()).field("missing", numbers.missing());
        if (numbers.count() == 0) {
            return;
        }
        numbers.range(json);
        json.field("mean", numbers.mean());
        json.object("sample").field("size", numbers.sample().size());
        json.field("all", numbers.sample().isAll()).object("quantiles");
        double[] quantiles = numbers.sample().quantiles(NumberStatistics.FRACTIONS);
        for (int q = 0; q < quantiles.length; q++) {
            json.field(Double.toString(NumberStatistics.FRACTIONS[q]), quantiles[q]);
        }
        json.end().end();
    }
}
