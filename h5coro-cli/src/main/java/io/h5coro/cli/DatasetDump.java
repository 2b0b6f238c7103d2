// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.Dataset;
import io.h5coro.error.H5Exception;
import io.h5coro.model.IntegerType;
import io.h5coro.model.TimeType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dataset: type, extent, properties, values, attributes. */
final class DatasetDump {
    private final Session session;
    private final AttributeDump attributes;

    DatasetDump(Session session) {
        this.session = session;
        this.attributes = new AttributeDump(session);
    }

    void print(OpenedFile file, Dataset dataset, String name, @Nullable SubsetSpec subset, int columns) {
        Flow flow = new Flow(columns);
        Style style = session.style();
        Sink out = session.ddl();
        flow.begunLine(out, style, "DATASET \"" + name + "\" {");
        try {
            dataset.info().comment().ifPresent(c -> flow.line(out, style, "COMMENT \"" + c + "\""));
            flow.indent++;
            session.datatype(file, flow, dataset.type(), dataset.committedType());
            flow.line(out, style, TypeText.dataspace(dataset.dataspace()));
            if (session.options().properties()) {
                new PropertiesText(session, file, dataset, flow).print();
            }
            if (session.options().data()) {
                data(file, dataset, subset, flow);
            }
        } catch (H5Exception e) {
            session.report().error("unable to dump dataset \"" + name + "\"", e);
        }
        if (session.options().binary() == null) {
            attributes.all(file, dataset, columns + 3);
        }
        flow.indent = columns / 3;
        flow.begunLine(out, style, "}");
    }

    private void data(OpenedFile file, Dataset dataset, @Nullable SubsetSpec subset, Flow flow) {
        List<PackedBits> packed = session.options().packedBits();
        if (packed.isEmpty()) {
            values(file, dataset, subset, flow);
            return;
        }
        for (PackedBits bits : packed) {
            if (dataset.type() instanceof IntegerType type
                    && bits.offset() + bits.length() > 8 * Numbers.nativeBytes(type.precision())) {
                session.report()
                        .warn("packed bits: offset " + bits.offset() + " and length " + bits.length()
                                + " are more than the " + 8 * Numbers.nativeBytes(type.precision())
                                + " bits of a value");
            }
            flow.begunLine(
                    session.ddl(), session.style(), "PACKED_BITS OFFSET=" + bits.offset() + " LENGTH=" + bits.length());
            session.values().packed(bits);
            try {
                values(file, dataset, subset, flow);
            } finally {
                session.values().packed(null);
            }
        }
    }

    private void values(OpenedFile file, Dataset dataset, @Nullable SubsetSpec subset, Flow flow) {
        if (dataset.type() instanceof TimeType) {
            flow.indent++;
            flow.begunLine(session.ddl(), session.style(), "DATA{ not yet implemented.}");
            flow.indent--;
        } else {
            session.dataDump().dataset(file, dataset, flow, subset);
        }
    }
}
