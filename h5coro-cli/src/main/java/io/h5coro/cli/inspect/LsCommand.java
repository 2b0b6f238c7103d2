// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.CommittedType;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Object;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EachFile;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.FoundFiles;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.file.OnFile;
import io.h5coro.cli.file.OpenMixin;
import io.h5coro.cli.file.PlainLine;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.terminal.Colour;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Dataspace;
import io.h5coro.model.Link;
import io.h5coro.model.WalkOptions;
import io.h5coro.model.WalkOptions.Detail;
import io.h5coro.storage.StorageException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro ls}: one line for each member of a group, or for each file of a folder. */
@Command(
        name = "ls",
        description = {
            "Lists a group's members: kind, name, shape, type, chunks; or a folder's files: name, size, time.",
            "",
            EscapedPath.RULE
        },
        mixinStandardHelpOptions = true)
public final class LsCommand implements Callable<Integer> {
    /** The command's own options, none of which has a value. */
    public static final Set<String> FLAGS = Set.of("-r", "--recursive", "-l", "--long", "--json", "--debug");

    /** Levels of groups that are listed: the path of each member is written whole. */
    private static final int DEPTH = 500;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE[::PATH] [PATH]",
            description = Location.RULE_OF_MANY + " Any number of them.")
    private List<String> places = new ArrayList<>();

    @Mixin
    private OpenMixin open = new OpenMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Option(
            names = {"-r", "--recursive"},
            description = "Groups in groups too; files in all folders of a folder.")
    private boolean recursive;

    @Option(
            names = {"-l", "--long"},
            description = "Storage and filters too; of files exact sizes, and versions of remote ones.")
    private boolean details;

    @Option(names = "--json", description = "As one JSON document.")
    private boolean json;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final Sink out;
    private final PrintStream err;

    public LsCommand(OutputStream out, PrintStream err) {
        this.out = Sink.to(out);
        this.err = err;
    }

    /** Takes a line that was parsed without picocli. */
    public LsCommand with(PlainLine line) {
        places = line.places();
        recursive = line.has("-r") || line.has("--recursive");
        details = line.has("-l") || line.has("--long");
        json = line.has("--json");
        debug = line.has("--debug");
        open.take(line);
        cache.take(line);
        return this;
    }

    @Override
    public Integer call() {
        Report report = open.report(err, debug);
        EachFile each = new EachFile(out, report, open, places);
        List<Location> all = each.found(Location.all(places));
        List<Location> files =
                all.stream().filter(location -> folder(location).isEmpty()).toList();
        try (OnFile onFile = new OnFile(open, cache, places, report)
                .expecting(files, (file, path) -> new LookAhead(file).walk(path, walk()))) {
            if (json) {
                new LsJson(open, onFile, walk()).write(out, all);
            } else {
                each.withHeadings(all, location -> one(location, onFile));
            }
        }
        out.flush();
        return report.status();
    }

    private Optional<String> folder(Location location) {
        return location.path().equals("/") ? FoundFiles.listable(location.file(), open.storage()) : Optional.empty();
    }

    private void one(Location location, OnFile onFile) {
        Optional<String> folder = folder(location);
        if (folder.isPresent()) {
            folder(folder.get(), onFile.report());
        } else {
            try {
                onFile.at(location, (file, path) -> list(file.object(path), path, onFile.report()));
            } finally {
                out.flush();
            }
        }
    }

    private void folder(String folder, Report report) {
        try {
            new FolderText(out, recursive, details).list(folder, open.storage());
        } catch (StorageException | UsageException e) {
            report.error("", e);
        } finally {
            out.flush();
        }
    }

    /** Lists an object, or the members of a group. A group that was listed already is named, not listed again. */
    private void list(H5Object object, String path, Report report) {
        if (object instanceof Group group) {
            Listed listed = new Listed(report);
            group.walk(walk()).forEach(listed::member);
        } else {
            line(object, path);
        }
    }

    private WalkOptions walk() {
        WalkOptions options = WalkOptions.all().depth(recursive ? DEPTH + 1 : 1);
        return options.with(details ? Detail.STORED_BYTES : Detail.DESCRIPTORS);
    }

    /** One listing. */
    private final class Listed {
        private final Report report;

        /** The path of the group that was asked for, with a slash behind it. */
        private String start = "";

        /** Addresses of groups that were listed. */
        private final Set<Long> seen = new HashSet<>();

        Listed(Report report) {
            this.report = report;
        }

        void member(Group.Member member) {
            Link link = member.link().orElse(null);
            if (link == null) {
                start = member.path().equals("/") ? "/" : member.path() + "/";
                member.object().ifPresent(group -> seen.add(group.address()));
                raise(member);
                return;
            }
            String name = member.path().substring(start.length());
            if (!(link instanceof Link.Hard)) {
                print(kind(link), name, target(link));
                return;
            }
            try {
                line(object(member), name);
                raise(member);
            } catch (H5Exception e) {
                print("?", name, "");
                report.error(name, e);
                return;
            }
            boolean first = seen.add(member.object().orElseThrow().address());
            if (first && recursive && member.depth() > DEPTH && member.object().orElseThrow() instanceof Group) {
                report.limit(name, "groups in more than " + DEPTH + " levels are not listed");
            }
        }

        /** Says what the walk could not read, which for a group are its links. */
        private void raise(Group.Member member) {
            member.failure().ifPresent(failure -> {
                throw failure;
            });
        }

        private H5Object object(Group.Member member) {
            return member.object().orElseThrow(() -> member.failure().orElseThrow());
        }
    }

    private static String kind(Link link) {
        return link instanceof Link.UserDefined ? "userlink" : "link";
    }

    private static String target(Link link) {
        if (link instanceof Link.Soft soft) {
            return "-> " + soft.target();
        }
        if (link instanceof Link.External external) {
            return "-> " + external.file() + " " + external.target();
        }
        return "";
    }

    private void line(H5Object object, String name) {
        if (object instanceof Dataset dataset) {
            print("dataset", name, describe(dataset));
        } else if (object instanceof CommittedType type) {
            print("datatype", name, type.type().shortName());
        } else {
            print("group", name, "");
        }
    }

    private String describe(Dataset dataset) {
        String shape = dataset.dataspace().kind() == Dataspace.Kind.NULL
                ? "null"
                : dataset.shape().toString();
        StringBuilder text =
                new StringBuilder(shape).append(' ').append(dataset.type().shortName());
        dataset.chunks().ifPresent(chunks -> text.append(" chunks ").append(chunks));
        if (details) {
            text.append(' ').append(dataset.storage().getClass().getSimpleName().toLowerCase(Locale.ROOT));
            text.append(' ').append(PlanText.exact(dataset.storedBytes()));
            dataset.filters().forEach(filter -> text.append(' ').append(FilterText.of(filter)));
        }
        return text.toString();
    }

    private void print(String kind, String name, String rest) {
        String shown = VisibleText.of(name);
        String coloured = switch (kind) {
            case "group" -> Colour.GROUP.of(shown, out.look());
            case "link", "userlink" -> Colour.LINK.of(shown, out.look());
            case "?" -> Colour.WRONG.of(shown, out.look());
            default -> shown;
        };
        String blanks = " ".repeat(Math.max(0, 8 - kind.length()) + 1);
        out.write(kind + blanks + coloured + VisibleText.of(rest.isEmpty() ? "" : "  " + rest) + "\n");
    }
}
