// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** {@code h5coro dump}: prints what h5dump prints. */
final class DumpCommand {
    private final OutputStream out;
    private final PrintStream err;

    DumpCommand(OutputStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs it and gives the exit status. */
    int run(String[] args) {
        Report report = new Report(err, false);
        try {
            DumpBuilder builder = DumpArguments.parse(args);
            if (builder.help || builder.version) {
                Sink sink = Sink.to(out);
                sink.write(builder.help ? DumpHelp.TEXT : Version.text() + "\n");
                sink.flush();
                return ExitCode.OK;
            }
            DumpOptions options = builder.build();
            report = new Report(err, options.debug());
            dump(options, report);
        } catch (Sink.Closed e) {
            return e.report(report);
        } catch (RuntimeException | IOException | Error e) {
            report.error(e);
        }
        return report.status();
    }

    private void dump(DumpOptions options, Report report) throws IOException {
        Sink standard = Sink.standard(out);
        try (OutputStream data = file(options.dataFile());
                OutputStream ddl = file(options.ddlFile())) {
            Sink values = data != null ? Sink.to(data) : options.suppressData() ? Sink.nowhere() : standard;
            Sink text = ddl != null ? Sink.to(ddl) : options.suppressDdl() ? Sink.nowhere() : standard;
            boolean onlyAttributes = options.attributeData() && !options.data();
            Outputs outputs = new Outputs(
                    text,
                    onlyAttributes && options.binary() == null ? standard : values,
                    onlyAttributes && options.binary() == null ? values : text);
            Session session = new Session(options, outputs, report);
            try {
                for (String location : options.files()) {
                    one(session, location);
                }
            } finally {
                outputs.flush();
                standard.flush();
            }
        }
    }

    private static void one(Session session, String location) {
        try {
            new FileDump(session, session.options().openFiles()).print(location);
        } catch (RuntimeException | Error e) {
            String hint = Missing.hint(
                    new Location(location, "/"),
                    location + path(session),
                    session.options().storage(),
                    e);
            session.report().error("unable to dump \"" + Files.shown(location) + "\"", e, hint);
        }
    }

    /** The path that was named with the file; empty for none. */
    private static String path(Session session) {
        return session.options().items().stream()
                .filter(item -> item.kind() == DumpOptions.Kind.OBJECT)
                .map(DumpOptions.Item::path)
                .findFirst()
                .orElse("");
    }

    private static @Nullable OutputStream file(@Nullable String name) throws IOException {
        return name == null ? null : java.nio.file.Files.newOutputStream(Path.of(name));
    }
}
