// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.model.Link;
import java.util.Optional;

/** What links to other files lead to. Confined to one thread. */
final class ExternalLinks {
    /** Links from file to file that are followed for one; the next one is printed and not followed. */
    private static final int DEPTH = 16;

    private static final int COLUMNS = 3;

    private final Session session;
    private final DumpedFiles files;
    /** Links that are being followed. Invariant: from 0 to {@link #DEPTH}. */
    private int depth;

    ExternalLinks(Session session, DumpedFiles files) {
        this.session = session;
        this.files = files;
    }

    /** Writes what a link leads to; nothing when it leads nowhere, or back into the file that is dumped. */
    void follow(OpenedFile from, Link.External link, int columns, GroupDump groups) {
        if (depth >= DEPTH) {
            return;
        }
        depth++;
        try {
            from.linked(link.file())
                    .filter(file -> file != files.main())
                    .flatMap(file -> target(file, link))
                    .ifPresent(found -> object(found, link, columns, groups));
        } finally {
            depth--;
        }
    }

    /** Empty when the link leads nowhere, or too far: h5dump prints the link alone. */
    private static Optional<FoundObject> target(OpenedFile file, Link.External link) {
        try {
            return Optional.of(FoundObject.at(file, "/" + link.storedTarget().exact()));
        } catch (NotFoundException | MalformedFileException | LimitExceededException e) {
            return Optional.empty();
        }
    }

    private void object(FoundObject found, Link.External link, int columns, GroupDump groups) {
        H5Object object = found.object();
        ObjectDump dump = new ObjectDump(session, found.file(), groups, true);
        if (object instanceof Group group) {
            dump.group(group, link.storedTarget().exact(), columns);
        } else if (object instanceof Dataset dataset) {
            dump.dataset(dataset, link.storedTarget().exact(), null, columns);
        } else if (object instanceof CommittedType type) {
            dump.type(type, link.storedTarget().exact(), columns + COLUMNS);
        }
    }
}
