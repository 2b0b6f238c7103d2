// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.Attribute;
import io.h5coro.H5Coro;
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
@Command(name = "attrs", description = "Prints an object's attributes.", mixinStandardHelpOptions = true)
final class AttrsCommand implements Callable<Integer> {
    @Mixin
    private Cli.Place place = new Cli.Place();

    @Mixin
    private Cli.CacheMixin cache = new Cli.CacheMixin();

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

    AttrsCommand(OutputStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        Report report = new Report(err, debug);
        Sink sink = Sink.visible(out);
        Location location = Location.of(place.location, path);
        try (H5Coro reader = place.open.file(location, cache)) {
            String object = EscapedPath.in(reader, location.path());
            try {
                print(reader, location.file(), object, new Outputs(sink, sink, sink), report);
            } catch (NotFoundException e) {
                report.error("", e, Suggestion.ofPath(reader, object));
            }
        } catch (H5Exception | UsageException e) {
            report.error("", e, place.open.hint(location, List.of(place.location), e));
        } finally {
            sink.flush();
        }
        return report.status();
    }

    private static void print(H5Coro reader, String name, String path, Outputs outputs, Report report) {
        DumpBuilder builder = new DumpBuilder();
        builder.files.add(name);
        builder.option('e', null);
        builder.own("utf8", null);
        Session session = new Session(builder.build(), outputs, report);
        List<Attribute> attributes = reader.object(path).attributes();
        OpenedFile file = new OpenedFile(name, reader, session.options().order(), report);
        AttributeDump dump = new AttributeDump(session);
        for (Attribute attribute : attributes) {
            dump.one(file, attribute, VisibleText.of(attribute.name()), 3);
        }
        outputs.ddl().write("\n");
    }
}
