// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.cli.file.Blocks;
import io.h5coro.cli.text.ElementPrinter;
import io.h5coro.cli.text.Elements;
import io.h5coro.cli.text.Page;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.Style;
import io.h5coro.error.H5Exception;
import io.h5coro.model.ArrayType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FillInfo;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ObjectId;
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
    /** Datasets of references that are being written, from the outermost to the innermost. */
    private final Set<ObjectId> underWay = new HashSet<>();

    DataDump(Session session) {
        this.session = session;
    }

    /** Writes an attribute's values. */
    void attribute(OpenedFile file, Attribute attribute, Page page) {
        block(page, () -> {
            if (attribute.dataspace().kind() == Dataspace.Kind.NULL) {
                nothing(file, attribute.type(), page);
                return;
            }
            if (attribute.type() instanceof ReferenceType) {
                references(file, attribute.read(), page);
            } else {
                elements(file, attribute.type(), page, session.attributeSink(), printing -> {
                    H5Array values = attribute.read();
                    printing.page.shape(attribute.shape());
                    printing.printer.begin(0);
                    printing.printer.add(values, 0, values.length(), true);
                });
            }
        });
    }

    /** Writes a dataset's values, or a subset of them. */
    void dataset(OpenedFile file, Dataset dataset, Page page, @Nullable SubsetSpec subset) {
        if (subset == null) {
            all(file, dataset, page);
            return;
        }
        SubsetSpec.Selection selection = subset.of(dataset.shape().dimensions());
        page.line("SUBSET {");
        page.deeper();
        page.line("START ( " + list(selection.start()) + " );");
        page.line("STRIDE ( " + list(selection.stride()) + " );");
        page.line("COUNT ( " + list(selection.count()) + " );");
        page.line("BLOCK ( " + list(selection.block()) + " );");
        block(page, () -> {
            if (dataset.type() instanceof ReferenceType) {
                references(file, dataset.read(), page);
            } else {
                elements(file, dataset.type(), page, session.data(), printing -> {
                    printing.page.shape(dataset.shape());
                    new SubsetPrinter(dataset, selection, file.readAhead(), printing.of(dataset)).print();
                });
            }
        });
        page.back();
        page.begunLine("}");
    }

    private static String list(long[] numbers) {
        return LongStream.of(numbers).mapToObj(Long::toString).collect(Collectors.joining(", "));
    }

    private void all(OpenedFile file, Dataset dataset, Page page) {
        block(page, () -> {
            if (dataset.dataspace().kind() == Dataspace.Kind.NULL) {
                nothing(file, dataset.type(), page);
                return;
            }
            if (dataset.type() instanceof ReferenceType) {
                once(dataset, () -> references(file, file.readAhead().read(dataset), page));
            } else {
                elements(
                        file,
                        dataset.type(),
                        page,
                        session.data(),
                        printing -> whole(file, dataset, printing.of(dataset)));
            }
        });
    }

    /** Keeps references that lead back to their own dataset from being followed for ever. */
    private void once(Dataset dataset, Runnable body) {
        ObjectId id = dataset.id();
        if (underWay.add(id)) {
            try {
                body.run();
            } finally {
                underWay.remove(id);
            }
        }
    }

    /**
     * Writes all values: a small dataset from the batch that was read ahead, a larger one in blocks of half a
     * batch, since the next block is read while one is written.
     */
    private void whole(OpenedFile file, Dataset dataset, Printing printing) {
        printing.page.shape(dataset.shape());
        long total = dataset.dataspace().elementCount();
        if (ReadAhead.bytes(dataset) <= ReadAhead.BATCH_BYTES) {
            H5Array values = file.readAhead().read(dataset);
            printing.printer.begin(0);
            printing.printer.add(values, 0, values.length(), true);
            return;
        }
        Progress progress =
                new Progress(new Strips(dataset.shape(), dataset.type().size()));
        session.report()
                .progress()
                .begin(dataset.path().orElse(""), total * dataset.type().size());
        Blocks.forEach(dataset, ReadAhead.BATCH_BYTES / 2, values -> {
            progress.print(values, total, printing);
            session.report()
                    .progress()
                    .done((long) values.length() * dataset.type().size());
        });
    }

    /**
     * How far a dataset that is read in blocks has been written. Blocks are ours, strips h5dump's; both cut the
     * same sequence of elements, and the output must show the strips only.
     */
    private static final class Progress {
        private final Strips strips;
        /** Elements written so far. */
        private long position;
        /** Elements of the strip under way that are still to come; 0 before the first. */
        private long left;

        Progress(Strips strips) {
            this.strips = strips;
        }

        void print(H5Array values, long total, Printing printing) {
            int from = 0;
            while (from < values.length()) {
                if (left == 0) {
                    printing.page.continued(position > 0);
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

    /**
     * What elements are written with.
     *
     * @param page counts lines and indices
     * @param printer writes the elements there, or as bytes elsewhere
     */
    record Printing(Page page, Elements printer) {
        /** The same for the values of a dataset. */
        Printing of(Dataset dataset) {
            return isUnconverted(dataset) ? new Printing(page, printer.unconverted()) : this;
        }
    }

    /**
     * Whether libhdf5 fills memory with zeros of the machine's type, as of a dataset of which nothing is stored and
     * whose writer gave no fill value (H5D__read, H5D__fill), and whether that can be seen: it converts enumerations by
     * name.
     */
    private static boolean isUnconverted(Dataset dataset) {
        return holdsEnumeration(dataset.type())
                && dataset.fill().state() == FillInfo.State.DEFAULT
                && isNothing(dataset);
    }

    private static boolean isNothing(Dataset dataset) {
        DatasetStorage storage = dataset.storage();
        return storage instanceof DatasetStorage.Contiguous contiguous && contiguous.address() < 0
                || storage instanceof DatasetStorage.Chunked && dataset.storedBytes() == 0
                || storage instanceof DatasetStorage.Virtual virtual
                        && virtual.mappings().isEmpty();
    }

    private static boolean holdsEnumeration(ElementType type) {
        return type instanceof EnumType
                || type instanceof ArrayType array && holdsEnumeration(array.base())
                || type instanceof CompoundType compound
                        && compound.members().stream().anyMatch(member -> holdsEnumeration(member.type()));
    }

    private interface Body {
        void print(Printing printing);
    }

    /** Writes "DATA {", a body and "}"; what the body cannot read is reported, and the block ends all the same. */
    private void block(Page page, Runnable body) {
        page.line("DATA {");
        try {
            body.run();
        } catch (H5Exception | ArithmeticException | OutOfMemoryError e) {
            session.report().error("unable to print data", e);
        }
        page.begunLine("}");
    }

    /** Writes what h5dump writes of a null dataspace: for bytes as text the quotes of it, else nothing. */
    private void nothing(OpenedFile file, ElementType type, Page page) {
        if (areCharacters(type)) {
            elements(file, type, page, session.data(), printing -> {});
        }
    }

    private boolean areCharacters(ElementType type) {
        return session.options().look().characters() && type instanceof IntegerType && type.size() == 1;
    }

    private void elements(OpenedFile file, ElementType type, Page page, Sink out, Body body) {
        Style style = session.style().data(session.options().look().indices());
        Page own = page.copy().in(style);
        boolean characters = areCharacters(type);
        if (characters) {
            own.deeper();
            own.newLine();
            own.in(style.quoted()).begin();
            own = own.in(style.characters());
        } else {
            own.newLine();
        }
        Page values = own.on(out);
        Elements text = new ElementPrinter(values, session.values(values, file));
        body.print(new Printing(own, session.binary().orElse(text)));
        if (characters) {
            if (own.isFull()) {
                own.newLine();
            }
            own.in(session.style()).begin();
            session.ddl().write("\"");
        }
    }

    private void references(OpenedFile file, H5Array values, Page page) {
        page.deeper();
        try {
            new ReferenceDump(session, file, page.copy()).print((ReferenceArray) values);
        } finally {
            page.back();
        }
    }
}
