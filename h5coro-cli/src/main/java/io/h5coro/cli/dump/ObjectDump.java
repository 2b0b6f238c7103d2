// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.report.Suggestion;
import io.h5coro.cli.text.Sink;
import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.model.Link;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** FileObjects that were asked for by their paths. */
final class ObjectDump {
    private static final int COLUMNS = Spot.INDENT;

    private final Session session;
    private final OpenedFile file;
    private final GroupDump groups;
    private final boolean external;

    ObjectDump(Session session, OpenedFile file, GroupDump groups, boolean external) {
        this.session = session;
        this.file = file;
        this.groups = groups;
        this.external = external;
    }

    /** Writes what one option of the command line asks for. */
    void print(DumpOptions.Item item) {
        switch (item.kind()) {
            case ATTRIBUTE -> new AttributeDump(session).named(file, item.path(), COLUMNS);
            case DATASET -> namedDataset(item.path(), item.subset());
            case GROUP -> namedGroup(item.path());
            case LINK -> link(item.path());
            case DATATYPE -> namedType(item.path());
            case ANY -> any(item.path());
            case OBJECT -> object(item.path());
        }
    }

    private Optional<FoundObject> find(String path) {
        try {
            return Optional.of(FoundObject.at(file, path));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private void object(String path) {
        H5Object found = find(path).map(FoundObject::object).orElse(null);
        if (found instanceof Group) {
            namedGroup(path);
        } else if (found instanceof CommittedType) {
            namedType(path);
        } else {
            namedDataset(path, null);
        }
    }

    /** The same for objects of the file that one was found in. */
    private ObjectDump in(FoundObject found) {
        return found.file() == file ? this : new ObjectDump(session, found.file(), groups, external);
    }

    private void namedDataset(String path, @Nullable SubsetSpec subset) {
        Optional<FoundObject> found = find(path);
        if (found.isPresent() && found.get().object() instanceof Dataset dataset) {
            in(found.get()).dataset(dataset, path, subset, 0);
        } else if (found.isPresent()) {
            session.report()
                    .error(ExitCode.NOT_FOUND, "unable to open dataset \"" + path + "\"" + otherKind(found.get()));
        } else {
            link(path);
        }
    }

    /**
     * Writes a dataset, or where it was written already.
     *
     * @param columns where its first line begins
     */
    void dataset(Dataset dataset, String name, @Nullable SubsetSpec subset, int columns) {
        if (subset != null) {
            subset.of(dataset.shape().dimensions());
        }
        FileObjects.Entry entry =
                external || dataset.info().referenceCount() > 1 ? file.objects().dataset(dataset.address()) : null;
        if (entry != null && entry.displayed) {
            String indent = " ".repeat(columns);
            session.ddl()
                    .write("\n" + indent + "DATASET \"" + session.ddl().oneLine(name) + "\" {\n" + indent
                            + "   HARDLINK \"" + session.ddl().oneLine(entry.path) + "\"\n" + indent + "}");
            return;
        }
        if (entry != null) {
            entry.displayed = true;
        }
        new DatasetDump(session).print(at(name, columns + COLUMNS), dataset, subset);
    }

    private Spot at(String name, int columns) {
        return new Spot(file, name, columns, external);
    }

    private void namedGroup(String path) {
        Optional<FoundObject> found = find(path);
        if (found.isPresent() && found.get().object() instanceof Group group) {
            in(found.get()).group(group, path, 0);
        } else {
            missing("GROUP", "group", path, found);
        }
    }

    /** Writes a group, or where it was written already. */
    void group(Group group, String name, int columns) {
        groups.print(at(name, columns + COLUMNS), group);
    }

    /** Writes a committed datatype, or where it was written already. */
    void type(CommittedType type, String name, int columns) {
        new TypeDump(session).print(at(name, columns), type);
    }

    private void namedType(String path) {
        Optional<FoundObject> found = find(path);
        if (found.isPresent() && found.get().object() instanceof CommittedType type) {
            in(found.get()).type(type, path, COLUMNS);
            return;
        }
        for (FileObjects.Entry entry : file.objects().unnamedTypes()) {
            if (path.equals("/#" + entry.address)) {
                new TypeDump(session).unnamed(file, entry, path, COLUMNS);
                return;
            }
        }
        missing("DATATYPE", "datatype", path, found);
    }

    /** What an object is that was asked for as something else. */
    private static String otherKind(FoundObject found) {
        H5Object object = found.object();
        return ": it is a " + (object instanceof Group ? "group" : object instanceof Dataset ? "dataset" : "datatype");
    }

    private void missing(String word, String kind, String path, Optional<FoundObject> found) {
        session.ddl()
                .write("\n" + word + " \"" + session.ddl().oneLine(path) + "\" " + (kind.equals("group") ? "{" : "")
                        + "\n   ");
        String why = found.map(ObjectDump::otherKind).orElseGet(() -> suggestion(path));
        session.report().error(ExitCode.NOT_FOUND, "unable to open " + kind + " \"" + path + "\"" + why);
        session.ddl().write(kind.equals("group") ? "}" : "");
    }

    private String suggestion(String path) {
        return Suggestion.ofPath(file.reader(), path);
    }

    private void link(String path) {
        Optional<Link> link;
        try {
            link = find(path, path.lastIndexOf('/'));
        } catch (H5Exception e) {
            session.report().error("unable to get link info from \"" + path + "\"", e, suggestion(path));
            return;
        }
        if (link.isEmpty()) {
            session.report()
                    .error(
                            ExitCode.NOT_FOUND,
                            "unable to get link info from \"" + path + "\": not found" + suggestion(path));
        } else if (link.get() instanceof Link.Hard) {
            session.report().error(ExitCode.USAGE, "\"" + path + "\" is a hard link");
        } else {
            session.ddl().write("\n" + text(session.ddl(), link.get(), path) + "}");
        }
    }

    private Optional<Link> find(String path, int slash) {
        String group = slash <= 0 ? "/" : path.substring(0, slash);
        return file.reader().object(group) instanceof Group found
                ? found.link(path.substring(slash + 1))
                : Optional.empty();
    }

    private static String text(Sink out, Link link, String given) {
        String path = out.oneLine(given);
        if (link instanceof Link.Soft soft) {
            return "SOFTLINK \"" + path + "\" {\n   LINKTARGET \"" + out.oneLine(soft.target()) + "\"\n";
        }
        if (link instanceof Link.External target) {
            return "EXTERNAL_LINK \"" + path + "\" {\n   TARGETFILE \"" + out.oneLine(target.file())
                    + "\"\n   TARGETPATH \"" + out.oneLine(target.target()) + "\"\n";
        }
        int number = link instanceof Link.UserDefined own ? own.linkType() : 0;
        return "USERDEFINED_LINK \"" + path + "\" {\n   LINKCLASS " + number + "\n";
    }

    /** Option -N: whatever has that path, and every attribute of that name. */
    private void any(String path) {
        String attribute = path.substring(AttributeDump.slash(path) + 1).replace("\\/", "/");
        Walk.visit(file.reader(), session.order(), new Walk.Visitor() {
            @Override
            public void object(String found, H5Object object, @Nullable String seen) {
                if (object.attribute(attribute).isPresent()) {
                    String full = path.startsWith("/") ? path : (found.equals("/") ? "" : found) + "/" + path;
                    new AttributeDump(session).named(file, full, COLUMNS);
                }
                if (found.equals(path)) {
                    if (object instanceof Group group) {
                        group(group, path, 0);
                    } else if (object instanceof Dataset dataset) {
                        dataset(dataset, path, null, 0);
                    } else if (object instanceof CommittedType type) {
                        type(type, path, COLUMNS);
                    }
                }
            }

            @Override
            public void link(String found, Link link) {
                if (found.equals(path.startsWith("/") ? path : "/" + path)) {
                    ObjectDump.this.link(path);
                }
            }

            @Override
            public void failed(String found, H5Exception problem) {
                session.report().error("unable to read object '" + found + "'", problem);
            }
        });
    }
}
