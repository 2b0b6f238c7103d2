// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.filter.Span;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.internal.file.ResolvedRequest;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.grid.ChunkGrid;
import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.internal.grid.Picked;
import io.h5coro.internal.grid.Selection;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.scatter.CallerMemory;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.internal.walk.Rehearsal;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.ElementType;
import io.h5coro.model.Shape;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a resolved request to the pieces to fetch; checks every size before anything is allocated for it. Blocks on the
 * chunk index. Thread-safe.
 */
public final class DatasetPreparation {
    private final SourceFile file;
    private final ReadLimits limits;
    private final SourceReads sources;
    private final @Nullable CallerMemory into;

    /**
     * Prepares requests of a file, whose results have their own memory.
     *
     * @param sources take what is elsewhere
     */
    public DatasetPreparation(SourceFile file, SourceReads sources) {
        this(file, sources, null);
    }

    /**
     * Prepares a request of a file.
     *
     * @param sources take what is elsewhere
     * @param into memory for the one request that is prepared; null for memory of the result's own
     */
    public DatasetPreparation(SourceFile file, SourceReads sources, @Nullable CallerMemory into) {
        this.into = into;
        this.file = file;
        this.limits = new ReadLimits(file);
        this.sources = sources;
    }

    /** Finds out what a request for values needs that are here already. */
    public DatasetRead values(DatasetRequest request, ResolvedRequest.Values values) {
        Where where = where(values.path());
        HeldMemory found = limits.held(where);
        Selection selection = selection(values.space(), request, where, found);
        DatasetRead.Target target = target(request, where, values.type(), selection);
        return inMemory(frame(target, selection, found), values.space(), values.data());
    }

    private Where where(String path) {
        return Where.object(file.source(), path);
    }

    /**
     * A request, checked: what is selected, and the result that it makes.
     *
     * @param target the result
     * @param selection the elements
     * @param held memory that saying where they are may take
     */
    public record Frame(DatasetRead.Target target, Selection selection, HeldMemory held) {
        /** Whether nothing has to be read. */
        public boolean isEmpty() {
            return target.elementCount() == 0 || target.storedSize() == 0;
        }

        /** A read of nothing. */
        public DatasetRead empty() {
            return new DatasetRead(target, List.of(), null);
        }

        /** A read of pieces. */
        public DatasetRead read(List<Piece> pieces, byte @Nullable [] fill) {
            return new DatasetRead(target, pieces, fill, held.claimed());
        }

        /** What a dataset of some shape that is stored in one run contributes: a copy for each box. */
        private List<ElementCopy> copies(Shape shape) {
            Picked picked = selection.picked();
            if (picked != null) {
                return List.of(picked.whole(held::claim));
            }
            List<ElementCopy> copies = new ArrayList<>(selection.boxes().size());
            for (int b = 0; b < selection.boxes().size(); b++) {
                StridedCopy.Target into =
                        new StridedCopy.Target(selection.result().dimensions(), selection.destination(b));
                StridedCopy copy = ChunkGrid.wholeCopy(shape, selection.boxes().get(b), into);
                if (!copy.isEmpty()) {
                    copies.add(copy);
                }
            }
            return copies;
        }
    }

    /**
     * The frame of a result.
     *
     * @param found memory that finding the elements took
     */
    private Frame frame(DatasetRead.Target target, Selection selection, HeldMemory found) {
        HeldMemory held = new HeldMemory(target.where(), limits.mostBytes() - target.memoryBytes());
        held.claim(found.claimed());
        return new Frame(target, selection, held);
    }

    /**
     * Checks a request against a dataset.
     *
     * @param type of the result's elements, of the same size as the dataset's
     */
    public Frame frame(DatasetRequest request, DatasetDescriptor dataset, ElementType type) {
        Where where = where(dataset.path());
        if (request.selection() instanceof ElementSelection.Region region
                && region.address() != dataset.headerAddress()) {
            throw new SelectionException(
                    where,
                    region + " in the dataset at 0x" + Long.toHexString(dataset.headerAddress())
                            + ": a region belongs to one dataset");
        }
        HeldMemory found = limits.held(where);
        Selection selection = selection(dataset.space(), request, where, found);
        return frame(target(request, where, type, selection), selection, found);
    }

    /**
     * The frame of elements that were picked in the dataset.
     *
     * @param request names the result
     * @param type of the result's elements, of the same size as the dataset's
     */
    public Frame frame(DatasetRequest request, DatasetDescriptor dataset, ElementType type, Picked picked) {
        Where where = where(dataset.path());
        if (!picked.space().equals(dataset.space().shape())) {
            throw new IllegalArgumentException("elements of shape " + picked.space() + " of " + dataset.space());
        }
        Selection selection = Selection.of(picked, where);
        return frame(target(request, where, type, selection), selection, limits.held(where));
    }

