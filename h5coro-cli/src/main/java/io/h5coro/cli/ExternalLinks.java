// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Link;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What links to other files lead to. Files stay open until the end. Confined to one thread. */
final class ExternalLinks implements AutoCloseable {
    /** Links from file to file that are followed for one. */
    private static final int DEPTH = 16;

    private static final int COLUMNS = 3;

    private final Session session;
    private final Files files;
    private final String mainFile;
    private final Map<String, Optional<OpenedFile>> opened = new HashMap<>();
    private int depth;

    ExternalLinks(Session session, Files files, String mainFile) {
        this.session = session;
        this.files = files;
        this.mainFile = files.identity(mainFile);
    }

    /** Writes what a link leads to; nothing when it leads nowhere, or back into the file that is dumped. */
    void follow(OpenedFile from, Link.External link, int columns, GroupDump groups) {
        if (depth >= DEPTH) {
            return;
        }
        depth++;
        try {
            OpenedFile file = open(from, link.file());
            if (file != null) {
                object(file, link, columns, groups);
            }
        } catch (H5Exception e) {
            // The link leads nowhere: h5dump prints the link alone.
        } finally {
            depth--;
        }
    }

    private void object(OpenedFile file, Link.External link, int columns, GroupDump groups) {
        H5Object object = file.reader().object(link.storedTarget().exact());
        ObjectDump dump = new ObjectDump(session, file, groups, true);
        if (object instanceof Group group) {
            dump.group(group, link.storedTarget().exact(), columns);
        } else if (object instanceof Dataset dataset) {
            dump.dataset(dataset, link.storedTarget().exact(), null, columns);
        } else if (object instanceof CommittedType type) {
            dump.type(type, link.storedTarget().exact(), columns + COLUMNS);
        }
    }

    private @org.jspecify.annotations.Nullable OpenedFile open(OpenedFile from, String name) {
        for (String location : files.candidates(from.name(), name)) {
            String identity = files.identity(location);
            if (identity.equals(mainFile)) {
                return null;
            }
            Optional<OpenedFile> known = opened.get(identity);
            if (known == null) {
                known = tryOpen(location);
                opened.put(identity, known);
            }
            if (known.isPresent()) {
                return known.get();
            }
        }
        return null;
    }

    private Optional<OpenedFile> tryOpen(String location) {
        try {
            return Optional.of(new OpenedFile(
                    location, files.open(location), session.options().order(), session.report()));
        } catch (H5Exception e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        opened.values().forEach(file -> file.ifPresent(OpenedFile::close));
    }
}
