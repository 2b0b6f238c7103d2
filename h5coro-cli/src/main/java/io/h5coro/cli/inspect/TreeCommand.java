// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EachFile;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.file.OnFile;
import io.h5coro.cli.file.PlaceMixin;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.model.WalkOptions;
import io.h5coro.model.WalkOptions.Detail;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro tree}: groups and what is in them as a tree. */
@Command(
        name = "tree",
        description = "Prints a file or group as a tree: names, types, shapes, numbers of attributes, where links lead."
                + " In colours on a terminal, unless NO_COLOR is set.",
        mixinStandardHelpOptions = true)
public final class TreeCommand implements Callable<Integer> {
    /** Levels at most: each line begins with the lines of all levels above. */
    static final int DEPTH = 500;

    @Mixin
    private PlaceMixin place = new PlaceMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "The group.")
    private @Nullable String path;

    @Option(
            names = {"-L", "--depth"},
            paramLabel = "N",
            description = "Levels below it (all, at most ${DEFAULT-VALUE}).")
    private int depth = DEPTH;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final Sink out;
    private final PrintStream err;

    public TreeCommand(OutputStream out, PrintStream err) {
        this.out = Sink.to(out);
        this.err = err;
    }

    @Override
    public Integer call() {
        if (depth < 0 || depth > DEPTH) {
            throw new UsageException("--depth is a number from 0 to " + DEPTH);
        }
        Report report = place.open().report(err, debug);
        List<String> typed = List.of(place.location());
        EachFile each = new EachFile(out, report, place.open(), typed);
        List<Location> all = each.found(List.of(Location.of(place.location(), path)));
        try (OnFile onFile = new OnFile(place.open(), cache, typed, report)
                .expecting(all, (file, at) -> new LookAhead(file).walk(at, walk()))) {
            each.withHeadings(all, location -> {
                onFile.at(location, (file, at) -> print(location, file, at, report));
                out.flush();
            });
        }
        return report.status();
    }

    private WalkOptions walk() {
        return WalkOptions.all().depth(depth).with(Detail.DESCRIPTORS, Detail.ATTRIBUTES);
    }

    private void print(Location location, H5Coro file, String at, Report report) {
        TreeText tree = new TreeText(out, report, depth);
        H5Object object = file.object(at);
        String name = at.equals("/") ? Location.shown(location.file()) : at;
        if (object instanceof Group group) {
            try (Stream<Group.Member> members = group.walk(walk())) {
                members.forEach(member -> tree.member(member, name));
            }
        } else {
            tree.single(object, name);
        }
    }
}