    /**
     * A null dataspace has no value: the result is an array of shape (0,), as empty as h5py's Empty.
     *
     * @param held memory that finding the elements may take
     */
    static Selection selection(Dataspace space, DatasetRequest request, Where where, HeldMemory held) {
        Shape shape = space.kind() == Dataspace.Kind.NULL ? Shape.of(0) : space.shape();
        ElementSelection elements = request.selection();
        return elements == null
                ? Selection.of(shape, request.slices(), where)
                : Selection.of(shape, elements, where, held::claim);
    }

    /**
     * Finds out what a request for a dataset needs whose values are in its own file, or in files of raw data.
     *
     * @param frame the request, checked against the dataset
     */
    public DatasetRead dataset(Frame frame, DatasetDescriptor dataset) {
        if (frame.isEmpty()) {
            return frame.empty();
        }
        Layout layout = dataset.layout();
        refuseUndefined(dataset, frame.target().where());
        if (layout instanceof Layout.Compact compact) {
            return inMemory(frame, dataset.space(), compact.data());
        }
        if (layout instanceof Layout.Contiguous contiguous) {
            return contiguous(frame, dataset, contiguous.address());
        }
        if (layout instanceof Layout.Chunked chunked) {
            return chunked(frame, dataset, chunked);
        }
        if (layout instanceof Layout.External external) {
            return external(frame, dataset, external);
        }
        throw new IllegalArgumentException("values of other datasets: " + layout);
    }

    /**
     * A dataset that was never written and whose writer left its contents undefined has no value; libhdf5 refuses it
     * too (H5D__read), unless the fill value is never written, when it leaves the caller's buffer as it is and we give
     * zeros.
     */
    private static void refuseUndefined(DatasetDescriptor dataset, Where where) {
        FillValue fill = dataset.fill();
        boolean unwritten = dataset.layout() instanceof Layout.Contiguous contiguous && contiguous.address() < 0
                || dataset.layout() instanceof Layout.Chunked chunked
                        && chunked.index().address() < 0;
        if (unwritten && fill.state() == FillValue.State.UNDEFINED && fill.writeTime() != NEVER) {
            throw new NotFoundException(where, "has no values: none was written, and its fill value is undefined");
        }
    }

    private DatasetRead.Target target(DatasetRequest request, Where where, ElementType stored, Selection selection) {
        CompoundType.@Nullable Member member = member(request, where, stored);
        ElementType type = member == null ? stored : member.type();
        long count = selection.elementCount();
        long bytes = count > JavaArray.MOST ? Long.MAX_VALUE : count * Math.max(1, type.size());
        if (count > JavaArray.MOST || (bytes > JavaArray.MOST && !ResultBuffer.isAlone(type))) {
            throw new LimitExceededException(
                    where,
                    "the result has " + count + " elements of " + type.size()
                            + " bytes, more than one array holds: read it in slices");
        }
        if (into != null) {
            into.expect(type, selection.result(), where);
        }
        ResultBuffer.@Nullable RecordPart record =
                member == null ? null : new ResultBuffer.RecordPart(member.offset(), stored.size());
        DatasetRead.Target target =
                new DatasetRead.Target(request.name(), where, type, selection.result(), record, into);
        limits.checkResults(where, target.memoryBytes());
        return target;
    }

    /** The member that a request is for; null when it is for the whole elements. */
    private static CompoundType.@Nullable Member member(DatasetRequest request, Where where, ElementType type) {
        String field = request.field();
        if (field == null) {
            return null;
        }
        if (!(type instanceof CompoundType compound)) {
            throw new SelectionException(where, "field '" + field + "' of elements that are no records: " + type);
        }
        for (CompoundType.Member member : compound.members()) {
            if (member.name().equals(field)) {
                if (member.offset() < 0
                        || member.offset() > type.size() - member.type().size()) {
                    throw new MalformedFileException(
                            where,
                            "member '" + field + "' of " + member.type().size() + " bytes at " + member.offset()
                                    + " does not lie in a compound of " + type.size());
                }
                return member;
            }
        }
        throw new NotFoundException(where, "has no field '" + field + "'");
    }

    /** Values that are here already. */
    private DatasetRead inMemory(Frame frame, Dataspace space, byte[] data) {
        DatasetRead.Target target = frame.target();
        long elements = target.elementCount() == 0 ? 0 : count(space.shape(), target.where());
        int size = target.storedSize();
        if (elements > data.length / Math.max(1, size)) {
            throw new MalformedFileException(
                    target.where(),
                    elements + " elements of " + size + " bytes are stored in " + data.length + " bytes");
        }
        if (target.elementCount() == 0 || size == 0) {
            return new DatasetRead(target, List.of(), null);
        }
        List<Piece> pieces = new ArrayList<>();
        frame.copies(space.shape()).forEach(copy -> pieces.add(new StoredValues(data, 0, copy)));
        return frame.read(pieces, null);
    }

