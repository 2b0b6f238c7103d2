// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.error.SelectionException;
import io.h5coro.labels.array.Padding;
import io.h5coro.labels.cf.CfDecoder;
import io.h5coro.labels.cf.Decoded;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
        Shape extent = Shape.of(dimensions.stream().mapToLong(Dimension::size).toArray());
        List<Hyperslab.Range> ranges = within(variable, asked, extent);
        Shape there = variable.dataset().shape();
        List<Hyperslab.Range> stored = new ArrayList<>();
        long[] lengths = new long[ranges.size()];
        for (int axis = 0; axis < lengths.length; axis++) {
            Span span = Span.of(ranges.get(axis));
            lengths[axis] = span.length();
            stored.add(span.cut(there.dimension(axis)));
        }
        boolean whole = stored.isEmpty() || variable.dataset().dataspace().kind() == Dataspace.Kind.NULL;
        DatasetRequest request =
                whole ? variable.dataset().request() : variable.dataset().request(new Hyperslab(stored));
        return new PlannedRead(
                variable, request.named(variable.path()), Shape.of(lengths), raw ? null : variable.decoder());
    }

    private static List<Hyperslab.Range> within(Variable variable, List<Hyperslab.Range> asked, Shape extent) {
        try {
            return new Hyperslab(asked).within(extent);
        } catch (IllegalArgumentException e) {
            throw new SelectionException(variable.scanned().attributes().where(), String.valueOf(e.getMessage()), e);
        }
    }

    /** A range whose bounds are known. */
    private record Span(long start, long stop, long step) {
        static Span of(Hyperslab.Range range) {
            return new Span(Objects.requireNonNull(range.start()), Objects.requireNonNull(range.stop()), range.step());
        }

        long length() {
            long span = stop - start;
            return span / step + (span % step == 0 ? 0 : 1);
        }

        /** The part of the range that a dataset of some length has. */
        Hyperslab.Range cut(long most) {
            long first = Math.min(start, most);
            return Hyperslab.Range.of(first, Math.max(first, Math.min(stop, most)), step);
        }
    }

    /** Fills up and decodes what was read. */
    LabelledArray finish(H5Array read) {
        H5Array filled = read.shape().equals(shape) ? read : Padding.fill(variable.dataset(), read, shape);
        List<String> names = (decoder == null ? variable.storedDimensions() : variable.dimensions())
                .stream().map(Dimension::name).toList();
        Decoded values = decoder == null ? new Decoded(filled, null, null) : decoder.decode(filled);
        return new LabelledArray(variable.name(), names, values);
    }
}
