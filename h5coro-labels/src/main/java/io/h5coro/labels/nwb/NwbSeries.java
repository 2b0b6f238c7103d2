// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.nwb;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.labels.cf.Attributes;
import io.h5coro.labels.stored.RowRange;
import io.h5coro.labels.stored.Subtree;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A TimeSeries of NWB: samples, of which each has a time. Immutable, thread-safe.
 *
 * <p>Values in the unit are {@code stored * conversion + offset} in double precision; with a conversion for each
 * channel, {@code stored * (conversion * channel) + offset}, as pynwb has them.
 */
public final class NwbSeries {
    private static final String DATA = "data";
    private static final String TIMESTAMPS = "timestamps";
    private static final String START = "starting_time";
    private static final String CHANNELS = "channel_conversion";
    private static final FloatType DOUBLES = FloatType.ieee(Double.BYTES, ElementType.Order.LITTLE_ENDIAN);

    private final Subtree tree;
    private final Dataset data;
    private final double conversion;
    private final double offset;
    private final OptionalDouble rate;

    private NwbSeries(Subtree tree) {
        this.tree = tree;
        this.data = tree.dataset(DATA);
        Attributes attributes = tree.attributes(DATA);
        this.conversion = number(attributes, "conversion", 1);
        this.offset = number(attributes, "offset", 0);
        this.rate = tree.has(START) && !tree.has(TIMESTAMPS) ? OptionalDouble.of(rate(tree)) : OptionalDouble.empty();
        if (data.shape().rank() == 0) {
            throw new MalformedFileException(tree.where(DATA), "is a single value, expected samples");
        }
    }

    static NwbSeries open(H5Coro file, String path) {
        return new NwbSeries(
                Subtree.read(file, path, 1, Set.of("unit", "conversion", "offset", "rate", "neurodata_type")));
    }

    private static double number(Attributes attributes, String name, double otherwise) {
        return attributes.number(name).map(value -> value.getDouble(0)).orElse(otherwise);
    }

    private static double rate(Subtree tree) {
        double rate = number(tree.attributes(START), "rate", Double.NaN);
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new MalformedFileException(
                    tree.where(START), "attribute 'rate' is " + rate + ", expected samples a" + " second");
        }
        return rate;
    }

    /** Returns the absolute path of its group. */
    public String path() {
        return tree.path("");
    }

    /** Returns the type that the file gives it, such as "ElectricalSeries"; empty when it gives none. */
    public String type() {
        return tree.attributes("").text("neurodata_type").orElse("");
    }

    /** Returns the unit of the values, such as "volts"; empty when the file says none. */
    public String unit() {
        return tree.attributes(DATA).text("unit").orElse("");
    }

    /** Returns what stored values are multiplied with; 1 when the file says nothing. */
    public double conversion() {
        return conversion;
    }

    /** Returns what is then added; 0 when the file says nothing. */
    public double offset() {
        return offset;
    }

    /** Returns the samples a second; empty when each sample has a time of its own. */
    public OptionalDouble rate() {
        return rate;
    }

    /** Returns the dataset of the stored values. */
    public Dataset dataset() {
        return data;
    }

    /** Returns the lengths of the dimensions of the values: the samples first. */
    public Shape shape() {
        return data.shape();
    }

    /** Returns the number of samples. */
    public long samples() {
        return data.shape().dimension(0);
    }

    /**
     * Samples and their times.
     *
     * @param data the values
     * @param times seconds of each sample since the session's reference time
     */
    public record Samples(H5Array data, DoubleArray times) {}

    /** Reads all samples in the unit, and their times; blocks. */
    public Samples read() {
        return read(0, samples());
    }

    /**
     * Reads some samples in the unit, and their times, in one call; blocks.
     *
     * @param from index of the first sample
     * @param to index behind the last sample
     * @throws io.h5coro.error.SelectionException when there are not so many samples
     * @throws UnsupportedFeatureException when the values are no numbers, such as annotations: {@link #readRaw} gives
     *     them
     * @throws io.h5coro.error.H5Exception when values cannot be read exactly
     */
    public Samples read(long from, long to) {
        if (!Attributes.isNumeric(data.type())) {
            throw new UnsupportedFeatureException(
                    tree.where(DATA), "a unit of " + data.type().shortName());
        }
        return read(RowRange.of(from, to, samples(), tree.where(DATA)), tree.has(CHANNELS), true);
    }

    /**
     * Reads some samples as they are stored, and their times, in one call; blocks.
     *
     * @throws io.h5coro.error.H5Exception as for {@link #read(long, long)}
     */
    public Samples readRaw(long from, long to) {
        return read(RowRange.of(from, to, samples(), tree.where(DATA)), false, false);
    }

    private Samples read(RowRange range, boolean channels, boolean scales) {
        List<DatasetRequest> requests = new ArrayList<>();
        requests.add(data.request(range.slice()).named(DATA));
        if (channels) {
            requests.add(channels().request().named(CHANNELS));
        }
        if (rate.isPresent()) {
            requests.add(start().request().named(START));
        } else {
            requests.add(timestamps().request(range.slice()).named(TIMESTAMPS));
        }
        ReadPromise promise = tree.file().readDatasets(requests);
        H5Array stored = promise.get(DATA);
        H5Array values = stored;
        if (scales) {
            values = scaled(stored, channels ? promise.get(CHANNELS).toDoubles() : new double[] {1});
        }
        double[] times = rate.isPresent()
                ? times(promise.get(START).getDouble(0), rate.getAsDouble(), range)
                : promise.get(TIMESTAMPS).toDoubles();
        return new Samples(values, new DoubleArray(DOUBLES, Shape.of(times.length), times));
    }

    private Dataset channels() {
        Dataset channels = tree.vector(CHANNELS);
        Shape shape = data.shape();
        if (shape.rank() != 2 || shape.dimension(1) != channels.shape().dimension(0)) {
            throw new MalformedFileException(
                    tree.where(CHANNELS), "has shape " + channels.shape() + " for data of shape " + shape);
        }
        return channels;
    }

    private Dataset start() {
        Dataset start = tree.dataset(START);
        if (start.shape().rank() != 0 || !Attributes.isNumeric(start.type())) {
            throw new MalformedFileException(tree.where(START), "is no single number");
        }
        return start;
    }

    private Dataset timestamps() {
        Dataset timestamps = tree.vector(TIMESTAMPS);
        long count = timestamps.shape().dimension(0);
        if (count != samples() || !Attributes.isNumeric(timestamps.type())) {
            Where where = tree.where(TIMESTAMPS);
            throw new MalformedFileException(
                    where, "are " + count + " " + timestamps.type().shortName() + " for " + samples() + " samples");
        }
        return timestamps;
    }

    private H5Array scaled(H5Array stored, double... channels) {
        double[] factors = new double[channels.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = conversion * channels[i];
        }
        double[] values = new double[stored.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = stored.getDouble(i) * factors[i % factors.length] + offset;
        }
        return new DoubleArray(DOUBLES, stored.shape(), values);
    }

    private static double[] times(double start, double rate, RowRange range) {
        double[] times = new double[Math.toIntExact(range.count())];
        for (int i = 0; i < times.length; i++) {
            times[i] = (range.from() + i) / rate + start;
        }
        return times;
    }

    /** Returns type, path, shape and unit on one line. */
    @Override
    public String toString() {
        return type() + " " + path() + " " + shape() + " " + unit();
    }
}
