// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.H5Object;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of a dataset or attribute of references: what each refers to, on lines of its own. */
final class ReferenceDump {
    private final Session session;
    private final OpenedFile file;
    private final Flow flow;
    private final Style style;

    ReferenceDump(Session session, OpenedFile file, Flow flow) {
        this.session = session;
        this.file = file;
        this.flow = flow;
        this.style = session.style();
    }

    void print(ReferenceArray references) {
        for (int i = 0; i < references.length(); i++) {
            Reference reference = references.get(i);
            flow.startLine = true;
            put(file.names().ofItsOwn(reference), i, references.length());
            if (reference.failure() == null && !reference.isNil() && reference.file() == null) {
                target(reference, i);
            }
            flow.element++;
        }
    }

    private void put(String text, long index, long inRow) {
        flow.put(session.ddl(), style, new ByteText().add(text), index, inRow);
    }

    private void target(Reference reference, int i) {
        H5Object object = file.names().object(reference.address());
        if (reference.attribute() != null) {
            attribute(object, reference.attribute());
        } else if (reference.region() != null) {
            if (object instanceof Dataset dataset) {
                new RegionDump(session, file, flow, style).print(dataset, reference.region(), i);
            }
        } else if (object instanceof Dataset dataset) {
            flow.indent++;
            session.dataDump().dataset(file, dataset, flow, null);
            flow.indent--;
        }
    }

    private void attribute(@Nullable H5Object object, String name) {
        Optional<Attribute> attribute = object == null ? Optional.empty() : object.attribute(name);
        put(" {", 0, 0);
        flow.indent++;
        if (attribute.isEmpty()) {
            flow.line(session.ddl(), style, "NULL");
            flow.indent--;
        } else {
            Attribute found = attribute.get();
            session.datatype(file, flow, found.type(), found.committedType());
            flow.line(session.ddl(), style, TypeText.dataspace(found.dataspace()));
            if (session.options().regions()) {
                session.dataDump().attribute(file, found, flow);
            }
            flow.indent--;
        }
        flow.line(session.ddl(), style, "}");
    }
}
