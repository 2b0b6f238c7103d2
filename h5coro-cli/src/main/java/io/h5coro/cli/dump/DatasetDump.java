// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Dataset;
import io.h5coro.cli.text.Numbers;
import io.h5coro.cli.text.PackedBits;
import io.h5coro.cli.text.Page;
import io.h5coro.cli.text.TypeText;
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

    void print(Spot at, Dataset dataset, @Nullable SubsetSpec subset) {
        OpenedFile file = at.file();
        String name = at.name();
        file.writes(dataset);
        Page page = session.page(at.columns());
        page.begunLine("DATASET \"" + name + "\" {");
        try {
            dataset.info().comment().ifPresent(c -> page.line("COMMENT \"" + c + "\""));
            page.deeper();
            session.datatype(file, page, dataset.type(), dataset.committedType());
            page.line(TypeText.dataspace(dataset.dataspace()));
            if (session.wants(DumpOptions.Part.PROPERTIES)) {
                new PropertiesText(session, file, dataset, page).print();
            }
            if (session.wants(DumpOptions.Part.DATA)) {
                data(file, dataset, subset, page);
            }
        } catch (H5Exception e) {
            session.report().error("unable to dump dataset \"" + name + "\"", e);
        }
        if (session.binary().isEmpty()) {
            attributes.all(file, dataset, at.columns() + Spot.INDENT);
        }
        page.backTo(at.columns());
        page.begunLine("}");
    }

    private void data(OpenedFile file, Dataset dataset, @Nullable SubsetSpec subset, Page page) {
        List<PackedBits> packed = session.options().wanted().packedBits();
        if (packed.isEmpty()) {
            values(file, dataset, subset, page);
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
            page.begunLine("PACKED_BITS OFFSET=" + bits.offset() + " LENGTH=" + bits.length());
            session.packed(bits);
            try {
                values(file, dataset, subset, page);
            } finally {
                session.packed(null);
            }
        }
    }

    private void values(OpenedFile file, Dataset dataset, @Nullable SubsetSpec subset, Page page) {
        if (dataset.type() instanceof TimeType) {
            page.deeper();
            // The words of h5dump for H5T_TIME, which a dump is compared with; the API reads the integers.
            page.begunLine("DATA{ not yet implemented.}");
            page.back();
        } else {
            session.dataDump().dataset(file, dataset, page, subset);
        }
    }
}
