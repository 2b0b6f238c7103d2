// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.cli.dump.DumpOptions;
import io.h5coro.cli.dump.FileDump;
import io.h5coro.cli.dump.Session;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EachFile;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.PlaceMixin;
import io.h5coro.cli.file.PlainLine;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.error.H5Exception;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro attrs}: the attributes of an object in DDL. */
@Command(
        name = "attrs",
        description = "Prints an object's attributes, of each file where there are several.",
        mixinStandardHelpOptions = true)
public final class AttrsCommand implements Callable<Integer> {
    /** The command's own options, none of which has a value. */
    public static final Set<String> FLAGS = Set.of("--debug");

    @Mixin
    private PlaceMixin place = new PlaceMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            description = "The object, in an argument of its own.")
    private @Nullable String path;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final OutputStream out;
    private final PrintStream err;

    public AttrsCommand(OutputStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Takes a line of one or two places that was parsed without picocli. */
    public AttrsCommand with(PlainLine line) {
        path = line.places().size() > 1 ? line.places().get(1) : null;
        debug = line.has("--debug");
        place.take(line);
        cache.take(line);
        return this;
    }

    @Override
    public Integer call() {
        Report report = new Report(err, debug);
        Sink sink = Sink.visible(out);
        List<Location> all = List.of(Location.of(place.location(), path));
        new EachFile(sink, report, place.open(), List.of(place.location()))
                .withHeadings(all, location -> one(location, sink, report));
        sink.flush();
        return report.status();
    }

    private void one(Location location, Sink sink, Report report) {
        try {
            Session.Outputs outputs = new Session.Outputs(sink, sink, sink);
            DumpOptions options = DumpOptions.forPeople(place.open().opener(cache));
            new FileDump(new Session(options, outputs, report)).attributes(location.file(), location.path());
        } catch (H5Exception | UsageException e) {
            report.error("", e, place.open().hint(location, List.of(place.location()), e));
        } finally {
            sink.flush();
        }
    }
}
