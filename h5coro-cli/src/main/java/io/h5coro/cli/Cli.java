// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All of the command but the dump, which is started often and parses for itself. */
@Command(
        name = "h5coro",
        description = "Reads HDF5 files where they are: on disk, over HTTP, in S3.",
        subcommands = {LsCommand.class, AttrsCommand.class, PlanCommand.class, DoctorCommand.class, Cli.Dump.class},
        mixinStandardHelpOptions = true,
        versionProvider = Cli.VersionText.class,
        footer = {"", Cli.ESCAPES, "", ExitCode.RULE})
final class Cli implements Runnable {
    static final String ESCAPES =
            "Names are printed with their letters, and with control characters as \\n, \\x1b or \\u202e; such a"
                    + " name can be typed as it is printed.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs a command line and gives its exit status. */
    static int run(String[] args, OutputStream out, PrintStream err) {
        Report report = new Report(err, false);
        StringWriter text = new StringWriter();
        CommandLine line = new CommandLine(new Cli(), new Factory(out, err));
        line.setOut(new PrintWriter(text, true));
        line.setParameterExceptionHandler((problem, arguments) -> {
            report.error(ExitCode.USAGE, ArgumentText.hidden(usage(problem), arguments));
            return report.status();
        });
        line.setExecutionExceptionHandler((problem, failed, parsed) -> failure(problem, report));
        try {
            int status = line.execute(args);
            Sink standard = Sink.to(out);
            standard.write(text.toString());
            standard.flush();
            return status;
        } catch (RuntimeException | Error e) {
            return failure(e, report);
        }
    }

    private static int failure(Throwable problem, Report report) {
        if (problem instanceof Sink.Closed closed) {
            return closed.report(report);
        }
        report.error(problem);
        return report.status();
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
                : "one argument too many: '" + Files.shown(word) + "'";
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "which command: dump, ls, attrs, plan or doctor? See h5coro --help");
    }

    /** Gives the commands their streams. */
    private record Factory(OutputStream out, PrintStream err) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == LsCommand.class) {
                return type.cast(new LsCommand(out, err));
            }
            if (type == AttrsCommand.class) {
                return type.cast(new AttrsCommand(out, err));
            }
            if (type == PlanCommand.class) {
                return type.cast(new PlanCommand(out, err));
            }
            if (type == DoctorCommand.class) {
                return type.cast(new DoctorCommand(out, err));
            }
            return CommandLine.defaultFactory().create(type);
        }
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

    /** Options that say how the storage is reached. */
    static final class StorageMixin {
        @Option(names = "--endpoint", paramLabel = "URL", description = "S3: another server than Amazon's.")
        private @org.jspecify.annotations.Nullable String endpoint;

        @Option(names = "--region", paramLabel = "R", description = "S3: the region.")
        private @org.jspecify.annotations.Nullable String region;

        @Option(names = "--profile", paramLabel = "P", description = "S3: the profile with credentials.")
        private @org.jspecify.annotations.Nullable String profile;

        @Option(names = "--anonymous", description = "S3: without credentials.")
        private boolean anonymous;

        @Option(names = "--path-style", description = "S3: the bucket is part of the path.")
        private boolean pathStyle;

        @Option(names = "--requester-pays", description = "S3: the caller pays.")
        private boolean requesterPays;

        @Option(
                names = "--bearer-token-env",
                paramLabel = "NAME",
                description = "HTTP: environment variable with a token.")
        private @org.jspecify.annotations.Nullable String tokenVariable;

        @Option(
                names = "--timeout",
                paramLabel = "TIME",
                description =
                        "HTTP, S3: how long one range may take with all its repeats, 300 s unless set. A server that"
                                + " never answers is given up after 90 s at most.")
        private @org.jspecify.annotations.Nullable String timeout;

        @Option(
                names = "--retries",
                paramLabel = "N",
                description = "HTTP, S3: how often a request is sent again, 7 unless set.")
        private @org.jspecify.annotations.Nullable String retries;

        @Option(
                names = "--header",
                paramLabel = "NAME=VALUE",
                description = "HTTP, S3: a header of each request; may be repeated.")
        private java.util.List<String> headers = new java.util.ArrayList<>();

        @Option(
                names = "--user-agent",
                paramLabel = "TEXT",
                description = "HTTP, S3: how the command names itself to servers.")
        private @org.jspecify.annotations.Nullable String userAgent;

        @Option(names = "--storage", paramLabel = "KEY=VALUE", description = "Any other option of the storage.")
        private java.util.List<String> properties = new java.util.ArrayList<>();

        StorageArguments arguments() {
            StorageArguments all = new StorageArguments();
            text(all, "endpoint", endpoint);
            text(all, "region", region);
            text(all, "profile", profile);
            text(all, "bearer-token-env", tokenVariable);
            text(all, "timeout", timeout);
            text(all, "retries", retries);
            text(all, "user-agent", userAgent);
            headers.forEach(header -> all.take("header", header));
            flag(all, "anonymous", anonymous);
            flag(all, "path-style", pathStyle);
            flag(all, "requester-pays", requesterPays);
            properties.forEach(property -> all.take("storage", property));
            return all;
        }

        private static void text(StorageArguments all, String name, @org.jspecify.annotations.Nullable String value) {
            if (value != null) {
                all.take(name, value);
            }
        }

        private static void flag(StorageArguments all, String name, boolean set) {
            if (set) {
                all.take(name, null);
            }
        }
    }

    /** Where the index cache is. */
    static final class CacheMixin {
        @Option(
                names = "--" + DumpBuilder.INDEX_CACHE,
                paramLabel = "DIR",
                description = "What is learnt of files' metadata is kept in DIR, and not read again.")
        private @org.jspecify.annotations.Nullable String folder;

        io.h5coro.model.ReadOptions.Builder builder() {
            return Files.cached(folder);
        }
    }

    /** Options and place that all commands about one object have. */
    static final class Place {
        @Parameters(index = "0", paramLabel = "FILE[::PATH]", description = Location.RULE)
        String location = "";

        @CommandLine.Mixin
        OpenMixin open = new OpenMixin();
    }
}
