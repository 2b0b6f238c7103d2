// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.H5Coro;
import org.jspecify.annotations.Nullable;

/** A file that is being dumped, and what was learnt of it so far. Confined to one thread. */
final class OpenedFile implements AutoCloseable {
    private final String name;
    private final H5Coro reader;
    private final SortOrder order;
    private final Report report;
    private final ReferenceNames names = new ReferenceNames(this);
    private final ReadAhead readAhead;
    private @Nullable Objects objects;
    private @Nullable Objects byName;

    OpenedFile(String name, H5Coro reader, SortOrder order, Report report) {
        this.name = name;
        this.reader = reader;
        this.order = order;
        this.report = report;
        this.readAhead = new ReadAhead(reader);
    }

    /** Its name as it was asked for. */
    String name() {
        return name;
    }

    H5Coro reader() {
        return reader;
    }

    ReferenceNames names() {
        return names;
    }

    Report report() {
        return report;
    }

    ReadAhead readAhead() {
        return readAhead;
    }

    /** All its objects; found when first asked for, since that takes a walk through the file. */
    Objects objects() {
        Objects known = objects;
        if (known == null) {
            known = Objects.of(reader, order, report);
            objects = known;
        }
        return known;
    }

    /** All its objects under the names that references give them: the first in the order of names. */
    Objects objectsByName() {
        if (!order.byCreation() && !order.descending()) {
            return objects();
        }
        Objects known = byName;
        if (known == null) {
            known = Objects.of(reader, new SortOrder(false, false), report);
            byName = known;
        }
        return known;
    }

    @Override
    public void close() {
        reader.close();
    }
}
