// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.cli.config.ConfigCommand;
import io.h5coro.cli.export.ExportCommand;
import io.h5coro.cli.export.RefsCommand;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.inspect.AttrsCommand;
import io.h5coro.cli.inspect.DoctorCommand;
import io.h5coro.cli.inspect.FindCommand;
import io.h5coro.cli.inspect.InfoCommand;
import io.h5coro.cli.inspect.LsCommand;
import io.h5coro.cli.inspect.PlanCommand;
import io.h5coro.cli.inspect.TreeCommand;
import io.h5coro.cli.plot.PlotCommand;
import io.h5coro.cli.report.ArgumentText;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.Suggestion;
import io.h5coro.cli.serve.ServeCommand;
import io.h5coro.cli.terminal.Look;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.values.CatCommand;
import io.h5coro.cli.values.DiffCommand;
import io.h5coro.cli.values.HeadCommand;
import io.h5coro.cli.values.StatCommand;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** All of the command but the dump, which is started often and parses for itself. */
@Command(
        name = "h5coro",
        description = "Reads HDF5 files where they are: on disk, over HTTP, in S3.",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.VersionText.class,
        footer = {"", EscapedPath.RULE, "", ExitCode.RULE})
final class Cli implements Runnable {
    /** Longer lines of running text are hard to read. */
    private static final int MOST_COLUMNS = 120;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs a command line and gives its exit status. */
    static int run(String[] args, OutputStream out, PrintStream err) {
        silence();
        Report report = Report.ofLine(err, args);
        StringWriter text = new StringWriter();
        CommandLine line = new CommandLine(new Cli());
        Map<String, Supplier<Object>> commands = commands(out, err);
        commands.forEach((name, command) -> {
            // A command line that names a command needs the model of no other one.
            if (args.length == 0 || !commands.containsKey(args[0]) || args[0].equals(name)) {
                line.addSubcommand(name, command.get());
            }
        });
        line.setOut(new PrintWriter(text, true));
        // A file may be called "@x.h5", and what an alias says a command line may say otherwise.
        line.setExpandAtFiles(false);
        line.setOverwrittenOptionsAllowed(true);
        line.setUsageHelpWidth(HelpLines.UNBROKEN);
        line.getSubcommands().values().forEach(command -> {
            command.getCommandSpec().versionProvider(new VersionText());
            forAll(command.getCommandSpec());
        });
        line.setParameterExceptionHandler((problem, arguments) -> {
            report.error(ExitCode.USAGE, ArgumentText.hidden(usage(problem), arguments));
            return report.status();
        });
        line.setExecutionExceptionHandler((problem, failed, parsed) -> report.failed(problem));
        try {
            int status = line.execute(args);
            Sink standard = Sink.to(out);
            int columns =
                    Math.max(Look.COLUMNS, Math.min(MOST_COLUMNS, Look.of(out).columns()));
            standard.write(HelpLines.broken(text.toString(), columns));
            standard.flush();
            return status;
        } catch (RuntimeException | Error e) {
            return report.failed(e);
        }
    }

    /** The names of all commands. */
    static Set<String> names() {
        return commands(OutputStream.nullOutputStream(), System.err).keySet();
    }

    /** Makes each command, by its name, in the order of the help. */
    private static Map<String, Supplier<Object>> commands(OutputStream out, PrintStream err) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("ls", () -> new LsCommand(out, err));
        commands.put("tree", () -> new TreeCommand(out, err));
        commands.put("info", () -> new InfoCommand(out, err));
        commands.put("find", () -> new FindCommand(out, err));
        commands.put("attrs", () -> new AttrsCommand(out, err));
        commands.put("head", () -> new HeadCommand(out, err));
        commands.put("cat", () -> new CatCommand(out, err));
        commands.put("stat", () -> new StatCommand(out, err));
        commands.put("diff", () -> new DiffCommand(out, err));
        commands.put("plan", () -> new PlanCommand(out, err));
        commands.put("doctor", () -> new DoctorCommand(out, err));
        commands.put("export", () -> new ExportCommand(out, err));
        commands.put("refs", () -> new RefsCommand(out, err));
        commands.put("plot", () -> new PlotCommand(out, err));
        commands.put("serve", () -> new ServeCommand(out, err));
        commands.put("dump", Dump::new);
        commands.put("config", () -> new ConfigCommand(out, err, System.getenv()));
        commands.put("help", () -> new HelpCommand(words -> help(words, out, err)));
        return commands;
    }

    /** Runs a line that asks for help. */
    private static int help(String[] words, OutputStream out, PrintStream err) {
        if (words.length > 1 && !names().contains(words[0])) {
            return run(new String[] {words[0]}, out, err);
        }
        return words[0].equals("dump") ? new DumpCommand(out, err).run(new String[] {words[1]}) : run(words, out, err);
    }

    /** Adds the options that {@link TypedLine} has taken, for the help. */
    private static void forAll(CommandSpec spec) {
        TypedLine.HELP.forEach((name, text) -> {
            if (!spec.optionsMap().containsKey(name)) {
                OptionSpec.Builder option = OptionSpec.builder(name).description(text);
                spec.addOption((name.equals(TypedLine.COLOR)
                                ? option.type(String.class).arity("1").paramLabel("WHEN")
                                : option.type(boolean.class))
                        .build());
            }
        });
    }

    /** Keeps picocli from saying on the error stream which values were given twice: they may be secret. */
    private static void silence() {
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
    }

    /** What is wrong with a command line; values of options, which may be secret, are not repeated. */
    private static String usage(CommandLine.ParameterException problem) {
        CommandLine line = problem.getCommandLine();
        if (!(problem instanceof CommandLine.UnmatchedArgumentException e)
                || e.getUnmatched().isEmpty()) {
            return String.valueOf(problem.getMessage());
        }
        String word = e.getUnmatched().get(0);
        if (word.startsWith("-")) {
            String name = word.split("=", 2)[0];
            return "unknown option " + name
                    + Suggestion.of(name, line.getCommandSpec().optionsMap().keySet());
        }
        return line.getParent() == null
                ? "unknown command '" + word + "'"
                        + Suggestion.of(word, line.getSubcommands().keySet())
                : "one argument too many: '" + Location.shown(word) + "'";
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "which command: " + String.join(", ", names()) + "? See h5coro --help");
    }

    /** For the list of commands; {@link Main} runs it without picocli. */
    @Command(name = "dump", description = "Prints files as h5dump does; see h5coro dump --help.")
    static final class Dump {}

    /** The version for picocli. */
    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.text()};
        }
    }
}
