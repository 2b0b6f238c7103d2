// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ReadStatistics;
import io.h5coro.model.Shape;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePacker;

/**
 * Reads values of a file window by window, each with one call of the engine. Immutable.
 *
 * @param file the file
 * @param windowBytes about how many bytes of values are in memory at a time
 */
public record ValueReader(H5Coro file, long windowBytes) {
    /**
     * Reads the first window of a selection.
     *
     * @throws WireException when the selection does not fit, or clients have no such type
     * @throws io.h5coro.error.H5Exception when the values cannot be read exactly
     */
    public Values read(Dataset dataset, Slices slices) {
        if (dataset.dataspace().kind() == Dataspace.Kind.NULL) {
            throw WireException.unsupported("the dataset is empty: it has no shape");
        }
        NumpyType type = NumpyType.of(dataset.type());
        Shape shape = dataset.shape();
        Slices own = withoutInner(slices, type.inner(), shape);
        return new Values(type, own.within(shape), windows(dataset, type, own));
    }

    /** Clients see the dimensions of an array type as those of the dataset: they are asked for whole. */
    private static Slices withoutInner(Slices slices, Shape inner, Shape shape) {
        int rank = slices.starts().length == 0 ? 0 : 1 + slices.rest().size();
        if (inner.rank() == 0 || rank != shape.rank() + inner.rank()) {
            return slices;
        }
        if (shape.rank() == 0) {
            throw WireException.unsupported("slices of a scalar dataset of arrays");
        }
        List<Hyperslab.Range> ends = slices.rest().subList(shape.rank() - 1, rank - 1);
        for (int d = 0; d < inner.rank(); d++) {
            if (!ends.get(d).equals(Hyperslab.Range.of(0, inner.dimension(d)))) {
                throw WireException.unsupported("slices of dimensions of an array type");
            }
        }
        return new Slices(
                slices.starts(), slices.counts(), List.copyOf(slices.rest().subList(0, shape.rank() - 1)));
    }

    private Parts windows(Dataset dataset, NumpyType type, Slices slices) {
        if (slices.starts().length == 0) {
            return new Parts(dataset, List.of(List.<Hyperslab>of()).iterator());
        }
        long elements = Math.max(1, windowBytes / Math.max(1, type.elementBytes()));
        long chunkRows = dataset.chunks().map(chunk -> chunk.dimension(0)).orElse(1L);
        return new Parts(dataset, new Windows(slices, elements, Math.max(1, chunkRows)));
    }

    /** Windows that are read one after the other; the first one before there is an answer. */
    private final class Parts implements Iterator<H5Array> {
        private final Dataset dataset;
        private final Iterator<List<Hyperslab>> windows;
        private @Nullable H5Array first;
        private @Nullable ReadStatistics statistics;

        Parts(Dataset dataset, Iterator<List<Hyperslab>> windows) {
            this.dataset = dataset;
            this.windows = windows;
            if (windows.hasNext()) {
                first = read(windows.next());
            }
        }

        private H5Array read(List<Hyperslab> slabs) {
            DatasetRequest request = dataset.request(slabs.toArray(new Hyperslab[0]));
            ReadPromise promise = file.readDatasets(List.of(request));
            H5Array array = promise.get(request);
            statistics = promise.statistics();
            return array;
        }

        @Override
        public boolean hasNext() {
            return first != null || windows.hasNext();
        }

        @Override
        public H5Array next() {
            H5Array array = first;
            if (array == null) {
                if (!windows.hasNext()) {
                    throw new NoSuchElementException();
                }
                return read(windows.next());
            }
            first = null;
            return array;
        }
    }

    /** Values of which the first window is read. Confined to one thread. */
    public static final class Values {
        private final NumpyType type;
        private final Shape shape;
        private final Parts parts;

        private Values(NumpyType type, Shape shape, Parts parts) {
            this.type = type;
            this.shape = shape;
            this.parts = parts;
        }

        /** Returns what the read took, when one window was enough; else null. */
        public @Nullable ReadStatistics statistics() {
            return parts.windows.hasNext() ? null : parts.statistics;
        }

        /** Writes the values, and reads all other windows. */
        public void write(MessagePacker out) throws IOException {
            new ValueWriter(out).write(type, shape, parts);
        }
    }
}
