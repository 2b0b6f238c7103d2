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
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.model.WalkOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro head}: the first rows of datasets as a table. */
@Command(
        name = "head",
        description = "Prints the first rows of the datasets of a group, or of those named, side by side: a column for"
                + " each dataset and each member of a compound. A row of several values shows its first ones.",
        mixinStandardHelpOptions = true)
public final class HeadCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 100_000;

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

    @Option(
            names = {"-n", "--rows"},
            paramLabel = "N",
            description = "The number of rows (${DEFAULT-VALUE}), at most " + MOST_ROWS + ".")
    private int rows = 10;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final Sink out;
    private final PrintStream err;

    public HeadCommand(OutputStream out, PrintStream err) {
        this.out = Sink.to(out);
        this.err = err;
    }

    @Override
    public Integer call() {
        if (rows < 0 || rows > MOST_ROWS) {
            throw new UsageException("-n is a number from 0 to " + MOST_ROWS + "; h5coro cat prints all values");
        }
        Report report = place.open().report(err, debug);
        List<String> typed = List.of(place.location());
        EachFile each = new EachFile(out, report, place.open(), typed);
        List<Location> all = each.found(List.of(RequestText.place(Location.of(place.location(), path), datasets)));
        WalkOptions walk = WalkOptions.all().depth(1);
        try (OnFile onFile = new OnFile(place.open(), cache, typed, report)
                .takingSlices()
                .expecting(all, (file, at) -> Wanted.ahead(file, at, datasets, walk))) {
            each.withHeadings(all, location -> {
                onFile.at(location, (file, at) -> print(file, at, report));
                out.flush();
            });
        }
        return report.status();
    }

    private void print(H5Coro file, String at, Report report) {
        try (Stream<Wanted> wanted = Wanted.find(file, at, datasets, 1, report)) {
            new HeadText(file, wanted.toList(), rows, !datasets.isEmpty()).write(out, report);
        }
    }
}
