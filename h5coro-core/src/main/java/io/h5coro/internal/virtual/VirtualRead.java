// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.filter.Span;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.grid.Box;
import io.h5coro.internal.grid.Picked;
import io.h5coro.internal.grid.Selection;
import io.h5coro.internal.grid.Spans;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.internal.prepare.DatasetPreparation;
import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.internal.prepare.Piece;
import io.h5coro.internal.prepare.SourceReads;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.scatter.ElementDecoder;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType;
import io.h5coro.model.FileId;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Reads what a selection of a virtual dataset needs of its sources: for each box of it the smallest box of a source
 * that holds the wanted elements, or just those of picked elements; all of them at once. Confined to one task; blocks.
 */
final class VirtualRead {
    /** In place of a file's name, for references of which nobody can tell in which file they are meant. */
    private static final String UNKNOWN = "one of the sources of ";

    private final SourceFile file;
    private final Where where;
    private final ElementType type;
    private final int depth;
    private final SourceReads sources;

    VirtualRead(SourceFile file, Where where, ElementType type, int depth, SourceReads sources) {
        this.file = file;
        this.where = where;
        this.type = type;
        this.depth = depth;
        this.sources = sources;
    }

    /** The piece that puts all sources' elements into the result; none when no source has any, or nothing is read. */
    List<Piece> pieces(List<VirtualPart> parts, DatasetPreparation.Frame frame) {
        Picked picked = frame.selection().picked();
        List<Wanted> wanted = picked == null
                ? inBoxes(parts, frame.selection())
                : picked(parts, new PickedParts(where, picked, frame.held()));
        List<byte[]> values = read(wanted);
        return values.isEmpty() ? List.of() : List.of(new SourceValues(wanted, values, home(wanted)));
    }

    private List<Wanted> picked(List<VirtualPart> parts, PickedParts picked) {
        List<VirtualPart> touched = parts.stream().filter(picked::touches).toList();
        Set<VirtualSource.Name> names = new LinkedHashSet<>();
        touched.forEach(part -> names.add(part.name()));
        SourcesAhead.find(file, names, depth);
        List<Wanted> wanted = new ArrayList<>();
        for (VirtualPart part : touched) {
            Optional<VirtualSource> found = VirtualSource.find(file, part.name(), depth);
            if (found.isPresent()) {
                VirtualSource source = found.get();
                refuseHeapElsewhere(source);
                Spans elements = part.elements(source.descriptor().space().shape(), where);
                wanted.add(picked.wanted(part, source, elements));
            }
        }
        return wanted;
    }

    private List<Wanted> inBoxes(List<VirtualPart> parts, Selection selection) {
        List<Wanted> wanted = new ArrayList<>();
        SourcesAhead.find(file, touched(parts, selection), depth);
        for (VirtualPart part : parts) {
            Optional<VirtualSource> source = Optional.empty();
            for (int b = 0; b < selection.boxes().size(); b++) {
                Box box = selection.boxes().get(b);
                if (touches(part.virtual(), box)) {
                    source = source.isPresent() ? source : VirtualSource.find(file, part.name(), depth);
                    if (source.isPresent()) {
                        wanted.add(wanted(part, source.get(), box, selection.destination(b)));
                    }
                }
            }
        }
        return wanted;
    }

    /**
     * The file that references among the values are meant in: that of the sources when it is one, else nobody knows.
     */
    private Optional<FileId> home(List<Wanted> wanted) {
        if (!ElementDecoder.holdsReferences(type)) {
            return Optional.empty();
        }
        Set<FileId> files = new HashSet<>();
        for (Wanted one : wanted) {
            VirtualSource source = one.source();
            boolean stored = !(source.descriptor().layout() instanceof Layout.Virtual);
            files.add(stored ? source.file().named().id() : FileId.opened(UNKNOWN + where.object()));
        }
        return Optional.of(files.size() == 1 ? files.iterator().next() : FileId.opened(UNKNOWN + where.object()));
    }

    /** The sources that a selection looks into. */
    private static Set<VirtualSource.Name> touched(List<VirtualPart> parts, Selection selection) {
        Set<VirtualSource.Name> names = new LinkedHashSet<>();
        for (VirtualPart part : parts) {
            if (selection.boxes().stream().anyMatch(box -> touches(part.virtual(), box))) {
                names.add(part.name());
            }
        }
        return names;
    }

    private static boolean touches(Spans virtual, Box box) {
        long[] count = new long[1];
        virtual.within(box, (ordinal, position, length) -> count[0] += length);
        return count[0] > 0;
    }

    /** What is wanted of a source. */
    interface Wanted {
        /** Where to read. */
        VirtualSource source();

        /** The read of the source's elements, under a name. */
        DatasetRead prepared(Preparations preparations, String name);

        /**
         * Copies the elements to where they belong.
         *
         * @param values bytes of what was read
         */
        void copy(byte[] values, ResultBuffer buffer);
    }

