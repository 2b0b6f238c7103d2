// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.OnFile;
import io.h5coro.cli.file.OpenMixin;
import io.h5coro.cli.json.Json;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro diff}: in what two files differ. */
@Command(
        name = "diff",
        description = {
            "Compares two files, or an object of each: members of groups, types, shapes, attributes and values. How"
                    + " values are stored does not count. NaN equals NaN.",
            "",
            "Exit status of diff: 0 they are equal, 1 they differ, 2 an error."
        },
        mixinStandardHelpOptions = true)
public final class DiffCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;
    private static final int FAILED = 2;

    @Parameters(index = "0", paramLabel = "A[::PATH]", description = Location.RULE_OF_ONE)
    private String first = "";

    @Parameters(index = "1", paramLabel = "B[::PATH]", description = "What to compare it with.")
    private String second = "";

    @Mixin
    private OpenMixin open = new OpenMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Option(
            names = {"-d", "--dataset"},
            paramLabel = "PATH",
            description = "This dataset of both only, from the objects compared on. Any number of them.")
    private List<String> datasets = new ArrayList<>();

    @Option(
            names = {"-g", "--group"},
            paramLabel = "PATH",
            description = "This group of both only, and all in it. Any number of them.")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--tolerance", paramLabel = "T", description = "Numbers are equal that differ by no more than T.")
    private double tolerance;

    @Option(
            names = "--relative",
            paramLabel = "R",
            description = "Numbers are equal that differ by no more than R times the larger of their magnitudes.")
    private double relative;

    @Option(names = "--no-values", description = "Values of datasets are not compared.")
    private boolean withoutValues;

    @Option(
            names = {"-q", "--quiet"},
            description = "The exit status alone.")
    private boolean quiet;

    @Option(names = "--json", description = "As one JSON document.")
    private boolean json;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final Sink out;
    private final PrintStream err;

    public DiffCommand(OutputStream out, PrintStream err) {
        this.out = Sink.to(out);
        this.err = err;
    }

    @Override
    public Integer call() {
        Report report = open.report(err, debug);
        try {
            return compared(report);
        } catch (Sink.Closed e) {
            int status = report.closed(e);
            return status == ExitCode.CLOSED_PIPE ? status : FAILED;
        }
    }

    private int compared(Report report) {
        Differences found = quiet ? new Differences.Silent() : json ? new AsJson(out) : new AsText(out);
        try {
            compare(report, found);
        } catch (UsageException | StackOverflowError | OutOfMemoryError e) {
            report.error(e);
        }
        found.end();
        out.flush();
        return report.status() != 0 ? FAILED : found.any() ? DIFFERENT : 0;
    }

    private void compare(Report report, Differences found) {
        Closeness closeness = Closeness.of(tolerance, relative);
        Location a = Location.parse(first);
        Location b = Location.parse(second);
        List<FileDiff.Limit> limits = paths();
        try (OnFile onFile = new OnFile(open, cache, List.of(first, second), report)
                .expecting(List.of(a, b), (file, path) -> new FileDiff.Side(file, path).ahead(limits))) {
            onFile.at(a, (left, leftPath) -> {
                onFile.at(b, (right, rightPath) -> {
                    FileDiff.Side leftSide = new FileDiff.Side(left, leftPath);
                    FileDiff.Side rightSide = new FileDiff.Side(right, rightPath);
                    new FileDiff(leftSide, rightSide, new FileDiff.Rules(closeness, !withoutValues), report, found)
                            .run(limits);
                });
            });
        }
    }

    /** Returns the paths that are compared, below the objects that are. */
    private List<FileDiff.Limit> paths() {
        List<FileDiff.Limit> all = new ArrayList<>();
        groups.forEach(group -> all.add(new FileDiff.Limit(group, false)));
        datasets.forEach(dataset -> all.add(new FileDiff.Limit(dataset, true)));
        return all.isEmpty() ? List.of(new FileDiff.Limit("", false)) : all;
    }

    /** A line for each difference. */
    private static final class AsText extends Differences {
        private final Sink out;

        AsText(Sink out) {
            this.out = out;
        }

        @Override
        void write(Difference difference) {
            out.write(VisibleText.of(difference.path() + ": " + difference.what()) + "\n");
        }
    }

    /** A document with all differences, and whether there are any. */
    private static final class AsJson extends Differences {
        private final Json json;

        AsJson(Sink out) {
            this.json = Json.to(out);
            json.object().array("differences");
        }

        @Override
        void write(Difference difference) {
            json.object().field("path", difference.path()).field("kind", difference.kind());
            json.field("message", difference.what());
            if (difference.values() != null) {
                json.field("different", difference.values().different());
                json.field("of", difference.values().of());
                json.field("largest", difference.values().largest());
            }
            json.end();
        }

        @Override
        void end() {
            json.end().field("equal", !any()).end().line();
        }
    }
}
