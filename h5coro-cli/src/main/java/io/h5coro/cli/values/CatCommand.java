// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.H5Coro;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EachFile;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.OnFile;
import io.h5coro.cli.file.PlaceMixin;
import io.h5coro.cli.file.RequestText;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.terminal.Progress;
import io.h5coro.cli.text.Sink;
import io.h5coro.error.H5Exception;
import io.h5coro.model.WalkOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro cat}: values and nothing else. */
@Command(
        name = "cat",
        description = "Prints the values of datasets and nothing else: a line for each index of all dimensions but the"
                + " last one, whose values, or the members of a compound, have tabulators between. Of a group: the"
                + " values of its datasets, one after another.",
        mixinStandardHelpOptions = true)
public final class CatCommand implements Callable<Integer> {
    @Mixin
    private PlaceMixin place = new PlaceMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "The dataset or group.")
    private @Nullable String path;

    @Option(
            names = {"-d", "--dataset"},
            paramLabel = "PATH[SLICE]",
            description = RequestText.FORM + " Any number of them.")
    private List<String> datasets = new ArrayList<>();

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final Sink out;
    private final PrintStream err;

    public CatCommand(OutputStream out, PrintStream err) {
        this.out = Sink.to(out);
        this.err = err;
    }

    @Override
    public Integer call() {
        Report report = place.open().report(err, debug);
        List<String> typed = List.of(place.location());
        List<Location> all = new EachFile(out, report, place.open(), typed)
                .found(List.of(RequestText.place(Location.of(place.location(), path), datasets)));
        WalkOptions walk = WalkOptions.all().depth(1);
        try (OnFile onFile = new OnFile(place.open(), cache, typed, report)
                .takingSlices()
                .expecting(all, (file, at) -> Wanted.ahead(file, at, datasets, walk))) {
            all.forEach(location -> onFile.at(location, (file, at) -> print(file, at, report)));
        } finally {
            out.flush();
        }
        return report.status();
    }

    private void print(H5Coro file, String at, Report report) {
        RowText rows = new RowText(out);
        Progress progress = report.progress();
        Wanted last = null;
        Set<Wanted> failed = new HashSet<>();
        try (Stream<Wanted> wanted = Wanted.find(file, at, datasets, 1, report);
                PartReader<Wanted> reader =
                        new PartReader<>(file, Wanted.parts(wanted.iterator(), report), Wanted.PART_BYTES)) {
            while (reader.hasNext()) {
                PartReader.Read<Wanted> read = reader.next();
                if (!read.owner().equals(last)) {
                    last = read.owner();
                    progress.begin(last.name(), last.bytes());
                }
                progress.done(read.bytes());
                try {
                    if (!failed.contains(read.owner())) {
                        rows.add(read.owner(), read.get());
                    }
                } catch (H5Exception e) {
                    failed.add(read.owner());
                    report.error(read.owner().name(), e);
                }
            }
        }
    }
}
