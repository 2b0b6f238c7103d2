// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.FileSeries;
import io.h5coro.H5Coro;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EachFile;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.OpenMixin;
import io.h5coro.cli.file.RequestText;
import io.h5coro.cli.file.Waiting;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.report.Suggestion;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReadStatistics;
import io.h5coro.model.SeriesPlan;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro plan}: what reading datasets would cost, without reading them. */
@Command(
        name = "plan",
        description = "Says what reading datasets would fetch, without reading them; of several files with the sum.",
        mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE[::PATH] [PATH[SLICE]]",
            description =
                    Location.RULE_OF_MANY + " A path may have slices, as with -d. Any number of paths behind one file,"
                            + " or of files, whose datasets are named with -d.")
    private List<String> places = new ArrayList<>();

    @Mixin
    private OpenMixin open = new OpenMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Option(
            names = {"-d", "--dataset"},
            paramLabel = "PATH[SLICE]",
            description = RequestText.FORM + " Lists of indices: /a/b[[1,3,7],0:5]. Any number of them.")
    private List<String> datasets = new ArrayList<>();

    @Option(names = "--clip", description = "Bounds of slices outside of a dataset stand for its ends.")
    private boolean clip;

    @Option(
            names = "--latency-ms",
            paramLabel = "N",
            description = "Time to the first byte; like those below it changes the plan too.")
    private @Nullable Long latencyMillis;

    @Option(names = "--bandwidth-mbs", paramLabel = "N", description = "Bandwidth of one connection in MB/s.")
    private @Nullable Long bandwidth;

    @Option(names = "--connections", paramLabel = "N", description = "Requests under way at once.")
    private @Nullable Integer connections;

    @Option(names = "--json", description = "As one JSON object; for several files one each, and one with the sum.")
    private boolean json;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final Sink out;
    private final PrintStream err;

    public PlanCommand(OutputStream out, PrintStream err) {
        this.out = Sink.to(out);
        this.err = err;
    }

    @Override
    public Integer call() {
        Report report = open.report(err, debug);
        List<Location> named = Location.all(places);
        try {
            List<DatasetRequest> requests = requests(named);
            List<Location> found = new EachFile(out, report, open, places)
                    .found(named).stream()
                            .map(location -> new Location(location.file(), "/"))
                            .distinct()
                            .toList();
            if (found.size() == 1) {
                one(found.get(0), requests, report);
            } else if (!found.isEmpty()) {
                many(found, requests, report);
            }
        } catch (H5Exception | UsageException e) {
            report.error("", e);
        } finally {
            out.flush();
        }
        return report.status();
    }

    private void one(Location location, List<DatasetRequest> requests, Report report) {
        try (H5Coro file = isUsual() ? open.file(location, cache) : unusual(location.file())) {
            print(
                    file,
                    requests.stream().map(request -> asListed(file, request)).toList(),
                    report);
        } catch (H5Exception | UsageException e) {
            report.error("", e, open.hint(location, places, e));
        }
    }

    /** Plans files together: the metadata of the next ones travel while the first ones are looked at. */
    private void many(List<Location> found, List<DatasetRequest> requests, Report report) {
        FileSeries.Options options = FileSeries.Options.defaults()
                .withRead(open.options(cache))
                .withOpener(isUsual() ? open.opener(cache)::reader : this::unusualReader);
        List<String> files = found.stream().map(Location::file).toList();
        SeriesPlan plan;
        try (FileSeries series = H5Coro.series(
                files,
                file -> requests.stream()
                        .map(request -> asListed(file, request))
                        .toList(),
                options)) {
            plan = Waiting.during(files.get(0), series::explain);
        }
        if (json) {
            PlanJson.write(out, plan);
        } else {
            out.write(new PlanSumText(plan).forPeople());
        }
        for (SeriesPlan.FilePlan file : plan.files()) {
            file.failure().ifPresent(problem -> report.error("", problem, hint(file.location(), problem)));
            file.plan()
                    .ifPresent(
                            read -> read.failures().forEach(failed -> report.error(failed.name(), failed.failure())));
        }
    }

    private String hint(String file, Throwable problem) {
        return problem instanceof H5Exception known ? open.hint(new Location(file, "/"), places, known) : "";
    }

    private static DatasetRequest asListed(H5Coro file, DatasetRequest request) {
        String path = EscapedPath.in(file, request.path());
        return new DatasetRequest(
                request.name(), path, request.attribute(), request.slices(), null, null, request.selection());
    }

    /** Opens a file whose requests cost what the options say; files that this one names cost the same. */
    private H5Coro unusual(String location) {
        SiblingFiles.Opener opener = this::unusualReader;
        return Waiting.during(
                location,
                () -> H5Coro.open(location, open.options(cache), opener, SiblingFiles.ofLocation(location, opener)));
    }

    private RangeReader unusualReader(String location) throws StorageException {
        return as(open.opener(cache).reader(location));
    }

    private void print(H5Coro file, List<DatasetRequest> requests, Report report) {
        ReadStatistics opened = file.statistics();
        ReadPlan plan = file.explain(requests);
        ReadPlan.Metadata cost =
                new ReadPlan.Metadata(opened.metadataRequests(), opened.metadataBytes(), opened.metadataWaves());
        PlanText text = new PlanText(plan, cost, plan.storage());
        if (json) {
            PlanJson.write(out, text);
        } else {
            out.write(text.forPeople());
        }
        plan.failures()
                .forEach(failed -> report.error(failed.name(), failed.failure(), suggestion(file, requests, failed)));
    }

    private static String suggestion(H5Coro file, List<DatasetRequest> requests, ReadPlan.Failed failed) {
        return failed.failure() instanceof NotFoundException
                ? requests.stream()
                        .filter(request -> request.name().equals(failed.name()))
                        .findFirst()
                        .map(request -> Suggestion.ofPath(file, request.path()))
                        .orElse("")
                : "";
    }

    /** What is to be read of each file. */
    private List<DatasetRequest> requests(List<Location> named) {
        List<DatasetRequest> requests = new ArrayList<>();
        boolean several = named.stream().map(Location::file).distinct().count() > 1;
        for (Location location : named) {
            if (!location.path().equals("/")) {
                if (several) {
                    throw new UsageException(
                            "of several files name the datasets with -d, not '" + location.path() + "'");
                }
                add(requests, location.path());
            }
        }
        datasets.forEach(text -> add(requests, text));
        if (requests.isEmpty()) {
            throw new UsageException("which dataset? Say -d PATH");
        }
        return requests;
    }

    /** Adds a dataset; what is named twice is read once. */
    private void add(List<DatasetRequest> requests, String text) {
        if (!isNamed(requests, text)) {
            requests.add(request(text));
        }
    }

    private static boolean isNamed(List<DatasetRequest> requests, String text) {
        return requests.stream().anyMatch(request -> request.name().equals(text));
    }

    private DatasetRequest request(String text) {
        DatasetRequest request = RequestText.parse(text);
        return clip ? request.clipped() : request;
    }

    private RangeReader as(RangeReader there) {
        try {
            return new WatchedReader(there, profile(there.profile()));
        } catch (UsageException e) {
            there.close();
            throw e;
        }
    }

    private boolean isUsual() {
        return latencyMillis == null && bandwidth == null && connections == null;
    }

    /** What requests cost: ranges are planned for it too. */
    private StorageProfile profile(StorageProfile usual) {
        try {
            return new StorageProfile(
                    latencyMillis == null ? usual.firstByteMicros() : Math.multiplyExact(latencyMillis, 1000),
                    bandwidth == null ? usual.bytesPerSecond() : Math.multiplyExact(bandwidth, 1_000_000),
                    connections == null ? usual.connections() : connections,
                    connections == null ? usual.shortRequests() : connections);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UsageException("--latency-ms, --bandwidth-mbs and --connections are positive numbers");
        }
    }
}
