// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.cli.file.PlainLine;
import io.h5coro.cli.inspect.AttrsCommand;
import io.h5coro.cli.inspect.LsCommand;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.text.Sink;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;

/**
 * Runs the command lines that are typed most without picocli, whose start takes longer than the work: the version, and
 * plain lines of {@code ls} and {@code attrs}. What they do is what {@link Cli} would have done.
 */
final class PlainCommands {
    private static final List<String> VERSION = List.of("-V", "--version");

    private PlainCommands() {}

    /** Runs a command line and gives its exit status; empty, with nothing done, for a line that is left to picocli. */
    static OptionalInt run(String[] args, OutputStream out, PrintStream err) {
        Optional<IntSupplier> command = command(args, out, err);
        if (command.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(command.get().getAsInt());
        } catch (RuntimeException | Error e) {
            return OptionalInt.of(Report.ofLine(err, args).failed(e));
        }
    }

    private static Optional<IntSupplier> command(String[] args, OutputStream out, PrintStream err) {
        if (args.length == 0) {
            return Optional.empty();
        }
        if (args.length == 1 && VERSION.contains(args[0])) {
            return Optional.of(() -> version(out));
        }
        List<String> words = Arrays.asList(args).subList(1, args.length);
        return switch (args[0]) {
            case "ls" -> PlainLine.of(words, LsCommand.FLAGS).map(line -> new LsCommand(out, err).with(line)::call);
            case "attrs" ->
                PlainLine.of(words, AttrsCommand.FLAGS)
                        .filter(line -> line.places().size() <= 2)
                        .map(line -> new AttrsCommand(out, err).with(line)::call);
            default -> Optional.empty();
        };
    }

    private static int version(OutputStream out) {
        Sink standard = Sink.to(out);
        standard.write(Version.text() + System.lineSeparator());
        standard.flush();
        return 0;
    }
}
