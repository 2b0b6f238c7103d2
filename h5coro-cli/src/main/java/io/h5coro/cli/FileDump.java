// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.Dataset;
import io.h5coro.error.H5Exception;
import java.util.ArrayList;
import java.util.List;

/** One file, from its first line to its last. */
final class FileDump {
    private final Session session;
    private final Files files;

    FileDump(Session session, Files files) {
        this.session = session;
        this.files = files;
    }

    void print(String location) {
        DumpOptions options = session.options();
        Sink out = session.ddl();
        try (DumpedFiles all = DumpedFiles.open(session, files, location)) {
            OpenedFile file = all.main();
            GroupDump groups = new GroupDump(session, new ExternalLinks(session, all));
            out.write("HDF5 \"" + out.oneLine(Files.shown(location)) + "\" {");
            if (options.contents()) {
                out.write("\n");
                new ContentsList(session, file).print();
            } else {
                body(file, groups);
            }
            out.write("}\n");
            if (options.statistics()) {
                out.flush();
                session.report().line(file.reader().statistics().toString());
            }
        }
    }

    private void body(OpenedFile file, GroupDump groups) {
        DumpOptions options = session.options();
        if (options.superblock()) {
            session.ddl().write(SuperblockText.of(file.reader().info()));
        }
        if (options.items().isEmpty()) {
            if (options.data()) {
                file.readAhead().expect(file.objects().datasets());
            }
            groups.print(file, file.reader().root(), "/", 3, false);
        } else {
            if (options.data()) {
                file.readAhead().expect(wholeDatasets(file));
            }
            ObjectDump objects = new ObjectDump(session, file, groups, false);
            for (DumpOptions.Item item : options.items()) {
                try {
                    objects.print(item);
                } catch (H5Exception | UsageException e) {
                    session.report().error(e);
                }
            }
        }
        session.ddl().write("\n");
    }

    private List<Dataset> wholeDatasets(OpenedFile file) {
        List<Dataset> datasets = new ArrayList<>();
        for (DumpOptions.Item item : session.options().items()) {
            if (item.kind() == DumpOptions.Kind.DATASET && item.subset() == null) {
                try {
                    FoundObject found = FoundObject.at(file, item.path());
                    if (found.file() == file && found.object() instanceof Dataset dataset) {
                        datasets.add(dataset);
                    }
                } catch (H5Exception e) {
                    // Said when its turn comes.
                }
            }
        }
        return datasets;
    }
}
