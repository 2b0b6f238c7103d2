// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.ReferenceType;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The DATA block of a dataset or attribute. */
final class DataDump {
    private final Session session;
    private final Set<Place> underWay = new HashSet<>();

    DataDump(Session session) {
        this.session = session;
    }

    /** Writes an attribute's values. */
    void attribute(OpenedFile file, Attribute attribute, Flow flow) {
        block(flow, () -> {
            if (attribute.dataspace().kind() == Dataspace.Kind.NULL) {
                return;
            }
            if (attribute.type() instanceof ReferenceType) {
                references(file, attribute.read(), flow);
            } else {
                elements(file, attribute.type(), flow, session.attributeSink(), printing -> {
                    H5Array values = attribute.read();
                    printing.flow.shape(attribute.shape());
                    printing.printer.begin(0);
                    printing.printer.add(values, 0, values.length(), true);
                });
            }
        });
    }

    /** Writes a dataset's values, or a subset of them. */
    void dataset(OpenedFile file, Dataset dataset, Flow flow, @Nullable SubsetSpec subset) {
        if (subset == null) {
            all(file, dataset, flow);
            return;
        }
        SubsetSpec.Selection selection = subset.of(dataset.shape().dimensions());
        Style style = session.style();
        flow.line(session.ddl(), style, "SUBSET {");
        flow.indent++;
        flow.line(session.ddl(), style, "START ( " + list(selection.start()) + " );");
        flow.line(session.ddl(), style, "STRIDE ( " + list(selection.stride()) + " );");
        flow.line(session.ddl(), style, "COUNT ( " + list(selection.count()) + " );");
        flow.line(session.ddl(), style, "BLOCK ( " + list(selection.block()) + " );");
        block(flow, () -> {
            if (dataset.type() instanceof ReferenceType) {
                references(file, dataset.read(), flow);
            } else {
                elements(file, dataset.type(), flow, session.data(), printing -> {
                    printing.flow.shape(dataset.shape());
                    new SubsetPrinter(dataset, selection, printing.flow, printing.printer).print();
                });
            }
        });
        flow.indent--;
        flow.begunLine(session.ddl(), style, "}");
    }

    private static String list(long[] numbers) {
        return LongStream.of(numbers).mapToObj(Long::toString).collect(Collectors.joining(", "));
    }

    private void all(OpenedFile file, Dataset dataset, Flow flow) {
        block(flow, () -> {
            if (dataset.dataspace().kind() == Dataspace.Kind.NULL) {
                return;
            }
            if (dataset.type() instanceof ReferenceType) {
                once(file, dataset, () -> references(file, file.readAhead().read(dataset), flow));
            } else {
                elements(file, dataset.type(), flow, session.data(), printing -> whole(file, dataset, printing));
            }
        });
    }

    /** An object. */
    private record Place(OpenedFile file, long address) {}

    /** Keeps references that lead back to their own dataset from being followed for ever. */
    private void once(OpenedFile file, Dataset dataset, Runnable body) {
        Place place = new Place(file, dataset.address());
        if (underWay.add(place)) {
            try {
                body.run();
            } finally {
                underWay.remove(place);
            }
        }
    }

    private void whole(OpenedFile file, Dataset dataset, Printing printing) {
        printing.flow.shape(dataset.shape());
        long total = dataset.dataspace().elementCount();
        if (ReadAhead.bytes(dataset) <= ReadAhead.BATCH_BYTES) {
            H5Array values = file.readAhead().read(dataset);
            printing.printer.begin(0);
            printing.printer.add(values, 0, values.length(), true);
            return;
        }
        Progress progress =
                new Progress(new Strips(dataset.shape(), dataset.type().size()));
        Blocks.forEach(dataset, ReadAhead.BATCH_BYTES / 2, values -> progress.print(values, total, printing));
    }

    /** How far a dataset that is read in blocks has been written. */
    private final class Progress {
        private final Strips strips;
        private long position;
        private long left;

        Progress(Strips strips) {
            this.strips = strips;
        }

        void print(H5Array values, long total, Printing printing) {
            int from = 0;
            while (from < values.length()) {
                if (left == 0) {
                    printing.flow.continued = position > 0;
                    printing.printer.begin(position);
                    left = strips.next();
                }
                int to = (int) Math.min(values.length(), from + left);
                position += to - from;
                left -= to - from;
                printing.printer.add(values, from, to, position == total);
                from = to;
            }
        }
    }

    /** What elements are written with. */
    private record Printing(Flow flow, Elements printer) {}

    private interface Body {
        void print(Printing printing);
    }

    /** Writes "DATA {", a body and "}"; what the body cannot read is reported, and the block ends all the same. */
    private void block(Flow flow, Runnable body) {
        flow.line(session.ddl(), session.style(), "DATA {");
        try {
            body.run();
        } catch (H5Exception | ArithmeticException | OutOfMemoryError e) {
            session.report().error("unable to print data", e);
        }
        flow.begunLine(session.ddl(), session.style(), "}");
    }

    private void elements(OpenedFile file, ElementType type, Flow flow, Sink out, Body body) {
        Flow own = flow.copy();
        Style style = session.style().data(session.options().indices());
        boolean characters = session.options().characters() && type instanceof IntegerType && type.size() == 1;
        if (characters) {
            own.indent++;
            own.startLine = true;
            own.startLine(session.ddl(), style.quoted(), 0, false);
            style = style.characters();
        } else {
            own.startLine = true;
        }
        Elements text = new ElementPrinter(out, style, own, session.values(), file.names());
        body.print(new Printing(own, session.binary().orElse(text)));
        if (characters) {
            own.startLine = (style.onePerLine() && own.element > 0) || own.column + 1 > style.columns();
            own.startLine(session.ddl(), session.style(), 0, false);
            session.ddl().write("\"");
        }
    }

    private void references(OpenedFile file, H5Array values, Flow flow) {
        flow.indent++;
        try {
            new ReferenceDump(session, file, flow.copy()).print((ReferenceArray) values);
        } finally {
            flow.indent--;
        }
    }
}
