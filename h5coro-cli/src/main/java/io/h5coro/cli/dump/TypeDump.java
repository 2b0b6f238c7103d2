// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.H5Object;
import io.h5coro.cli.text.ByteText;
import io.h5coro.cli.text.Page;
import io.h5coro.cli.text.TypeText;
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
    void print(Spot at, CommittedType type) {
        Page page = begin(at.name(), at.columns());
        FileObjects.Entry entry = at.external() || type.info().referenceCount() > 1
                ? at.file().objects().type(type.address())
                : null;
        if (entry != null && entry.displayed) {
            page.put(new ByteText().add("HARDLINK \"" + entry.path + "\""));
        } else {
            if (entry != null) {
                entry.displayed = true;
            }
            body(page, type.type());
            attributes.all(at.file(), type, at.columns() + Spot.INDENT);
        }
    }

    /** Writes a datatype that only datasets lead to. */
    void unnamed(OpenedFile file, FileObjects.Entry entry, String name, int columns) {
        try {
            Page page = begin(name, columns);
            H5Object object = file.reader().objectAt(entry.address, entry.path);
            body(page, object instanceof CommittedType type ? type.type() : user(file, entry));
            attributes.all(file, object, columns + Spot.INDENT);
        } catch (H5Exception e) {
            session.report().error("unable to dump datatype \"" + name + "\"", e);
        }
    }

    private static ElementType user(OpenedFile file, FileObjects.Entry entry) {
        Dataset dataset = file.reader().dataset(entry.path);
        return dataset.type();
    }

    private Page begin(String name, int columns) {
        Page page = session.page(columns);
        page.line("DATATYPE \"" + name + "\" ");
        return page;
    }

    private void body(Page page, ElementType type) {
        ByteText text = new ByteText();
        TypeText.add(page, text, type);
        if (!(type instanceof CompoundType)) {
            text.add(';');
        }
        page.put(text);
    }
}
