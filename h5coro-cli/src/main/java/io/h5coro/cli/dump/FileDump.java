// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.report.Suggestion;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import java.util.ArrayList;
import java.util.List;

/** One file, from its first line to its last. */
public final class FileDump {
    private final Session session;

    public FileDump(Session session) {
        this.session = session;
    }

    public void print(String location) {
        Sink out = session.ddl();
        try (DumpedFiles all =
                DumpedFiles.open(session.options().opener(), location, session.order(), session.report())) {
            OpenedFile file = all.main();
            GroupDump groups = new GroupDump(session, new ExternalLinks(session, all));
            out.write("HDF5 \"" + out.oneLine(Location.shown(location)) + "\" {");
            if (session.wants(DumpOptions.Part.CONTENTS)) {
                out.write("\n");
                new ContentsList(session, file).print();
            } else {
                body(file, groups);
            }
            out.write("}\n");
            if (session.wants(DumpOptions.Part.STATISTICS)) {
                out.flush();
                session.report().line(file.reader().statistics().toString());
            }
        }
    }

    /**
     * Writes the attributes of one object with what would act on a terminal made visible. Where its path leads into
     * another file, types and references are meant there.
     *
     * @param typed its path, perhaps as the commands list it
     */
    public void attributes(String location, String typed) {
        try (DumpedFiles all =
                DumpedFiles.open(session.options().opener(), location, session.order(), session.report())) {
            OpenedFile file = all.main();
            String path = EscapedPath.in(file.reader(), typed);
            try {
                FoundObject found = FoundObject.at(file, path);
                AttributeDump dump = new AttributeDump(session);
                for (Attribute attribute : found.object().attributes()) {
                    dump.one(found.file(), attribute, VisibleText.of(attribute.name()), Spot.INDENT);
                }
                session.ddl().write("\n");
            } catch (NotFoundException e) {
                session.report().error("", e, Suggestion.ofPath(file.reader(), path));
            }
        }
    }

    private void body(OpenedFile file, GroupDump groups) {
        if (session.wants(DumpOptions.Part.SUPERBLOCK)) {
            session.ddl().write(SuperblockText.of(file.reader().info()));
        }
        if (session.options().wanted().items().isEmpty()) {
            if (session.wants(DumpOptions.Part.DATA)) {
                file.readAhead().expect(file.objects().datasets());
            }
            groups.print(new Spot(file, "/", Spot.INDENT, false), file.reader().root());
        } else {
            if (session.wants(DumpOptions.Part.DATA)) {
                file.readAhead().expect(wholeDatasets(file));
            }
            ObjectDump objects = new ObjectDump(session, file, groups, false);
            for (DumpOptions.Item item : session.options().wanted().items()) {
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
        for (DumpOptions.Item item : session.options().wanted().items()) {
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
