// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.cli.file.EachFile;
import io.h5coro.cli.file.FoundFiles;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.OpenMixin;
import io.h5coro.cli.json.JsonFiles;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.H5Exception;
import io.h5coro.model.FileInfo;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro doctor}: how well a file is laid out for reading it from an object store. */
@Command(
        name = "doctor",
        description =
                "Says how cloud-friendly a file is, and what repacking would gain. Reads metadata only; a local file"
                        + " is judged as if it were in an object store.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "The file, as a whole. " + FoundFiles.RULE)
    private String named = "";

    @Mixin
    private OpenMixin open = new OpenMixin();

    @Option(
            names = "--max-datasets",
            paramLabel = "N",
            description =
                    "Look at no more datasets than this (${DEFAULT-VALUE}); where there are more, the exit status is "
                            + "7.")
    private int mostDatasets = 10_000;

    @Option(
            names = {"-a", "--all"},
            description = "All datasets, not only those with something to be said of.")
    private boolean all;

    @Option(names = "--json", description = "As one JSON document, with all datasets.")
    private boolean json;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final Sink out;
    private final PrintStream err;

    public DoctorCommand(OutputStream out, PrintStream err) {
        this.out = Sink.to(out);
        this.err = err;
    }

    @Override
    public Integer call() {
        Report report = open.report(err, debug);
        EachFile each = new EachFile(out, report, open, List.of(named));
        List<Location> found = each.found(List.of(Location.parse(named)));
        try (Checkups checkups = new Checkups(open, found, mostDatasets)) {
            if (json) {
                JsonFiles.write(
                        out,
                        found,
                        location -> new JsonFiles.Place(Location.shown(location.file()), location.path()),
                        (location, to) -> one(location, checkups, report, whole -> DoctorJson.write(to, whole)));
            } else {
                each.withHeadings(found, location -> one(location, checkups, report, this::print));
            }
        }
        out.flush();
        return report.status();
    }

    /** Looks at one file; gives what kept the command from doing so. */
    private Optional<Throwable> one(
            Location location, Checkups checkups, Report report, Consumer<Checkup.Found> taker) {
        try {
            if (mostDatasets < 1) {
                throw new UsageException("--max-datasets is a positive number");
            }
            if (!location.path().equals("/")) {
                throw new UsageException("doctor looks at whole files: leave out '" + location.path() + "'");
            }
            Checkup.Found found = checkups.of(location.file());
            found.remarks().forEach(remark -> remark.accept(report));
            taker.accept(found);
            if (found.listed().limited()) {
                report.limit(
                        Location.shown(location.file()),
                        "more than " + mostDatasets
                                + " datasets or groups: the others were not looked at (--max-datasets)");
            }
            return Optional.empty();
        } catch (H5Exception | UsageException e) {
            report.error("", e, open.hint(location, List.of(named), e));
            return Optional.of(e);
        } finally {
            out.flush();
        }
    }

    private void print(Checkup.Found found) {
        FileFinding whole = found.whole();
        Checkup.Listed listed = found.listed();
        List<DatasetFinding> datasets = found.datasets();
        FileInfo info = whole.info();
        line("file      " + info.source() + ", " + PlanText.bytes(whole.sizeBytes()));
        line("format    " + whole.format());
        line("contents  " + PlanText.count(listed.groups(), "group") + ", "
                + PlanText.count(datasets.size(), "dataset")
                + (listed.complete() ? "" : " (not all of the file: see --max-datasets and errors)"));
        line("metadata  " + whole.metadata());
        boolean others = datasets.stream().anyMatch(dataset -> !dataset.advice().isEmpty());
        whole.advice(others).forEach(advice -> line("  -> " + advice));
        int fine = 0;
        for (DatasetFinding dataset : datasets) {
            List<String> advice = dataset.advice();
            fine += advice.isEmpty() ? 1 : 0;
            if (all || !advice.isEmpty()) {
                line("dataset   " + dataset.description());
                advice.forEach(text -> line("  -> " + text));
            }
        }
        line(PlanText.count(fine, "dataset") + " without remarks");
    }

    private void line(String text) {
        out.write(VisibleText.of(text) + "\n");
    }
}