    /**
     * Values of the header.
     *
     * @param data the bytes
     * @param offset the first of them that counts
     * @param copy where they go
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed
    record StoredValues(byte[] data, int offset, ElementCopy copy) implements Piece {
        @Override
        public ByteRange range() {
            return new ByteRange(0, 0);
        }

        @Override
        public void put(Span plain, ResultBuffer result) {
            result.put(data, offset, copy);
        }
    }

    private static long count(Shape shape, Where where) {
        try {
            return shape.elementCount();
        } catch (ArithmeticException overflow) {
            throw new MalformedFileException(where, "shape " + shape + " has more than 2^63 - 1 elements", overflow);
        }
    }

    private DatasetRead contiguous(Frame frame, DatasetDescriptor dataset, long address) {
        DatasetRead.Target target = frame.target();
        if (address < 0) {
            return new DatasetRead(target, List.of(), fill(dataset, target.where()));
        }
        int size = target.storedSize();
        long end = file.space().end();
        if (address > end || count(dataset.space().shape(), target.where()) > (Long.MAX_VALUE - end) / size) {
            throw new MalformedFileException(
                    target.where(),
                    "values of shape " + dataset.space().shape() + " at 0x" + Long.toHexString(address)
                            + " do not lie in the file, which ends at 0x" + Long.toHexString(end));
        }
        long start = file.space().base() + address;
        PlainPieces pieces = limits.plainPieces(frame.selection(), frame.held());
        for (ElementCopy copy : frame.copies(dataset.space().shape())) {
            long lastEnd = (copy.sourceStart() + copy.sourceExtent()) * size;
            if (lastEnd > end - address) {
                throw new MalformedFileException(
                        new Where(target.where().source(), target.where().object(), start),
                        "truncated: values up to 0x" + Long.toHexString(start + lastEnd)
                                + " are wanted, the file ends at 0x"
                                + Long.toHexString(file.space().base() + end));
            }
            pieces.add(copy, start, target.wanted());
        }
        return frame.read(List.copyOf(pieces.joined()), null);
    }

    private DatasetRead external(Frame frame, DatasetDescriptor dataset, Layout.External layout) {
        DatasetRead.Target target = frame.target();
        int size = target.storedSize();
        if (count(dataset.space().shape(), target.where()) > Long.MAX_VALUE / size) {
            throw new MalformedFileException(
                    target.where(),
                    "values of shape " + dataset.space().shape() + " in external files, of more than 2^63 - 1 bytes");
        }
        ExternalRaw raw = ExternalRaw.open(file, target.where(), layout.files());
        PlainPieces pieces = limits.plainPieces(frame.selection(), frame.held());
        for (ElementCopy copy : frame.copies(dataset.space().shape())) {
            raw.check((copy.sourceStart() + copy.sourceExtent()) * size);
            pieces.add(copy, 0, target.wanted());
        }
        return frame.read(raw.read(pieces.joined(), sources), null);
    }

    private DatasetRead chunked(Frame frame, DatasetDescriptor dataset, Layout.Chunked layout) {
        DatasetRead.Target target = frame.target();
        ChunkedSelection chunks = new ChunkedSelection(
                target.where(),
                dataset,
                layout,
                frame.selection(),
                new ChunkedSelection.Resources(file.filters(), limits.mostBytes(), frame.held(), file.chunks()));
        if (file.reader().profile().isFar() && chunks.boxes().size() > 1) {
            Rehearsal rehearsal = new Rehearsal(file.catalog().file());
            RequestRehearsal.add(rehearsal, dataset, chunks.grid(), chunks.boxes());
            rehearsal.run();
        }
        List<Piece> pieces = chunks.find(file.indexes().of(dataset), file.space(), limits, target.wanted());
        return frame.read(pieces, chunks.isIncomplete() ? fill(dataset, target.where()) : null);
    }

    /**
     * The element that takes the place of those never written; null for zeros. Zeros also stand for a fill value that
     * is not defined, and for one that is never written, where libhdf5 leaves the caller's buffer as it was.
     */
    public static byte @Nullable [] fill(DatasetDescriptor dataset, Where where) {
        FillValue fill = dataset.fill();
        byte[] value = fill.value();
        if (value == null || value.length == 0 || fill.writeTime() == NEVER) {
            return null;
        }
        if (value.length != dataset.type().size()) {
            throw new MalformedFileException(
                    where,
                    "fill value of " + value.length + " bytes for elements of "
                            + dataset.type().size());
        }
        return Arrays.equals(value, new byte[value.length]) ? null : value;
    }

    private static final int NEVER = 1;
}
