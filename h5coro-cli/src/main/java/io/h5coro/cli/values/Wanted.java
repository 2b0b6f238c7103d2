// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.file.RequestText;
import io.h5coro.cli.report.Report;
import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.model.ArrayType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.ElementSelection.Axes;
import io.h5coro.model.ElementSelection.Axis;
import io.h5coro.model.ElementType;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.SequenceType;
import io.h5coro.model.Shape;
import io.h5coro.model.StringType;
import io.h5coro.model.WalkOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A dataset whose values are wanted.
 *
 * @param name as it was typed, or its path
 * @param dataset the dataset
 * @param slice what is wanted of it; everything where there are picks
 * @param picks what is wanted of it where that has lists of indices, within the dataset; else null
 */
record Wanted(
        String name,
        Dataset dataset,
        Hyperslab slice,
        @Nullable Axes picks) {
    /** Bytes of a part: two calls of such parts, and what is decoded of them, are in memory at once. */
    static final long PART_BYTES =
            Math.max(1 << 20, Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 16));

    /** Bytes that a value of variable length counts for: its length is not known before it is read. */
    private static final long VARIABLE_BYTES = 256;

    /** The whole dataset. */
    static Wanted whole(String name, Dataset dataset) {
        return new Wanted(name, dataset, Hyperslab.all(), null);
    }

    /**
     * Finds what a command line names: the datasets of option -d, or else the object of a path, or the datasets of that
     * group.
     *
     * @param depth levels of groups below a group
     */
    static Stream<Wanted> find(H5Coro file, String path, List<String> named, int depth, Report report) {
        if (!named.isEmpty()) {
            return named(file, named, report).stream();
        }
        H5Object object = file.object(path);
        if (object instanceof Dataset dataset) {
            return Stream.of(whole(path, dataset));
        }
        if (!(object instanceof Group group)) {
            throw new NotFoundException(Where.object(file.info().source(), path), "is a datatype, which has no values");
        }
        WalkOptions options = WalkOptions.all().depth(depth).with(WalkOptions.Detail.DESCRIPTORS);
        return group.walk(options).flatMap(member -> {
            member.failure().ifPresent(failure -> report.error(member.path(), failure));
            return member.failure().isEmpty() && member.object().orElse(null) instanceof Dataset dataset
                    ? Stream.of(whole(member.path(), dataset))
                    : Stream.empty();
        });
    }

    /**
     * Asks for the metadata of what a command line names; blocks.
     *
     * @param options depth below a group, and what else is asked of the datasets in it
     */
    static void ahead(H5Coro file, String path, List<String> named, WalkOptions options) {
        LookAhead ahead = new LookAhead(file);
        if (named.isEmpty()) {
            ahead.walk(path, options.with(WalkOptions.Detail.DESCRIPTORS));
        } else {
            ahead.datasets(requests(named));
        }
    }

    private static List<DatasetRequest> requests(List<String> named) {
        return named.stream().distinct().map(RequestText::parse).toList();
    }

    private static List<Wanted> named(H5Coro file, List<String> named, Report report) {
        List<DatasetRequest> requests = requests(named);
        new LookAhead(file).datasets(requests);
        List<Wanted> found = new ArrayList<>();
        for (DatasetRequest request : requests) {
            try {
                Dataset dataset = file.dataset(EscapedPath.in(file, request.path()));
                List<Hyperslab> slices = request.slices();
                if (request.selection() instanceof Axes axes) {
                    found.add(new Wanted(request.name(), dataset, Hyperslab.all(), within(request, dataset, axes)));
                } else if (slices.isEmpty()) {
                    found.add(whole(request.name(), dataset));
                } else if (slices.size() == 1) {
                    found.add(new Wanted(request.name(), dataset, slices.get(0), null));
                } else {
                    slices.forEach(slice -> found.add(new Wanted(request.path() + slice, dataset, slice, null)));
                }
            } catch (H5Exception e) {
                report.error(request.name(), e);
            }
        }
        return found;
    }

    private static Axes within(DatasetRequest request, Dataset dataset, Axes axes) {
        try {
            return axes.within(dataset.shape());
        } catch (IllegalArgumentException e) {
            throw new SelectionException(
                    Where.object(dataset.file().source(), request.path()), String.valueOf(e.getMessage()));
        }
    }

    /** Returns the shape that slabs are cut from: that of the dataset, or that of what is picked of it. */
    Shape extent() {
        return picks == null
                ? dataset.shape()
                : Shape.of(picks.axes().stream().mapToLong(Axis::selected).toArray());
    }

    /** Returns a request for a part of {@link #extent()}, all of whose bounds are known. */
    DatasetRequest request(Hyperslab slab) {
        if (picks == null) {
            return dataset.request(slab);
        }
        List<Hyperslab.Range> ranges = slab.within(extent());
        Axis[] parts = new Axis[ranges.size()];
        for (int d = 0; d < parts.length; d++) {
            Hyperslab.Range range = ranges.get(d);
            parts[d] = picks.axes().get(d).part(Slabs.start(range), Slabs.stop(range));
        }
        return dataset.request().select(ElementSelection.axes(parts));
    }

    /**
     * Returns what is wanted of {@link #extent()}.
     *
     * @throws SelectionException when the slice does not fit the dataset
     */
    List<Hyperslab.Range> ranges() {
        try {
            return slice.within(extent());
        } catch (IllegalArgumentException e) {
            throw new SelectionException(Where.object(dataset.file().source(), name), String.valueOf(e.getMessage()));
        }
    }

    /** Returns whether there is not even one value. */
    boolean isNull() {
        return dataset.dataspace().kind() == Dataspace.Kind.NULL;
    }

    /**
     * Cuts what is wanted.
     *
     * @param elements of a slab
     * @throws SelectionException when the slice does not fit the dataset
     */
    Slabs slabs(long elements) {
        try {
            Shape chunk = picks == null ? dataset.chunks().orElse(Shape.scalar()) : Shape.scalar();
            return new Slabs(extent(), chunk, slice, Math.max(1, elements));
        } catch (IllegalArgumentException e) {
            throw new SelectionException(Where.object(dataset.file().source(), name), String.valueOf(e.getMessage()));
        }
    }

    /** Returns the part of a slab. */
    PartReader.Part<Wanted> part(Hyperslab slab) {
        return new PartReader.Part<>(this, request(slab), bytes(dataset.type()) * elements(slab, extent()));
    }

    /** Returns about how many bytes it takes in memory; 0 where its slice does not fit. */
    long bytes() {
        try {
            return isNull() ? 0 : Math.multiplyExact(bytes(dataset.type()), elements(slice, dataset.shape()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return 0;
        }
    }

    /** Returns the parts of what is wanted, as they are asked for; of what cannot be read none, with an error. */
    static Iterator<PartReader.Part<Wanted>> parts(Iterator<Wanted> wanted, Report report) {
        return new Parts(wanted, report);
    }

    /** Returns the number of elements of a slab, all of whose bounds are known. */
    static long elements(Hyperslab slab, Shape shape) {
        long count = 1;
        for (Hyperslab.Range range : slab.within(shape)) {
            count *= Slabs.count(range);
        }
        return count;
    }

    /** Returns about how many bytes an element takes in memory. */
    static long bytes(ElementType type) {
        return type.size() + (isVariable(type) ? VARIABLE_BYTES : 0);
    }

    private static boolean isVariable(ElementType type) {
        if (type instanceof CompoundType compound) {
            return compound.members().stream().anyMatch(member -> isVariable(member.type()));
        }
        return type instanceof StringType string && string.variable()
                || type instanceof SequenceType
                || type instanceof ArrayType array && isVariable(array.base());
    }

    /** Parts of one dataset after another. */
    private static final class Parts implements Iterator<PartReader.Part<Wanted>> {
        private final Iterator<Wanted> wanted;
        private final Report report;
        private @Nullable Wanted current;
        private Iterator<Hyperslab> slabs = List.<Hyperslab>of().iterator();

        Parts(Iterator<Wanted> wanted, Report report) {
            this.wanted = wanted;
            this.report = report;
        }

        @Override
        public boolean hasNext() {
            while (!slabs.hasNext() && wanted.hasNext()) {
                Wanted next = wanted.next();
                current = next;
                try {
                    slabs = next.isNull() ? slabs : next.slabs(PART_BYTES / bytes(next.dataset.type()));
                } catch (H5Exception e) {
                    report.error(next.name, e);
                }
            }
            return slabs.hasNext();
        }

        @Override
        public PartReader.Part<Wanted> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return Objects.requireNonNull(current).part(slabs.next());
        }
    }
}
