// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.Attribute;
import io.h5coro.error.H5Exception;
import java.io.OutputStream;
import java.io.PrintStream;
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

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "The object, if not named before.")
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
        Sink sink = Sink.to(out);
        try {
            Location location = path == null ? Location.parse(place.location) : new Location(place.location, path);
            DumpBuilder builder = new DumpBuilder();
            builder.files.add(location.file());
            Session session = new Session(builder.build(), new Outputs(sink, sink, sink), report);
            try (OpenedFile file = new OpenedFile(
                    location.file(),
                    new Files(place.storage.options(), cache.options()).open(location.file()),
                    session.options().order(),
                    report)) {
                AttributeDump dump = new AttributeDump(session);
                for (Attribute attribute : file.reader().object(location.path()).attributes()) {
                    dump.one(file, attribute, attribute.name(), 3);
                }
                sink.write("\n");
            }
        } catch (H5Exception | UsageException e) {
            report.error(e);
        } finally {
            sink.flush();
        }
        return report.status();
    }
}
