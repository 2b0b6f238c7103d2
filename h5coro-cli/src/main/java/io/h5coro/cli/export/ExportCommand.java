// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.export;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.FileOpener;
import io.h5coro.cli.file.FoundFiles;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.file.OpenMixin;
import io.h5coro.cli.file.RequestText;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.report.FileProblem;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.terminal.Progress;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.H5Exception;
import io.h5coro.export.Export;
import io.h5coro.export.GroupColumns;
import io.h5coro.export.format.ExportRefusedException;
import io.h5coro.model.DatasetRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro export}: datasets in a file that other programs open. */
@Command(
        name = "export",
        description = "Writes datasets of a file, or slices of them, to a file that other programs open. Datasets with "
                + "the same number of rows become the columns of a table.",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE[::PATH] [PATH[SLICE]]",
            description =
                    Location.RULE_OF_MANY + " A path may have slices, as with -d. Any number of paths behind the file.")
    private List<String> places = new ArrayList<>();

    @Mixin
    private OpenMixin open = new OpenMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Option(
            names = {"-d", "--dataset"},
            paramLabel = "PATH[SLICE]",
            description = RequestText.FORM + " Any number of them.")
    private List<String> datasets = new ArrayList<>();

    @Option(
            names = {"-g", "--group"},
            paramLabel = "PATH",
            description = "The datasets of a group that have the most frequent number of rows; those that are left "
                    + "out are named. For npz all that have values.")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "npy, npz, csv, ndjson, arrow (a file), arrows (a stream) or parquet; without it, what the "
                    + "name of the output ends in.")
    private @Nullable String format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where it goes instead of standard output; the file is there when it is complete.")
    private @Nullable String output;

    @Option(
            names = "--cf",
            description = "Values as netCDF and the CF conventions mean them: scaled numbers, times, texts of "
                    + "characters. Missing ones are null, in csv empty.")
    private boolean cf;

    @Option(names = "--clip", description = "Bounds of slices outside of a dataset stand for its ends.")
    private boolean clip;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final OutputStream out;
    private final PrintStream err;

    public ExportCommand(OutputStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    @SuppressWarnings("try") // progress is watched while the file is open
    public Integer call() {
        Report report = open.report(err, debug);
        List<Location> named = Location.all(places);
        try {
            Location location = location(named);
            Export export = export(location);
            try (H5Coro file = open.file(location, cache);
                    Progress.Watch unused = report.progress().watch(file::statistics)) {
                LookAhead ahead = new LookAhead(file);
                if (cf) {
                    ahead.starts(typed(named));
                } else {
                    ahead.datasets(typed(named));
                }
                Export decoding = cf ? export.withDecoder(CfColumns.of(file)) : export;
                List<DatasetRequest> requests = requests(decoding, file, named, report);
                report.progress().beginUncounted("", bytes(file, requests));
                write(decoding, file, requests);
            } catch (H5Exception e) {
                report.error("", e, open.hint(location, places, e));
            }
        } catch (ExportRefusedException e) {
            report.error(ExitCode.UNSUPPORTED, e);
        } catch (H5Exception | UsageException e) {
            report.error("", e);
        }
        return report.status();
    }

    /** The one file that is exported. */
    private Location location(List<Location> named) {
        List<String> files = named.stream()
                .map(Location::file)
                .distinct()
                .flatMap(file -> FoundFiles.of(file, open.storage()).stream())
                .toList();
        if (files.size() > 1) {
            throw new UsageException("one file is exported at a time, and " + files.size() + " are named");
        }
        return new Location(files.get(0), "/");
    }

    private Export export(Location location) {
        Export export;
        try {
            export = Export.to(formatName());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        if (output == null && !export.format().isText() && VisibleText.isTerminal("stdout")) {
            throw new UsageException("standard output is a terminal, and "
                    + export.format().name() + " is no text: say -o FILE, or redirect it");
        }
        if (output != null && FileOpener.identity(output).equals(FileOpener.identity(location.file()))) {
            throw new UsageException("the output would replace the file that is exported");
        }
        return export;
    }

    private String formatName() {
        if (format != null) {
            return format;
        }
        int dot = output == null ? -1 : output.lastIndexOf('.');
        if (output == null || dot < 0) {
            throw new UsageException(
                    "which format? Say --format FORMAT: one of " + String.join(", ", Export.formats()));
        }
        return output.substring(dot + 1);
    }

    private List<DatasetRequest> requests(Export export, H5Coro file, List<Location> named, Report report) {
        List<DatasetRequest> requests = new ArrayList<>();
        typed(named).forEach(request -> requests.add(request(file, request)));
        for (String group : groups) {
            GroupColumns columns = export.group(file, EscapedPath.in(file, group));
            requests.addAll(columns.requests());
            for (Dataset left : columns.left()) {
                report.warn("left out: " + left.path().orElse("a dataset without a path") + " " + left.shape());
            }
        }
        if (requests.isEmpty()) {
            throw new UsageException(
                    groups.isEmpty()
                            ? "which dataset? Say -d PATH or -g GROUP"
                            : "no dataset of the group has rows: " + String.join(", ", groups));
        }
        return requests;
    }

    /** Returns about how many bytes of values are read; 0 where slices make that another number. */
    private static long bytes(H5Coro file, List<DatasetRequest> requests) {
        long bytes = 0;
        for (DatasetRequest request : requests) {
            if (!request.slices().isEmpty() || request.selection() != null) {
                return 0;
            }
            Dataset dataset = file.dataset(request);
            bytes += dataset.dataspace().elementCount() * dataset.type().size();
        }
        return Math.max(0, bytes);
    }

    /** The datasets that are named one by one. */
    private List<DatasetRequest> typed(List<Location> named) {
        return Stream.concat(named.stream().map(Location::path).filter(path -> !path.equals("/")), datasets.stream())
                .map(RequestText::parse)
                .toList();
    }

    private DatasetRequest request(H5Coro file, DatasetRequest parsed) {
        String path = EscapedPath.in(file, parsed.path());
        DatasetRequest request = new DatasetRequest(
                parsed.name(), path, parsed.attribute(), parsed.slices(), null, null, parsed.selection());
        return clip ? request.clipped() : request;
    }

    private void write(Export export, H5Coro file, List<DatasetRequest> requests) {
        try {
            if (output != null) {
                export.write(file, requests, Path.of(output));
                return;
            }
            Sink sink = export.format().isText() ? Sink.standard(out) : Sink.to(out);
            export.write(file, requests, new SinkOutput(sink));
            sink.flush();
        } catch (IOException e) {
            throw FileProblem.unwritten(output, e);
        }
    }
}
