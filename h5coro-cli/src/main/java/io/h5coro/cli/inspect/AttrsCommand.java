// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.Attribute;
import io.h5coro.H5Coro;
import io.h5coro.cli.dump.AttributeDump;
import io.h5coro.cli.dump.DumpOptions;
import io.h5coro.cli.dump.OpenedFile;
import io.h5coro.cli.dump.Session;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.PlaceMixin;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.Suggestion;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
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

    @Override
    public Integer call() {
        Report report = new Report(err, debug);
        Sink sink = Sink.visible(out);
        Session session = new Session(DumpOptions.forPeople(), new Session.Outputs(sink, sink, sink), report);
        new EachFile(sink, report, place.open(), List.of(place.location()))
                .withHeadings(List.of(Location.of(place.location(), path)), location -> one(location, session));
        sink.flush();
        return report.status();
    }

    private void one(Location location, Session session) {
        try (H5Coro reader = place.open().file(location, cache)) {
            String object = EscapedPath.in(reader, location.path());
            try {
                print(reader, location.file(), object, session);
            } catch (NotFoundException e) {
                session.report().error("", e, Suggestion.ofPath(reader, object));
            }
        } catch (H5Exception | UsageException e) {
            session.report().error("", e, place.open().hint(location, List.of(place.location()), e));
        } finally {
            session.ddl().flush();
        }
    }

    private static void print(H5Coro reader, String name, String path, Session session) {
        List<Attribute> attributes = reader.object(path).attributes();
        OpenedFile file = new OpenedFile(Location.shown(name), reader, session.order(), session.report());
        AttributeDump dump = new AttributeDump(session);
        for (Attribute attribute : attributes) {
            dump.one(file, attribute, VisibleText.of(attribute.name()), 3);
        }
        session.ddl().write("\n");
    }
}
