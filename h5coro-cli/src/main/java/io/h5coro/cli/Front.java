// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.cli.complete.PathCompletion;
import io.h5coro.cli.config.Key;
import io.h5coro.cli.config.Settings;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.terminal.Look;
import io.h5coro.cli.terminal.Messages;
import io.h5coro.cli.terminal.PagedOutput;
import io.h5coro.cli.terminal.Progress;
import io.h5coro.cli.terminal.Screen;
import io.h5coro.cli.terminal.StatusLine;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person has around a command: settings, aliases, colours, progress, a pager. Where neither stream is a
 * terminal, output and errors are the command's own, byte for byte.
 */
final class Front {
    /** What prints text and ends; what others print, such as a server, is not held back for a pager. */
    private static final Set<String> PAGED = Set.of(
            "ls", "tree", "info", "find", "attrs", "head", "cat", "stat", "diff", "plan", "doctor", "export", "dump",
            "help", "config");

    /** What is to work when the settings do not. */
    private static final Set<String> WITHOUT_SETTINGS = Set.of("help", "config");

    /** What the scripts of the shells call; no command for people. */
    private static final String COMPLETE = "__complete";

    private static final List<String> HELP = List.of("--help", "-h");

    private final TypedLine line;
    private final Settings settings;
    private final Map<String, String> environment;
    private final Terminals terminals;

    /**
     * Which streams are terminals, as the launcher found it. Without it the command takes none for one.
     *
     * @param out standard output
     * @param err the error stream
     * @param piped whether standard output is a pipe, whose reader may have the terminal
     * @param size rows and columns
     */
    record Terminals(boolean out, boolean err, boolean piped, String size) {
        static Terminals found() {
            return new Terminals(
                    Boolean.getBoolean("h5coro.stdout.tty"),
                    Boolean.getBoolean("h5coro.stderr.tty"),
                    Boolean.getBoolean("h5coro.stdout.pipe"),
                    System.getProperty("h5coro.terminal.size", ""));
        }
    }

    private Front(TypedLine line, Settings settings, Map<String, String> environment, Terminals terminals) {
        this.line = line;
        this.settings = settings;
        this.environment = environment;
        this.terminals = terminals;
    }

    /**
     * The streams of a process.
     *
     * @param out standard output
     * @param err the error stream
     */
    record Streams(OutputStream out, OutputStream err) {
        PrintStream messages() {
            return new PrintStream(err, true, StandardCharsets.UTF_8);
        }
    }

    /** Runs a command line and gives its exit status. */
    static int run(String[] args, Map<String, String> environment, Terminals terminals, Streams streams) {
        Front front;
        try {
            TypedLine line = TypedLine.of(args);
            front = new Front(line, settings(line, environment), environment, terminals);
        } catch (UsageException e) {
            Report report = Report.ofLine(streams.messages(), args);
            report.error(e);
            return report.status();
        }
        return front.run(streams);
    }

    private static Settings settings(TypedLine line, Map<String, String> environment) {
        String command = line.words().isEmpty() ? "-" : line.words().get(0);
        return command.startsWith("-") || WITHOUT_SETTINGS.contains(command) ? Settings.NONE : Settings.of(environment);
    }

    private int run(Streams streams) {
        if (line.words().size() > 1 && line.words().get(0).equals(COMPLETE)) {
            return complete(streams);
        }
        String[] words = settings.applied(line.words()).toArray(String[]::new);
        boolean isSaid = !line.color().isEmpty() || Look.isSaid(environment);
        String asked = isSaid ? line.color() : settings.value(Key.COLOR).orElse("");
        boolean colours = Look.colours(asked, terminals.out(), environment);
        Look look = Look.of(terminals.out(), colours, terminals.size(), environment);
        StatusLine status = isProgressShown() ? new StatusLine(streams.err(), terminals.out()) : null;
        PrintStream err =
                status == null ? streams.messages() : Messages.over(status, Progress.on(status, look.columns()));
        if (!terminals.out()) {
            OutputStream out = colours || status != null ? new Screen(streams.out(), look, status) : streams.out();
            return ended(status, Commands.run(words, out, err));
        }
        return onTerminal(new Streams(streams.out(), err), words, look, status);
    }

    private int onTerminal(Streams streams, String[] words, Look look, @Nullable StatusLine status) {
        PrintStream err = (PrintStream) streams.err();
        OutputStream screen = new Screen(streams.out(), look, status);
        if (!isPaged()) {
            return ended(status, Commands.run(words, screen, err));
        }
        PagedOutput paged = new PagedOutput(screen, look, pager(), () -> ended(status, 0));
        int result = Commands.run(words, new Screen(paged, look, null), err);
        boolean shown = paged.finish();
        // Who leaves a pager has seen enough.
        return ended(status, shown && result == ExitCode.CLOSED_PIPE ? ExitCode.OK : result);
    }

    /** Answers a shell's completion, with nothing but what a word may become. */
    private int complete(Streams streams) {
        PrintStream out = new PrintStream(streams.out(), false, StandardCharsets.UTF_8);
        List<String> words = line.words().subList(1, line.words().size());
        PathCompletion.of(settings, words).forEach(word -> out.print(word + "\n"));
        out.flush();
        return ExitCode.OK;
    }

    private static int ended(@Nullable StatusLine status, int result) {
        if (status != null) {
            status.end();
        }
        return result;
    }

    /** A pipe may lead to a pager, which has the terminal. */
    private boolean isProgressShown() {
        return terminals.err() && !terminals.piped() && !line.quiet() && !Look.isDumb(environment);
    }

    private boolean isPaged() {
        String pager = pager();
        return line.pager()
                && !Look.isDumb(environment)
                && !pager.isEmpty()
                && !pager.equals("cat")
                && !line.words().isEmpty()
                && (PAGED.contains(line.words().get(0)) || line.words().stream().anyMatch(HELP::contains));
    }

    private String pager() {
        return settings.value(Key.PAGER).orElseGet(() -> environment.getOrDefault("PAGER", "less -FRX"));
    }
}
