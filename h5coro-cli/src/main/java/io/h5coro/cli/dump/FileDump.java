// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.file.RequestText;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.terminal.Progress;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Reference;
import io.h5coro.model.WalkOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** One file, from its first line to its last. */
public final class FileDump {
    private final Session session;

    public FileDump(Session session) {
        this.session = session;
    }

    @SuppressWarnings("try") // progress is watched while the files are open
    public void print(String location) {
        Sink out = session.ddl();
        try (DumpedFiles all = open(location);
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

    private DumpedFiles open(String location) {
        OpenedFile main =
                new OpenedFile(Location.shown(location), session.open(location), session.order(), session.report());
        return DumpedFiles.of(session.options().opener(), location, main, session.order());
    }

    private Optional<Throwable> find(String location, String typed, BiConsumer<H5Coro, FoundObject> taker) {
        try (DumpedFiles all = open(location)) {
            OpenedFile file = all.main();
            String path = EscapedPath.in(file.reader(), typed);
            try {
                FoundObject found = FoundObject.at(file, path);
                found.file().writes(found.object());
                taker.accept(file.reader(), found);
                return Optional.empty();
            } catch (NotFoundException e) {
                session.report().error("", e, RequestText.suggestion(file.reader(), path, false));
                return Optional.of(e);
            }
        }
    }

    /** Asks for the metadata of what a dump prints of a file; blocks. */
    public static void ahead(DumpOptions options, H5Coro file) {
        LookAhead ahead = new LookAhead(file);
        Set<DumpOptions.Part> parts = options.wanted().parts();
        boolean values = parts.contains(DumpOptions.Part.DATA);
        boolean attributes = parts.contains(DumpOptions.Part.ATTRIBUTES)
                && (values || parts.contains(DumpOptions.Part.ATTRIBUTE_DATA));
        List<DumpOptions.Item> items = known(options);
        if (options.wanted().items().isEmpty()) {
            WalkOptions walk = options.look().order().walk();
            ahead.walk("/", attributes ? walk.with(WalkOptions.Detail.ATTRIBUTES) : walk);
        } else if (!items.isEmpty()) {
            if (values) {
                ahead.chunks(starts(items));
            }
            List<H5Object> found =
                    file.objects(items.stream().map(FileDump::object).toList());
            if (attributes) {
                ahead.attributes(found);
            }
        }
    }

    /** The objects that are asked for by their paths. */
    private static List<DumpOptions.Item> known(DumpOptions options) {
        return options.wanted().items().stream()
                .filter(item -> item.kind() != DumpOptions.Kind.ANY)
                .toList();
    }

    private void body(OpenedFile file, GroupDump groups) {
        if (session.wants(DumpOptions.Part.SUPERBLOCK)) {
            session.ddl().write(SuperblockText.of(file.reader().info()));
        }
        if (session.options().wanted().items().isEmpty()) {
            ahead(session.options(), file.reader());
            if (session.wants(DumpOptions.Part.DATA)) {
                file.readAhead()
                        .expect(file.objects().datasets().stream()
                                .map(ReadAhead.Part::whole)
                                .toList());
            }
            groups.print(new Spot(file, "/", Spot.INDENT, false), file.reader().root());
        } else {
            together(file);
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

    /** Looks up the objects that the options ask for, all together, and asks for what is printed of them. */
    private void together(OpenedFile file) {
        List<DumpOptions.Item> items = known(session.options());
        boolean values = session.wants(DumpOptions.Part.DATA);
        LookAhead ahead = new LookAhead(file.reader());
        if (values) {
            ahead.chunks(starts(items));
        }
        try {
            List<H5Object> unused =
                    file.reader().objects(items.stream().map(FileDump::object).toList());
        } catch (H5Exception e) {
            // Said when its turn comes; the others are looked up all the same.
        }
        List<ReadAhead.Part> parts = new ArrayList<>();
        List<H5Object> objects = new ArrayList<>();
        for (DumpOptions.Item item : items) {
            try {
                FoundObject found = FoundObject.at(file, object(item));
                if (found.file() == file) {
                    objects.add(found.object());
                    part(found.object(), item).ifPresent(parts::add);
                }
            } catch (H5Exception | UsageException e) {
                // Said when its turn comes.
            }
        }
        if (values) {
            file.readAhead().expect(parts);
            file.readAhead().begin();
        }
        boolean attributes =
                session.wants(DumpOptions.Part.ATTRIBUTES) && session.binary().isEmpty();
        if (attributes && (values || session.wants(DumpOptions.Part.ATTRIBUTE_DATA))) {
            ahead.attributes(objects);
        }
    }

    /** The path of the object that an option is about. */
    private static String object(DumpOptions.Item item) {
        String path = item.path();
        return switch (item.kind()) {
            case ATTRIBUTE -> path.substring(0, Math.max(0, AttributeDump.slash(path))) + "/";
            case LINK -> path.substring(0, Math.max(0, path.lastIndexOf('/'))) + "/";
            default -> path;
        };
    }

    /** The first values that options ask for, by the paths of their datasets. */
    private static List<DatasetRequest> starts(List<DumpOptions.Item> items) {
        List<DatasetRequest> requests = new ArrayList<>();
        for (DumpOptions.Item item : items) {
            if (isOfDataset(item) && !item.path().isEmpty()) {
                SubsetSpec subset = item.subset() == null ? new SubsetSpec() : item.subset();
                requests.add(DatasetRequest.of(item.path(), subset.start()).named(Integer.toString(requests.size())));
            }
        }
        return requests;
    }

    private static boolean isOfDataset(DumpOptions.Item item) {
        return item.kind() == DumpOptions.Kind.DATASET || item.kind() == DumpOptions.Kind.OBJECT;
    }

    private static Optional<ReadAhead.Part> part(H5Object object, DumpOptions.Item item) {
        if (!(object instanceof Dataset dataset) || !isOfDataset(item)) {
            return Optional.empty();
        }
        SubsetSpec subset = item.subset();
        return subset == null
                ? Optional.of(ReadAhead.Part.whole(dataset))
                : new SubsetRows(dataset, subset.of(dataset.shape().dimensions())).onlyRead(dataset);
    }
}