    /**
     * What a box of the result wants of a source.
     *
     * @param virtual the source's elements in the virtual dataset
     * @param elements the same in the source
     * @param low first corner of the smallest box that holds those wanted
     * @param lengths that box's dimensions
     * @param destination index in the result of the box's first element
     * @param source where to read
     * @param box what the selection wants, in the virtual dataset
     */
    @SuppressWarnings("ArrayRecordComponent") // made here, never changed
    private record WantedBox(
            VirtualSource source, Spans virtual, Spans elements, Box box, long[] low, long[] lengths, long destination)
            implements Wanted {
        @Override
        public DatasetRead prepared(Preparations preparations, String name) {
            DatasetDescriptor dataset = source.descriptor();
            return preparations.opaque(new DatasetRequest(name, dataset.path(), null, slab(this)), dataset);
        }

        @Override
        public void copy(byte[] values, ResultBuffer buffer) {
            virtual.within(box, (ordinal, position, length) -> {
                long[] into = {destination + position};
                elements.visit(ordinal, length, (coordinate, run) -> {
                    long from = 0;
                    for (int d = 0; d < low.length; d++) {
                        from = from * lengths[d] + coordinate[d] - low[d];
                    }
                    buffer.put(values, 0, StridedCopy.run(run, from, into[0]));
                    into[0] += run;
                });
            });
        }
    }

    private Wanted wanted(VirtualPart part, VirtualSource source, Box box, long destination) {
        refuseHeapElsewhere(source);
        Shape shape = source.descriptor().space().shape();
        Spans elements = part.elements(shape, where);
        int rank = elements.rank();
        long[] low = new long[rank];
        long[] high = new long[rank];
        Arrays.fill(low, Long.MAX_VALUE);
        part.virtual()
                .within(
                        box,
                        (ordinal, position, length) -> elements.visit(ordinal, length, (coordinate, run) -> {
                            for (int d = 0; d < rank; d++) {
                                low[d] = Math.min(low[d], coordinate[d]);
                                high[d] = Math.max(high[d], coordinate[d] + (d == rank - 1 ? run : 1));
                            }
                        }));
        long[] lengths = new long[rank];
        for (int d = 0; d < rank; d++) {
            lengths[d] = high[d] - low[d];
            if (shape.rank() > 0 && high[d] > shape.dimension(d)) {
                throw new MalformedFileException(
                        where, "elements behind the end of the source " + part.name() + ", whose shape is " + shape);
            }
        }
        return new WantedBox(source, part.virtual(), elements, box, low, lengths, destination);
    }

    private void refuseHeapElsewhere(VirtualSource source) {
        if (ElementDecoder.refersToHeap(source.descriptor().type()) && source.file() != file) {
            throw new UnsupportedFeatureException(
                    where, "virtual dataset of values of variable length in another file");
        }
    }

    /** The bytes of the boxes in the type of the virtual dataset; none when nothing is read. */
    private List<byte[]> read(List<Wanted> wanted) {
        Map<SourceFile, List<Integer>> byFile = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            byFile.computeIfAbsent(wanted.get(i).source().file(), f -> new ArrayList<>())
                    .add(i);
        }
        Map<List<Integer>, SourceReads.Reading> readings = new LinkedHashMap<>();
        byte[][] values = new byte[wanted.size()][];
        try {
            byFile.forEach((source, indexes) ->
                    start(source, indexes, wanted).ifPresent(reading -> readings.put(indexes, reading)));
            readings.forEach((indexes, reading) -> {
                for (int i = 0; i < indexes.size(); i++) {
                    int index = indexes.get(i);
                    values[index] = converted(wanted.get(index), await(reading.bytes(i)));
                }
            });
        } catch (RuntimeException e) {
            readings.values().forEach(SourceReads.Reading::cancel);
            throw e;
        } finally {
            readings.values().forEach(SourceReads.Reading::close);
        }
        return readings.isEmpty() ? List.of() : Arrays.asList(values);
    }

    private Optional<SourceReads.Reading> start(SourceFile source, List<Integer> indexes, List<Wanted> wanted) {
        Preparations preparations = new Preparations(source, depth + 1, sources);
        List<DatasetRead> prepared = new ArrayList<>();
        for (int i : indexes) {
            prepared.add(wanted.get(i).prepared(preparations, Integer.toString(i)));
        }
        return sources.datasets(source, prepared);
    }

    private static List<Hyperslab> slab(WantedBox w) {
        if (w.source().descriptor().space().shape().rank() == 0) {
            return List.of();
        }
        List<Hyperslab.Range> ranges = new ArrayList<>();
        for (int d = 0; d < w.low().length; d++) {
            ranges.add(new Hyperslab.Range(w.low()[d], w.low()[d] + w.lengths()[d], 1));
        }
        return List.of(new Hyperslab(ranges));
    }

    private byte[] await(CompletableFuture<byte[]> bytes) {
        try {
            return Deadline.currentOr(file.options().deadline()).await(bytes, where);
        } catch (ExecutionException | CancellationException e) {
            throw failure(e);
        }
    }

    private H5Exception failure(Exception e) {
        return StorageFailures.translate(where.source(), Where.NO_ADDRESS, e);
    }

    private byte[] converted(Wanted wanted, byte[] raw) {
        ElementType from = wanted.source().descriptor().type();
        if (from.equals(type)) {
            return raw;
        }
        int count = raw.length / Math.max(1, from.size());
        if ((long) count * type.size() > JavaArray.MOST) {
            throw new LimitExceededException(where, count + " elements to convert: read it in slices");
        }
        H5Array values = wanted.source().file().decoder(where).decode(from, Shape.of(count), raw);
        return NumberConversion.convert(values, type, where);
    }

    /** Elements of all sources, put into the result in the order of the mappings: the later one counts. */
    private record SourceValues(List<Wanted> wanted, List<byte[]> values, Optional<FileId> home) implements Piece {
        @Override
        public ByteRange range() {
            return new ByteRange(0, 0);
        }

        @Override
        public void put(Span plain, ResultBuffer result) {
            for (int i = 0; i < wanted.size(); i++) {
                wanted.get(i).copy(values.get(i), result);
            }
        }
    }
}
