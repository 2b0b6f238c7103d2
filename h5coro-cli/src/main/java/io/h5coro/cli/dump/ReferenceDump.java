// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.cli.text.ByteText;
import io.h5coro.cli.text.Page;
import io.h5coro.cli.text.TypeText;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import java.util.Optional;

/** The values of a dataset or attribute of references: what each refers to, on lines of its own. */
final class ReferenceDump {
    private final Session session;
    private final OpenedFile file;
    private final Page page;

    ReferenceDump(Session session, OpenedFile file, Page page) {
        this.session = session;
        this.file = file;
        this.page = page;
    }

    void print(ReferenceArray references) {
        for (int i = 0; i < references.length(); i++) {
            Reference reference = references.get(i);
            page.newLine();
            put(file.names().ofItsOwn(reference), i, references.length());
            if (reference.failure() == null && !reference.isNil()) {
                target(reference, i);
            }
            page.counted();
        }
    }

    private void put(String text, long index, long inRow) {
        page.put(new ByteText().add(session.ddl().oneLine(text)), index, inRow);
    }

    private void target(Reference reference, int i) {
        Optional<FoundObject> target = file.names().target(reference);
        if (reference.attribute() != null) {
            attribute(target, reference.attribute());
        } else if (target.isPresent() && target.get().object() instanceof Dataset dataset) {
            OpenedFile there = target.get().file();
            if (reference.region() != null) {
                new RegionDump(session, there, page).print(dataset, reference.region(), i);
            } else {
                page.deeper();
                session.dataDump().dataset(there, dataset, page, null);
                page.back();
            }
        }
    }

    private void attribute(Optional<FoundObject> target, String name) {
        put(" {", 0, 0);
        page.deeper();
        Optional<Attribute> attribute = target.flatMap(found -> found.object().attribute(name));
        if (attribute.isEmpty()) {
            page.line("NULL");
        } else {
            OpenedFile there = target.get().file();
            Attribute found = attribute.get();
            session.datatype(there, page, found.type(), found.committedType());
            page.line(TypeText.dataspace(found.dataspace()));
            if (session.wants(DumpOptions.Part.REGIONS)) {
                session.dataDump().attribute(there, found, page);
            }
        }
        page.back();
        page.line("}");
    }
}
