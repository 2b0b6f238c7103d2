// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.cli.dump.DumpOptions;
import io.h5coro.cli.dump.FileDump;
import io.h5coro.cli.dump.Session;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EachFile;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.FilesAhead;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.file.PlaceMixin;
import io.h5coro.cli.file.PlainLine;
import io.h5coro.cli.json.JsonFiles;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.error.H5Exception;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro attrs}: the attributes of an object. */
@Command(
        name = "attrs",
        description = "Prints an object's attributes, as in tas:units = \"K\", of each file where there are several.",
        mixinStandardHelpOptions = true)
public final class AttrsCommand implements Callable<Integer> {
    /** The command's own options, none of which has a value. */
    public static final Set<String> FLAGS = Set.of("--ddl", "--json", "--debug");

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

    @Option(names = "--ddl", description = "As dump prints them, with their types.")
    private boolean ddl;

    @Option(names = "--json", description = "As one JSON document.")
    private boolean json;

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
        ddl = line.has("--ddl");
        json = line.has("--json");
        debug = line.has("--debug");
        place.take(line);
        cache.take(line);
        return this;
    }

    @Override
    public Integer call() {
        Report report = place.open().report(err, debug);
        // DDL may have bytes of values that are no text.
        Sink sink = ddl ? Sink.visible(out) : Sink.to(out);
        EachFile each = new EachFile(sink, report, place.open(), List.of(place.location()));
        List<Location> all = each.found(List.of(Location.of(place.location(), path)));
        try (FilesAhead files = new FilesAhead(
                location -> place.open().opener(cache).openUntold(location),
                all,
                (file, at) -> new LookAhead(file).attributes(List.of(file.object(at))))) {
            AllFiles to = new AllFiles(files, sink, report);
            if (json) {
                JsonFiles.write(
                        sink,
                        all,
                        location -> new JsonFiles.Place(Location.shown(location.file()), location.path()),
                        (location, document) -> one(location, to, (file, object, names) -> {
                            document.array("attributes");
                            values(file, object, report)
                                    .forEach(attribute -> ObjectJson.attribute(document, attribute, names));
                            document.end();
                        }));
            } else {
                each.withHeadings(
                        all,
                        location -> one(location, to, (file, object, names) -> {
                            // Behind a link the object's own name may be another than the one that was asked for.
                            String asked = EscapedPath.in(file, location.path()).replaceAll("/+$", "");
                            String name = ScaleDimensions.lastName(asked);
                            for (AttributeValues attribute : values(file, object, report)) {
                                sink.write(attribute.line(name, names, Integer.MAX_VALUE) + "\n");
                            }
                        }));
            }
        }
        sink.flush();
        return report.status();
    }

    /** What is the same for all files. */
    private record AllFiles(FilesAhead files, Sink sink, Report report) {}

    private static List<AttributeValues> values(H5Coro file, H5Object object, Report report) {
        return AttributeValues.read(file, AttributeValues.of(object, object.attributes()), Long.MAX_VALUE, report)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Writes the attributes of one file; gives what kept it from doing so. */
    private Optional<Throwable> one(Location location, AllFiles all, FileDump.AttributesTaker taker) {
        Sink sink = all.sink();
        try {
            Session.Outputs outputs = new Session.Outputs(sink, sink, sink);
            DumpOptions options = DumpOptions.forPeople(place.open().opener(cache));
            FileDump dump = new FileDump(new Session(options, outputs, all.report(), all.files()));
            return ddl && !json
                    ? dump.attributes(location.file(), location.path())
                    : dump.attributes(location.file(), location.path(), taker);
        } catch (H5Exception | UsageException e) {
            all.report().error("", e, place.open().hint(location, List.of(place.location()), e));
            return Optional.of(e);
        } finally {
            sink.flush();
        }
    }
}
