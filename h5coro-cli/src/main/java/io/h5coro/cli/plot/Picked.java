// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.plot;

import io.h5coro.Dataset;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.labels.Dimension;
import io.h5coro.labels.LabelAttribute;
import io.h5coro.labels.LabelledArray;
import io.h5coro.labels.ValueKind;
import io.h5coro.labels.Variable;
import io.h5coro.labels.time.CfCalendar;
import io.h5coro.labels.time.Times;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IntegerType;
import io.h5coro.plot.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is drawn of a dataset.
 *
 * @param variable the dataset with its labels; null where it has none
 * @param ranges indices of each dimension, with bounds
 * @param stored whether values are drawn as they are stored
 */
record Picked(Dataset dataset, @Nullable Variable variable, List<Hyperslab.Range> ranges, boolean stored) {
    /** Indices along a dimension whose chunks are looked for early: a few hundred chunks of usual datasets. */
    private static final long FIRST = 1 << 18;

    /**
     * Picks a slice.
     *
     * @throws UsageException when it has no values, or values that are no numbers
     */
    static Picked of(Dataset dataset, @Nullable Variable variable, Hyperslab slice) {
        ElementType type = dataset.type();
        String path = path(dataset);
        if (!(type instanceof IntegerType
                || type instanceof FloatType
                || type instanceof EnumType
                || type instanceof BitfieldType)) {
            throw new UsageException(path + " is of type " + type.shortName() + ", and numbers only are drawn");
        }
        List<Hyperslab.Range> ranges;
        try {
            ranges = slice.within(dataset.shape());
        } catch (IllegalArgumentException e) {
            throw new SelectionException(Where.object(dataset.file().source(), path), String.valueOf(e.getMessage()));
        }
        Picked picked = new Picked(dataset, variable, ranges, variable == null);
        if (ranges.isEmpty()) {
            throw new UsageException(path + " is a single value, which h5coro cat prints");
        }
        for (int d = 0; d < ranges.size(); d++) {
            if (picked.count(d) == 0) {
                throw new UsageException(path + " has no values to draw: its selection " + new Hyperslab(ranges)
                        + " of shape " + dataset.shape() + " is empty");
            }
        }
        return picked;
    }

    /** Returns the same with values as they are stored where attributes do not say how to decode them. */
    Picked tolerant() {
        if (stored || variable == null) {
            return this;
        }
        try {
            ValueKind unused = variable.kind();
            return this;
        } catch (MalformedFileException e) {
            return new Picked(dataset, variable, ranges, true);
        }
    }

    static String path(Dataset dataset) {
        return dataset.path().orElse("the dataset");
    }

    /** Returns the number of indices of a dimension. */
    long count(int d) {
        Hyperslab.Range range = ranges.get(d);
        long length = stop(range) - start(range);
        return length / range.step() + (length % range.step() > 0 ? 1 : 0);
    }

    static long start(Hyperslab.Range range) {
        return range.start() == null ? 0 : range.start();
    }

    private static long stop(Hyperslab.Range range) {
        return range.stop() == null ? 0 : range.stop();
    }

    /** Returns the dimensions that have several indices; of a single value the last one. */
    int[] kept() {
        int[] several =
                IntStream.range(0, ranges.size()).filter(d -> count(d) > 1).toArray();
        return several.length > 0 ? several : new int[] {ranges.size() - 1};
    }

    /** Returns the same with every so-many-th index of a dimension. */
    Picked every(int d, long step) {
        Hyperslab.Range range = ranges.get(d);
        return with(d, Hyperslab.Range.of(start(range), stop(range), Math.multiplyExact(range.step(), step)));
    }

    /** Returns the indices {@code [from, to)} of those of a dimension. */
    Picked part(int d, long from, long to) {
        Hyperslab.Range range = ranges.get(d);
        long start = start(range) + from * range.step();
        return with(d, Hyperslab.Range.of(start, start + (to - from - 1) * range.step() + 1, range.step()));
    }

    /** Returns the first values, as many as are looked for early. */
    Picked start() {
        int d = kept()[0];
        return part(d, 0, Math.min(count(d), FIRST));
    }

