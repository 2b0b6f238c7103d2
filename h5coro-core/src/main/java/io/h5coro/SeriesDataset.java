// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.internal.engine.Call;
import io.h5coro.internal.grid.RowFiles;
import io.h5coro.internal.grid.RowRanges;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.internal.series.JoinedRows;
import io.h5coro.internal.series.Member;
import io.h5coro.internal.series.SeriesRun;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Hyperslab.Range;
import io.h5coro.model.Shape;
import io.h5coro.storage.LocationText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A dataset of many files as one, joined along its first dimension: the rows of the first file, then those of the
 * second, and so on. {@link FileSeries#concat} makes one. Immutable, thread-safe; usable until its series is closed.
 *
 * <pre>{@code
 * SeriesDataset heights = series.concat("/gt1l/heights/h_ph");
 * H5Array border = heights.read(Hyperslab.parse("[6990:7010]"));
 * }</pre>
 *
 * <p>Files stay open between two reads, 16 of them, so that their metadata are not read again.
 */
public final class SeriesDataset {
    private final FileSeries series;
    private final String path;
    private final Shape shape;
    private final RowFiles rows;

    /** Of the first file. */
    private final Extent first;

    /** What one file has of it. */
    private record Extent(Dataspace space, ElementType type, long chunkRows) {
        static Extent of(Dataset dataset) {
            long chunkRows = dataset.chunks()
                    .filter(chunk -> chunk.rank() > 0)
                    .map(chunk -> chunk.dimension(0))
                    .orElse(1L);
            return new Extent(dataset.dataspace(), dataset.type(), chunkRows);
        }

        long rows() {
            return space.shape().dimension(0);
        }

        /** Lengths of the other dimensions. */
        long[] inner() {
            long[] all = space.shape().dimensions();
            return Arrays.copyOfRange(all, 1, all.length);
        }
    }

    private SeriesDataset(FileSeries series, String path, List<Extent> extents) {
        this.series = series;
        this.path = path;
        this.first = extents.get(0);
        long[] lengths = extents.stream().mapToLong(Extent::rows).toArray();
        try {
            this.rows = new RowFiles(lengths);
        } catch (ArithmeticException tooMany) {
            throw new LimitExceededException(where(0), "the files have 2^63 rows together, or more", tooMany);
        }
        long[] dimensions = first.space().shape().dimensions();
        dimensions[0] = rows.rows();
        this.shape = Shape.of(dimensions);
    }

    /** Reads the metadata of all files; blocks. */
    static SeriesDataset of(FileSeries series, String path) {
        int count = series.locations().size();
        if (count == 0) {
            throw new IllegalArgumentException("a series of no files has no datasets");
        }
        Extent[] found = new Extent[count];
        List<Part> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i;
            members.add(new Part(series, series.locations().get(i), file -> {
                found[index] = Extent.of(file.dataset(path));
                return List.of();
            }));
        }
        SeriesRun run = series.run(members, true);
        List<Extent> extents = new ArrayList<>();
        try {
            while (extents.size() < count) {
                SeriesRun.Taken taken = run.next();
                Call unused = started(taken);
                extents.add(found[taken.index()]);
                check(extents, where(series, taken.index(), path), where(series, 0, path));
            }
        } finally {
            series.end(run);
        }
        return new SeriesDataset(series, path, extents);
    }

    private static Call started(SeriesRun.Taken taken) {
        if (taken.failure() != null) {
            throw ReadPromise.unchecked(taken.failure());
        }
        return Objects.requireNonNull(taken.call());
    }

    /** Checks that the last one fits the first one. */
    private static void check(List<Extent> extents, Where where, Where whereFirst) {
        Extent one = extents.get(0);
        Extent last = extents.get(extents.size() - 1);
        if (last.space().kind() != Dataspace.Kind.SIMPLE || last.space().shape().rank() == 0) {
            throw new SelectionException(where, "has no rows: only datasets with dimensions are joined");
        }
        if (!last.type().equals(one.type())) {
            throw new SelectionException(
                    where,
                    "has elements of type " + last.type().shortName() + ", not "
                            + one.type().shortName() + " as in the first file, " + whereFirst.source());
        }
        if (!Arrays.equals(last.inner(), one.inner())) {
            throw new SelectionException(
                    where,
                    "has shape " + last.space().shape() + ", which differs from "
                            + one.space().shape() + " of the first file, " + whereFirst.source()
                            + ", in more than the first dimension");
        }
    }

    private static Where where(FileSeries series, int file, String path) {
        return Where.object(LocationText.shown(series.locations().get(file)), path);
    }

    private Where where(int file) {
        return where(series, file, path);
    }

    /** A file of which some rows are read, or the metadata. It stays open for the next read. */
    private static final class Part implements Member {
        private final FileSeries series;
        private final String location;
        private final Function<H5Coro, List<DatasetRequest>> wishes;

        Part(FileSeries series, String location, Function<H5Coro, List<DatasetRequest>> wishes) {
            this.series = series;
            this.location = location;
            this.wishes = wishes;
        }

        @Override
        public String source() {
            return LocationText.shown(location);
        }

        @Override
        public Member.Opened open() {
            return new FileSeries.Opened(series.kept(location), wishes);
        }
    }

    /** Returns the path of the dataset in each file. */
    public String path() {
        return path;
    }

    /** Returns the lengths of the dimensions, slowest first. The first one is the sum of all files' rows. */
    public Shape shape() {
        return shape;
    }

    /** Returns the type of the elements, which is the same in all files. */
    public ElementType type() {
        return first.type();
    }

    /**
     * Returns the row at which a file begins.
     *
     * @param file index of the file in the series; the number of files gives the number of rows
     * @throws IndexOutOfBoundsException when there is no such file
     */
    public long firstRow(int file) {
        return rows.firstRow(file);
    }

    /**
     * Reads all rows; blocks until the values are decoded.
     *
     * @return the values, which belong to the caller
     * @throws H5Exception as for {@link #read(Hyperslab)}
     */
    public H5Array read() {
        return read(Hyperslab.all());
    }

    /**
     * Reads a slice, across the borders of files. Blocks until the values are decoded. The files that it touches are
     * read side by side, as far ahead as the series reads, and joined in their order.
     *
     * @return the values, which belong to the caller
     * @throws SelectionException when the slice does not fit the shape
     * @throws LimitExceededException when the values exceed a bound of {@link io.h5coro.model.ReadOptions}
     * @throws ObjectChangedException when a file has another shape or type than when the files were joined
     * @throws ReadAbortedException when the series is closed, a file's deadline passes or the thread is interrupted
     * @throws H5Exception when a file's values cannot be read exactly; the message names the file
     */
    public H5Array read(Hyperslab slice) {
        return reading(slice).get();
    }

    /**
     * Reads the dataset in blocks of rows, for data that are larger than memory. No data are read before the first
     * block is asked for. A block may hold rows of several files; {@link io.h5coro.model.RowBlock#firstRow()} counts
     * all rows.
     *
     * @return the blocks, which the caller closes
     * @throws LimitExceededException when one row, or the number of rows asked for, exceeds the budget
     */
    public RowBlocks blocks(BlockOptions options) {
        long elementBytes = (long) type().size() * (ResultBuffer.isAlone(type()) ? 1 : 2);
        RowRanges.Rows all = new RowRanges.Rows(where(0), shape, Math.max(1, first.chunkRows()), elementBytes);
        return new RowBlocks(where(0), this::reading, new RowRanges(all, Hyperslab.all(), options), options);
    }

    /** Starts to read a slice; does not block. */
    private Joining reading(Hyperslab slice) {
        List<Range> ranges;
        try {
            ranges = slice.within(shape);
        } catch (IllegalArgumentException e) {
            throw new SelectionException(where(0), String.valueOf(e.getMessage()), e);
        }
        Range outer = ranges.get(0);
        long start = Objects.requireNonNull(outer.start());
        long stop = Objects.requireNonNull(outer.stop());
        List<RowFiles.Part> parts = rows.parts(start, stop, outer.step());
        if (parts.isEmpty()) {
            parts = List.of(new RowFiles.Part(0, Range.of(0, 0)));
        }
        return new Joining(parts, ranges, selected(ranges));
    }

    /** The shape of a slice. */
    private Shape selected(List<Range> ranges) {
        long[] lengths = new long[ranges.size()];
        double bytes = type().size();
        for (int d = 0; d < lengths.length; d++) {
            Range range = ranges.get(d);
            long span = Objects.requireNonNull(range.stop()) - Objects.requireNonNull(range.start());
            lengths[d] = span / range.step() + (span % range.step() == 0 ? 0 : 1);
            bytes *= lengths[d];
        }
        long limit = series.read().resultBytes();
        if (bytes > limit || bytes / Math.max(1, type().size()) > Integer.MAX_VALUE) {
            throw new LimitExceededException(
                    where(0),
                    "slice of shape " + Shape.of(lengths) + " takes " + (long) bytes
                            + " bytes, the limit resultBytes is " + limit + " bytes: read in slices or in blocks");
        }
        return Shape.of(lengths);
    }

    private Part part(RowFiles.Part part, List<Range> ranges) {
        List<Range> own = new ArrayList<>(ranges);
        own.set(0, part.rows());
        DatasetRequest request = DatasetRequest.of(path, new Hyperslab(own));
        return new Part(series, series.locations().get(part.file()), file -> {
            Extent now = Extent.of(file.dataset(path));
            if (now.rows() != rows.rows(part.file()) || !now.type().equals(type())) {
                throw new ObjectChangedException(
                        where(part.file()),
                        "has shape " + now.space().shape() + " and type "
                                + now.type().shortName()
                                + ", which is not what it had when the files were joined: join them again");
            }
            return List.of(request);
        });
    }

    /** A slice that is being read: one part of each file that it touches. */
    private final class Joining implements RowBlocks.Reading {
        private final List<RowFiles.Part> parts;
        private final Shape selected;
        private final SeriesRun run;

        Joining(List<RowFiles.Part> parts, List<Range> ranges, Shape selected) {
            this.parts = parts;
            this.selected = selected;
            this.run = series.run(parts.stream().map(one -> part(one, ranges)).toList(), true);
        }

        @Override
        public H5Array get() {
            try {
                JoinedRows joined = new JoinedRows(selected);
                for (RowFiles.Part part : parts) {
                    SeriesRun.Taken taken = run.next();
                    Where where = where(part.file());
                    joined.add(new ReadPromise(started(taken), where.source()).get(path));
                }
                return joined.array();
            } catch (OutOfMemoryError e) {
                throw new LimitExceededException(
                        where(0), "there is not enough memory for the result: read it in slices", e);
            } finally {
                cancel();
            }
        }

        @Override
        public void cancel() {
            series.end(run);
        }
    }

    @Override
    public String toString() {
        return path + " of " + series.locations().size() + " files, " + type().shortName() + " " + shape;
    }
}
