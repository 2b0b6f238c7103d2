// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EachFile;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.file.OnFile;
import io.h5coro.cli.file.PlaceMixin;
import io.h5coro.cli.json.JsonFiles;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.text.Sink;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro info}: what a file is about, on one screen. */
@Command(
        name = "info",
        description = "Prints what is in a file or group as ncdump -h does: dimensions, variables, types, attributes."
                + " Long attributes are cut, in JSON those of more than 64 KiB left out.",
        mixinStandardHelpOptions = true)
public final class InfoCommand implements Callable<Integer> {
    /** Values of larger attributes are not read. */
    private static final long MOST_BYTES = 64 << 10;

    @Mixin
    private PlaceMixin place = new PlaceMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "The group.")
    private @Nullable String path;

    @Option(
            names = {"-a", "--all"},
            description = "Attributes by which dimensions are kept too (CLASS, DIMENSION_LIST and the like).")
    private boolean all;

    @Option(names = "--json", description = "As one JSON document.")
    private boolean json;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final Sink out;
    private final PrintStream err;

    public InfoCommand(OutputStream out, PrintStream err) {
        this.out = Sink.to(out);
        this.err = err;
    }

    @Override
    public Integer call() {
        Report report = place.open().report(err, debug);
        List<String> typed = List.of(place.location());
        EachFile each = new EachFile(out, report, place.open(), typed);
        List<Location> found = each.found(List.of(Location.of(place.location(), path)));
        try (OnFile onFile = new OnFile(place.open(), cache, typed, report)
                .expecting(found, (file, at) -> new LookAhead(file).walk(at, FileContents.WALK))) {
            if (json) {
                JsonFiles.write(
                        out,
                        found,
                        location -> new JsonFiles.Place(Location.shown(location.file()), location.path()),
                        (location, to) -> onFile.at(location, (file, at) -> {
                            FileContents contents = new FileContents(file, MOST_BYTES, report);
                            List<InfoGroup> groups = contents.read(group(file, at));
                            new InfoJson(to, contents::name, all).write(groups);
                        }));
            } else {
                each.withHeadings(found, location -> {
                    onFile.at(location, (file, at) -> print(location, file, at, report));
                    out.flush();
                });
            }
        }
        return report.status();
    }

    private static Group group(H5Coro file, String at) {
        if (file.object(at) instanceof Group group) {
            return group;
        }
        throw new NotFoundException(Where.object(file.info().source(), at), "is not a group; h5coro attrs prints it");
    }

    private void print(Location location, H5Coro file, String at, Report report) {
        FileContents contents = new FileContents(file, MOST_BYTES, report);
        InfoText text = new InfoText(out, contents::name, all);
        contents.read(group(file, at)).forEach(group -> {
            boolean root = group.path().equals("/");
            text.write(root ? "file " + Location.shown(location.file()) : "group " + group.path(), group);
        });
    }
}