    private Picked with(int d, Hyperslab.Range range) {
        List<Hyperslab.Range> other = new ArrayList<>(ranges);
        other.set(d, range);
        return new Picked(dataset, variable, other, stored);
    }

    DatasetRequest request(String name) {
        return dataset.request(new Hyperslab(ranges)).named(name);
    }

    /** Returns the indices of a dimension as numbers. */
    double[] indices(int d) {
        double[] indices = new double[Math.toIntExact(count(d))];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = start(ranges.get(d)) + (double) i * ranges.get(d).step();
        }
        return indices;
    }

    /** Returns values as numbers, times as seconds since 1970; NaN where a value is missing. */
    double[] numbers(H5Array values) {
        double[] numbers;
        if (variable == null || stored || (variable.kind() == ValueKind.TIMES && !isTime())) {
            numbers = values.toDoublesLossy();
        } else {
            LabelledArray decoded = variable.decode(values);
            numbers = decoded.kind() == ValueKind.TIMES
                    ? seconds(decoded.times())
                    : decoded.array().toDoublesLossy();
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Double.isInfinite(numbers[i]) ? Double.NaN : numbers[i];
        }
        return numbers;
    }

    private static double[] seconds(Times times) {
        double[] seconds = new double[times.length()];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = times.isMissing(i) ? Double.NaN : times.epochSecond(i) + times.nano(i) / 1e9;
        }
        return seconds;
    }

    /** Returns whether values are times of the calendar that everybody uses; others are drawn as numbers. */
    private boolean isTime() {
        return variable != null
                && !stored
                && variable.kind() == ValueKind.TIMES
                && text("calendar")
                        .flatMap(CfCalendar::named)
                        .map(CfCalendar::isReal)
                        .orElse(true);
    }

    Scale.Kind scale(boolean logarithmic) {
        return isTime() ? Scale.Kind.TIME : logarithmic ? Scale.Kind.LOGARITHMIC : Scale.Kind.LINEAR;
    }

    /** Returns the name of a dimension. */
    String dimension(int d) {
        return variable == null
                ? "dimension " + d
                : VisibleText.of(variable.storedDimensions().get(d).name());
    }

    /** Returns the name that the file gives to a dimension, or its number. */
    String dimensionName(int d) {
        return isNamed(d) ? dimension(d) : "dimension " + d;
    }

    /** Returns what the indices of a dimension are called. */
    String indexLabel(int d) {
        return isNamed(d) || ranges.size() > 1 ? dimensionName(d) + " (index)" : "index";
    }

    private boolean isNamed(int d) {
        return variable != null && dimensions().get(d).origin() != Dimension.Origin.PHONY;
    }

    List<Dimension> dimensions() {
        return variable == null ? List.of() : variable.storedDimensions();
    }

    Optional<String> text(String attribute) {
        return variable == null
                ? Optional.empty()
                : variable.attribute(attribute).flatMap(LabelAttribute::text).map(text -> VisibleText.of(text.strip()));
    }

    String name() {
        String path = path(dataset);
        return VisibleText.of(variable == null ? path.substring(path.lastIndexOf('/') + 1) : variable.name());
    }

    /** Returns what values are, for people. */
    String title() {
        return text("long_name")
                .filter(text -> !text.isEmpty())
                .or(() -> text("standard_name"))
                .orElse(name());
    }

    /** Returns title and unit. */
    String label() {
        Optional<String> units = isTime() ? Optional.of("UTC") : text("units").filter(text -> !text.isEmpty());
        return title() + units.map(text -> " [" + text + "]").orElse("");
    }

    /** Returns path and slice. */
    String place() {
        List<String> slices =
                IntStream.range(0, ranges.size()).mapToObj(this::slice).toList();
        boolean whole = slices.stream().allMatch(":"::equals);
        return VisibleText.of(path(dataset)) + (whole ? "" : "[" + String.join(",", slices) + "]");
    }

    private String slice(int d) {
        Hyperslab.Range range = ranges.get(d);
        if (count(d) == dataset.shape().dimension(d)) {
            return ":";
        }
        if (count(d) == 1) {
            return Long.toString(start(range));
        }
        return start(range) + ":" + stop(range) + (range.step() == 1 ? "" : ":" + range.step());
    }
}
