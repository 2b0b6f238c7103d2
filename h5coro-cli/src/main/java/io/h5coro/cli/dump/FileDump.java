// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.report.Suggestion;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.terminal.Progress;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.model.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One file, from its first line to its last. */
public final class FileDump {
    private final Session session;

    public FileDump(Session session) {
        this.session = session;
    }

    @SuppressWarnings("try") // progress is watched while the files are open
    public void print(String location) {
        Sink out = session.ddl();
        try (DumpedFiles all =
                        DumpedFiles.open(session.options().opener(), location, session.order(), session.report());
                Progress.Watch unused =
                        session.report().progress().watch(all.main().reader()::statistics)) {
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
     * @return that there is no such object, which was reported
     */
    public Optional<Throwable> attributes(String location, String typed) {
        return find(location, typed, (file, found) -> {
            AttributeDump dump = new AttributeDump(session);
            for (Attribute attribute : found.object().attributes()) {
                dump.one(found.file(), attribute, VisibleText.of(attribute.name()), Spot.INDENT);
            }
            session.ddl().write("\n");
        });
    }

    /** Takes the attributes of an object. */
    public interface AttributesTaker {
        /**
         * Takes them.
         *
         * @param file reads their values
         * @param names what their references refer to
         */
        void take(H5Coro file, H5Object object, Function<Reference, String> names);
    }

    /** Hands over one object, as {@link #attributes(String, String)} finds it. */
    public Optional<Throwable> attributes(String location, String typed, AttributesTaker taker) {
        return find(
                location,
                typed,
                (file, found) -> taker.take(file, found.object(), found.file().names()::plain));
    }

    private Optional<Throwable> find(String location, String typed, BiConsumer<H5Coro, FoundObject> taker) {
        try (DumpedFiles all =
                DumpedFiles.open(session.options().opener(), location, session.order(), session.report())) {
            OpenedFile file = all.main();
            String path = EscapedPath.in(file.reader(), typed);
            try {
                FoundObject found = FoundObject.at(file, path);
                found.file().writes(found.object());
                taker.accept(file.reader(), found);
                return Optional.empty();
            } catch (NotFoundException e) {
                session.report().error("", e, Suggestion.ofPath(file.reader(), path));
                return Optional.of(e);
            }
        }
    }

    private void body(OpenedFile file, GroupDump groups) {
        if (session.wants(DumpOptions.Part.SUPERBLOCK)) {
            session.ddl().write(SuperblockText.of(file.reader().info()));
        }
        if (session.options().wanted().items().isEmpty()) {
            if (session.wants(DumpOptions.Part.DATA)) {
                file.readAhead()
                        .expect(file.objects().datasets().stream()
                                .map(ReadAhead.Part::whole)
                                .toList());
            }
            groups.print(new Spot(file, "/", Spot.INDENT, false), file.reader().root());
        } else {
            if (session.wants(DumpOptions.Part.DATA)) {
                file.readAhead().expect(parts(file));
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

    /** What the options ask for of datasets, whose objects are looked up together. */
    private List<ReadAhead.Part> parts(OpenedFile file) {
        List<DumpOptions.Item> items = session.options().wanted().items().stream()
                .filter(item -> item.kind() == DumpOptions.Kind.DATASET || item.kind() == DumpOptions.Kind.OBJECT)
                .toList();
        List<ReadAhead.Part> parts = new ArrayList<>();
        try {
            List<H5Object> unused = file.reader()
                    .objects(items.stream().map(DumpOptions.Item::path).toList());
        } catch (H5Exception e) {
            // Said when its turn comes; the others are looked up all the same.
        }
        for (DumpOptions.Item item : items) {
            try {
                FoundObject found = FoundObject.at(file, item.path());
                if (found.file() == file && found.object() instanceof Dataset dataset) {
                    part(dataset, item.subset()).ifPresent(parts::add);
                }
            } catch (H5Exception | UsageException e) {
                // Said when its turn comes.
            }
        }
        return parts;
    }

    private static Optional<ReadAhead.Part> part(Dataset dataset, @Nullable SubsetSpec subset) {
        return subset == null
                ? Optional.of(ReadAhead.Part.whole(dataset))
                : new SubsetRows(dataset, subset.of(dataset.shape().dimensions())).onlyRead(dataset);
    }
}
