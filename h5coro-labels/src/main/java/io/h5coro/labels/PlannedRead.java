// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.error.SelectionException;
import io.h5coro.labels.cf.CfDecoder;
import io.h5coro.labels.cf.Decoded;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read of one variable, and how the answer becomes the values asked for. Immutable.
 *
 * @param request for what the dataset has of the selection
 * @param shape of the selection, which is greater where the dataset is shorter than an unlimited dimension
 * @param decoder null for values as they are stored
 */
record PlannedRead(
        Variable variable,
        DatasetRequest request,
        Shape shape,
        @Nullable CfDecoder decoder) {
    static PlannedRead of(Variable variable, ResolvedSelection selection, boolean raw) {
        List<Dimension> dimensions = variable.storedDimensions();
        List<Hyperslab.Range> asked = dimensions.stream().map(selection::of).toList();
        Shape whole = Shape.of(dimensions.stream().mapToLong(Dimension::size).toArray());
        List<Hyperslab.Range> ranges = within(variable, asked, whole);
        Shape there = variable.dataset().shape();
        List<Hyperslab.Range> stored = new ArrayList<>();
        long[] lengths = new long[ranges.size()];
        for (int axis = 0; axis < lengths.length; axis++) {
            Hyperslab.Range range = ranges.get(axis);
            lengths[axis] = length(range);
            stored.add(cut(range, there.dimension(axis)));
        }
        DatasetRequest request = stored.isEmpty()
                ? variable.dataset().request()
                : variable.dataset().request(new Hyperslab(stored));
        return new PlannedRead(
                variable, request.named(variable.path()), Shape.of(lengths), raw ? null : variable.decoder());
    }

    private static List<Hyperslab.Range> within(Variable variable, List<Hyperslab.Range> asked, Shape whole) {
        try {
            return new Hyperslab(asked).within(whole);
        } catch (IllegalArgumentException e) {
            throw new SelectionException(variable.scanned().attributes().where(), String.valueOf(e.getMessage()), e);
        }
    }

    private static long length(Hyperslab.Range range) {
        long span = range.stop() - range.start();
        return span / range.step() + (span % range.step() == 0 ? 0 : 1);
    }

    /** The part of a range that a dataset of some length has. */
    private static Hyperslab.Range cut(Hyperslab.Range range, long length) {
        long start = Math.min(range.start(), length);
        return Hyperslab.Range.of(start, Math.max(start, Math.min(range.stop(), length)), range.step());
    }

    /** Fills up and decodes what was read. */
    LabelledArray finish(H5Array read) {
        H5Array filled = read.shape().equals(shape)
                ? read
                : Padding.fill(variable, read.shape().rank() == shape.rank() ? read : read.withShape(shape), shape);
        List<String> names = (decoder == null ? variable.storedDimensions() : variable.dimensions())
                .stream().map(Dimension::name).toList();
        Decoded values = decoder == null ? new Decoded(filled, null, null) : decoder.decode(filled);
        return new LabelledArray(variable.name(), names, values);
    }
}
