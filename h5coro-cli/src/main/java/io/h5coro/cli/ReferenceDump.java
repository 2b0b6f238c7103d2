// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import java.util.Optional;

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
            if (reference.failure() == null && !reference.isNil()) {
                target(reference, i);
            }
            flow.element++;
        }
    }

    private void put(String text, long index, long inRow) {
        flow.put(session.ddl(), style, new ByteText().add(session.ddl().oneLine(text)), index, inRow);
    }

    private void target(Reference reference, int i) {
        Optional<FoundObject> target = file.names().target(reference);
        if (reference.attribute() != null) {
            attribute(target, reference.attribute());
        } else if (target.isPresent() && target.get().object() instanceof Dataset dataset) {
            OpenedFile there = target.get().file();
            if (reference.region() != null) {
                new RegionDump(session, there, flow, style).print(dataset, reference.region(), i);
            } else {
                flow.indent++;
                session.dataDump().dataset(there, dataset, flow, null);
                flow.indent--;
            }
        }
    }

    private void attribute(Optional<FoundObject> target, String name) {
        put(" {", 0, 0);
        flow.indent++;
        Optional<Attribute> attribute = target.flatMap(found -> found.object().attribute(name));
        if (attribute.isEmpty()) {
            flow.line(session.ddl(), style, "NULL");
        } else {
            OpenedFile there = target.get().file();
            Attribute found = attribute.get();
            session.datatype(there, flow, found.type(), found.committedType());
            flow.line(session.ddl(), style, TypeText.dataspace(found.dataspace()));
            if (session.options().regions()) {
                session.dataDump().attribute(there, found, flow);
            }
        }
        flow.indent--;
        flow.line(session.ddl(), style, "}");
    }
}
