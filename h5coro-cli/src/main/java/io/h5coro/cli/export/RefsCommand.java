// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.export;

import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.FileOpener;
import io.h5coro.cli.file.FoundFiles;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.file.OnFile;
import io.h5coro.cli.file.OpenMixin;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.report.FileProblem;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.error.H5Exception;
import io.h5coro.export.refs.ReferenceOptions;
import io.h5coro.export.refs.References;
import io.h5coro.export.refs.RefusedVariable;
import io.h5coro.model.WalkOptions;
import io.h5coro.model.WalkOptions.Detail;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro refs}: references with which xarray and Zarr open files. */
@Command(
        name = "refs",
        description = "Writes where the chunks of a file are and how they are decoded (references of kerchunk), so that"
                + " xarray and Zarr open the file itself, without HDF5. A dataset that they would not read exactly is"
                + " written into the references when it is small. Otherwise it is refused by name, and the exit"
                + " status is 4.",
        mixinStandardHelpOptions = true)
public final class RefsCommand implements Callable<Integer> {
    private static final String JSON = "json";
    private static final String PARQUET = "parquet";

    /** What references are made of. */
    private static final WalkOptions WALK =
            WalkOptions.all().with(Detail.ATTRIBUTES, Detail.DESCRIPTORS, Detail.STORED_BYTES);

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files; several with --concat.")
    private List<String> places = new ArrayList<>();

    @Mixin
    private OpenMixin open = new OpenMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = JSON,
            description = "json or parquet (a folder, for many chunks). Default: json.")
    private String format = JSON;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Where they go instead of standard output (-). A file that is there is replaced; a folder has to"
                            + " be empty.")
    private @Nullable String output;

    @Option(
            names = "--concat",
            paramLabel = "DIM",
            description = "The dimension along which the files follow one another.")
    private @Nullable String concat;

    @Option(
            names = "--address",
            paramLabel = "URL",
            description = "Where readers find the file; without it, what FILE says.")
    private @Nullable String address;

    @Option(
            names = "--keep-query",
            description = "Keep the query of a web address, which may be a signature. Without it, it is left out.")
    private boolean keepQuery;

    @Option(
            names = "--inline-bytes",
            paramLabel = "N",
            description = "Most bytes of a dataset that is written into the references because it cannot be referred "
                    + "to. Default: 65536.")
    private @Nullable Long inlineBytes;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final OutputStream out;
    private final PrintStream err;

    public RefsCommand(OutputStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        Report report = open.report(err, debug);
        try {
            if ("-".equals(output)) {
                output = null;
            }
            List<String> files = files();
            check(files);
            noteQuery(files, report);
            List<References> all = new ArrayList<>();
            List<Location> located =
                    files.stream().map(name -> new Location(name, "/")).toList();
            try (OnFile onFile = new OnFile(open, cache, places, report)
                    .expecting(located, (file, root) -> new LookAhead(file).walk(root, WALK))) {
                for (Location at : located) {
                    Optional<Throwable> problem =
                            onFile.at(at, (file, root) -> all.add(References.of(file, options(at.file()))));
                    if (problem.isPresent()) {
                        return report.status();
                    }
                }
            }
            finish(concat == null ? all.get(0) : References.concat(all, concat), report);
        } catch (IllegalArgumentException e) {
            report.error(ExitCode.USAGE, e);
        } catch (H5Exception | UsageException e) {
            report.error("", e);
        }
        return report.status();
    }

    private List<String> files() {
        List<Location> locations = Location.all(places);
        for (Location location : locations) {
            if (!location.path().equals("/")) {
                throw new UsageException("references are those of a whole file, and " + location.path()
                        + " is an object in " + Location.shown(location.file()));
            }
        }
        return locations.stream()
                .flatMap(location -> FoundFiles.of(location.file(), open.storage()).stream())
                .toList();
    }

    private void check(List<String> files) {
        if (!format.equals(JSON) && !format.equals(PARQUET)) {
            throw new UsageException("no format '" + format + "'; there are json and parquet");
        }
        if (format.equals(PARQUET) && output == null) {
            throw new UsageException("references in parquet are a folder: say -o FOLDER");
        }
        if (files.size() > 1 && concat == null) {
            throw new UsageException(files.size() + " files are named: say --concat DIM to put them in a row");
        }
        if (files.size() > 1 && address != null) {
            throw new UsageException("--address is for one file, and " + files.size() + " are named");
        }
        if (address != null && address.isBlank()) {
            throw new UsageException("--address is empty");
        }
        if (inlineBytes != null && inlineBytes < 0) {
            throw new UsageException("--inline-bytes " + inlineBytes + " is negative");
        }
        for (String file : files) {
            if (output != null && FileOpener.identity(output).equals(FileOpener.identity(file))) {
                throw new UsageException("the output would replace a file that is referred to");
            }
        }
    }

    /** Says that readers of the references will not have what the server may want. */
    private void noteQuery(List<String> files, Report report) {
        for (String file : address == null ? files : List.of(address)) {
            boolean query = Location.isRemote(file) && file.startsWith("http") && file.indexOf('?') >= 0;
            if (query && !keepQuery) {
                report.warn(Location.shown(file)
                        + ": its query is left out of the references, since it may be a signature (--keep-query)");
            }
        }
    }

    private ReferenceOptions options(String file) {
        ReferenceOptions options = ReferenceOptions.at(address == null ? file : address);
        if (keepQuery) {
            options = options.withQuery();
        }
        if (inlineBytes != null) {
            options = options.withInlineBytes(inlineBytes);
        }
        return concat == null ? options : options.along(concat);
    }

    private void finish(References references, Report report) {
        try {
            write(references);
        } catch (IOException e) {
            throw FileProblem.unwritten(output, e);
        }
        references.notes().forEach(report::warn);
        for (RefusedVariable refused : references.refused()) {
            report.error(ExitCode.UNSUPPORTED, "refused: " + refused);
        }
    }

    private void write(References references) throws IOException {
        if (output == null) {
            Sink sink = Sink.standard(out);
            references.writeJson(new SinkOutput(sink));
            sink.flush();
        } else if (format.equals(PARQUET)) {
            references.writeParquet(Path.of(output));
        } else {
            references.writeJson(Path.of(output));
        }
    }
}
