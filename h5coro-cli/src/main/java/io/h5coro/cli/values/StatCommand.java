// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.H5Coro;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EachFile;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.OnFile;
import io.h5coro.cli.file.PlaceMixin;
import io.h5coro.cli.file.RequestText;
import io.h5coro.cli.json.JsonFiles;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.text.Sink;
import io.h5coro.error.H5Exception;
import io.h5coro.model.H5Array;
import io.h5coro.model.WalkOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro stat}: statistics of values. */
@Command(
        name = "stat",
        description = {
            "Reads datasets and says of their numbers: how many, how many are missing, least, greatest, mean, and"
                    + " quantiles of a sample. Whole numbers are exact. Of a group: its datasets.",
            "",
            MissingValues.RULE
        },
        mixinStandardHelpOptions = true)
public final class StatCommand implements Callable<Integer> {
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
            names = {"-r", "--recursive"},
            description = "Datasets of groups in groups too.")
    private boolean recursive;

    @Option(names = "--json", description = "As one JSON document.")
    private boolean json;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final Sink out;
    private final PrintStream err;

    public StatCommand(OutputStream out, PrintStream err) {
        this.out = Sink.to(out);
        this.err = err;
    }

    @Override
    public Integer call() {
        Report report = place.open().report(err, debug);
        List<String> typed = List.of(place.location());
        EachFile each = new EachFile(out, report, place.open(), typed);
        List<Location> all = each.found(List.of(RequestText.place(Location.of(place.location(), path), datasets)));
        WalkOptions walk = WalkOptions.all().depth(depth()).with(WalkOptions.Detail.ATTRIBUTES);
        try (OnFile onFile = new OnFile(place.open(), cache, typed, report)
                .takingSlices()
                .expecting(all, (file, at) -> Wanted.ahead(file, at, datasets, walk))) {
            if (json) {
                JsonFiles.write(
                        out,
                        all,
                        location -> new JsonFiles.Place(Location.shown(location.file()), location.path()),
                        (location, to) ->
                                onFile.at(location, (file, at) -> new StatText(read(file, at, report)).write(to)));
            } else {
                each.withHeadings(all, location -> {
                    onFile.at(location, (file, at) -> new StatText(read(file, at, report)).write(out));
                    out.flush();
                });
            }
        }
        return report.status();
    }

    /** Levels of groups below a group. */
    private int depth() {
        return recursive ? Integer.MAX_VALUE : 1;
    }

    /** Reads what is wanted, and counts it. */
    private Map<Wanted, DatasetStatistics> read(H5Coro file, String at, Report report) {
        Map<Wanted, DatasetStatistics> all = new LinkedHashMap<>();
        try (Stream<Wanted> found = Wanted.find(file, at, datasets, depth(), report)) {
            List<Wanted> wanted = found.toList();
            Map<Wanted, List<H5Array>> missing = MissingValues.of(file, wanted, report);
            for (Wanted one : wanted) {
                all.put(
                        one,
                        DatasetStatistics.of(one.name(), one.dataset().type(), missing.getOrDefault(one, List.of())));
            }
        }
        List<Wanted> counted = all.entrySet().stream()
                .filter(one -> one.getValue().isCounted())
                .map(Map.Entry::getKey)
                .toList();
        report.progress().begin("", counted.stream().mapToLong(Wanted::bytes).sum());
        try (PartReader<Wanted> reader =
                new PartReader<>(file, Wanted.parts(counted.iterator(), report), Wanted.PART_BYTES)) {
            while (reader.hasNext()) {
                PartReader.Read<Wanted> read = reader.next();
                report.progress().done(read.bytes());
                DatasetStatistics statistics = all.get(read.owner());
                try {
                    if (statistics != null) {
                        statistics.add(read.get());
                    }
                } catch (H5Exception e) {
                    // What is left of it would say something else than it asks for.
                    all.remove(read.owner());
                    report.error(read.owner().name(), e);
                }
            }
        }
        return all;
    }
}
