// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.cli.dump.DumpOptions;
import io.h5coro.cli.dump.FileDump;
import io.h5coro.cli.dump.Session;
import io.h5coro.cli.file.FilesAhead;
import io.h5coro.cli.file.FoundFiles;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.Missing;
import io.h5coro.cli.file.RequestLines;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.report.FileProblem;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.text.Sink;
import io.h5coro.error.H5Exception;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** {@code h5coro dump}: prints what h5dump prints. */
final class DumpCommand {
    /**
     * Stack of the dump. A group in a group takes some 3 kB of it once the JVM has compiled the way there, so that the
     * usual 1 MB ends at 350 of the 500 levels that are followed.
     */
    private static final long STACK_BYTES = 8L << 20;

    private final OutputStream out;
    private final PrintStream err;

    DumpCommand(OutputStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs it and gives the exit status. */
    int run(String[] args) {
        FutureTask<Integer> dump = new FutureTask<>(() -> runHere(args));
        Thread thread = new Thread(null, dump, "h5coro-dump", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return dump.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return ExitCode.OTHER;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private int runHere(String[] args) {
        Report report = Report.ofLine(err, args);
        try {
            DumpBuilder builder = DumpArguments.parse(args);
            if (builder.help || builder.version) {
                Sink sink = Sink.to(out);
                sink.write(builder.help ? DumpHelp.TEXT : Version.text() + "\n");
                sink.flush();
                return ExitCode.OK;
            }
            report = new Report(err, builder.debug);
            builder.listener = builder.verbose ? new RequestLines(report) : null;
            dump(builder.build(), report);
        } catch (Sink.Closed e) {
            return report.closed(e);
        } catch (RuntimeException | IOException | Error e) {
            report.error(e);
        }
        return report.status();
    }

    private void dump(DumpOptions options, Report report) throws IOException {
        Sink standard = Sink.standard(out);
        DumpOptions.Output output = options.look().output();
        try (OutputStream dataFile = file(output.data());
                OutputStream ddlFile = file(output.ddl())) {
            Sink data = sink(output.data(), dataFile, standard);
            Sink ddl = sink(output.ddl(), ddlFile, standard);
            Set<DumpOptions.Part> parts = options.wanted().parts();
            boolean onlyAttributes = parts.contains(DumpOptions.Part.ATTRIBUTE_DATA)
                    && !parts.contains(DumpOptions.Part.DATA)
                    && output.binary() == null;
            Session.Outputs outputs = onlyAttributes
                    ? new Session.Outputs(ddl, standard, data)
                    : new Session.Outputs(ddl, data, standard);
            List<Named> all = options.wanted().files().stream()
                    .map(name -> named(options, name))
                    .toList();
            List<Location> locations = all.stream()
                    .flatMap(one -> one.locations().stream().distinct())
                    .map(location -> new Location(location, "/"))
                    .distinct()
                    .toList();
            try (FilesAhead files = new FilesAhead(
                    options.opener()::openUntold, locations, (file, root) -> FileDump.ahead(options, file))) {
                Session session = new Session(options, outputs, report, files);
                Set<String> done = new HashSet<>();
                for (Named named : all) {
                    if (named.failure() != null) {
                        unable(session, named.name(), named.failure());
                    }
                    named.locations().stream().filter(done::add).forEach(location -> one(session, location));
                }
            } finally {
                outputs.flush();
                standard.flush();
            }
        }
    }

    /**
     * The files that a name means.
     *
     * @param locations none where there is a failure
     */
    private record Named(
            String name, List<String> locations, @Nullable H5Exception failure) {}

    private static Named named(DumpOptions options, String name) {
        try {
            return new Named(name, FoundFiles.of(name, options.opener().storage()), null);
        } catch (H5Exception e) {
            return new Named(name, List.of(), e);
        }
    }

    private static void one(Session session, String location) {
        try {
            new FileDump(session).print(location);
        } catch (RuntimeException | Error e) {
            unable(session, location, e);
        }
    }

    private static void unable(Session session, String location, Throwable e) {
        String hint = Missing.hint(
                new Location(location, "/"),
                location + path(session),
                session.options().opener().storage(),
                e);
        session.report().error("unable to dump \"" + Location.shown(location) + "\"", e, hint);
    }

    /** The path that was named with the file; empty for none. */
    private static String path(Session session) {
        return session.options().wanted().items().stream()
                .filter(item -> item.kind() == DumpOptions.Kind.OBJECT)
                .map(DumpOptions.Item::path)
                .findFirst()
                .orElse("");
    }

    private static @Nullable OutputStream file(DumpOptions.Target target) throws IOException {
        if (target.file() == null) {
            return null;
        }
        try {
            return java.nio.file.Files.newOutputStream(Path.of(target.file()));
        } catch (IOException | InvalidPathException e) {
            throw FileProblem.unwritten(target.file(), e);
        }
    }

    private static Sink sink(DumpOptions.Target target, @Nullable OutputStream file, Sink standard) {
        return file != null ? Sink.to(file) : target.suppressed() ? Sink.nowhere() : standard;
    }
}
