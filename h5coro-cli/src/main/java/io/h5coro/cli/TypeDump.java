// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.H5Object;
import io.h5coro.error.H5Exception;
import io.h5coro.model.CompoundType;
import io.h5coro.model.ElementType;

/** Datatypes that are objects of their own. */
final class TypeDump {
    private final Session session;
    private final AttributeDump attributes;

    TypeDump(Session session) {
        this.session = session;
        this.attributes = new AttributeDump(session);
    }

    /** Writes a committed datatype, or where it was written already. */
    void print(OpenedFile file, CommittedType type, String name, int columns, boolean external) {
        Flow flow = begin(name, columns);
        Objects.Entry entry =
                external || type.info().referenceCount() > 1 ? file.objects().type(type.address()) : null;
        if (entry != null && entry.displayed) {
            put(flow, new ByteText().add("HARDLINK \"" + entry.path + "\""));
        } else {
            if (entry != null) {
                entry.displayed = true;
            }
            body(flow, type.type());
            attributes.all(file, type, columns + 3);
        }
    }

    /** Writes a datatype that only datasets lead to. */
    void unnamed(OpenedFile file, Objects.Entry entry, String name, int columns) {
        try {
            Flow flow = begin(name, columns);
            H5Object object = file.reader().objectAt(entry.address, entry.path);
            body(flow, object instanceof CommittedType type ? type.type() : user(file, entry));
            attributes.all(file, object, columns + 3);
        } catch (H5Exception e) {
            session.report().error("unable to dump datatype \"" + name + "\"", e);
        }
    }

    private static ElementType user(OpenedFile file, Objects.Entry entry) {
        Dataset dataset = file.reader().dataset(entry.path);
        return dataset.type();
    }

    private Flow begin(String name, int columns) {
        Flow flow = new Flow(columns);
        flow.line(session.ddl(), session.style(), "DATATYPE \"" + name + "\" ");
        return flow;
    }

    private void body(Flow flow, ElementType type) {
        ByteText text = new ByteText();
        TypeText.add(session.ddl(), session.style(), flow, text, type);
        if (!(type instanceof CompoundType)) {
            text.add(';');
        }
        put(flow, text);
    }

    private void put(Flow flow, ByteText text) {
        flow.put(session.ddl(), session.style(), text, 0, 0);
    }
}
