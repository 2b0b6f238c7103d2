// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.H5Coro;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.PlaceMixin;
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
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.Storages;
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
        description = "Says what reading datasets would fetch, without reading them.",
        mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {
    @Mixin
    private PlaceMixin place = new PlaceMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH[SLICE]", description = "A dataset, as with -d.")
    private @Nullable String path;

    @Option(
            names = {"-d", "--dataset"},
            paramLabel = "PATH[SLICE]",
            description = RequestText.FORM + " Any number of them.")
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

    @Option(names = "--json", description = "As one JSON object; one after the other for several files.")
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
        Report report = new Report(err, debug);
        EachFile each = new EachFile(out, report, place.open(), List.of(place.location()));
        List<Location> named = List.of(Location.of(place.location(), path));
        if (json) {
            each.without(named, location -> one(location, report));
        } else {
            each.withHeadings(named, location -> one(location, report));
        }
        out.flush();
        return report.status();
    }

    private void one(Location location, Report report) {
        try {
            List<DatasetRequest> requests = requests(location);
            try (H5Coro file = isUsual() ? place.open().file(location, cache) : unusual(location.file())) {
                print(
                        file,
                        requests.stream()
                                .map(request -> asListed(file, request))
                                .toList(),
                        report);
            }
        } catch (H5Exception | UsageException e) {
            report.error("", e, place.open().hint(location, List.of(place.location()), e));
        } finally {
            out.flush();
        }
    }

    private static DatasetRequest asListed(H5Coro file, DatasetRequest request) {
        String path = EscapedPath.in(file, request.path());
        return new DatasetRequest(request.name(), path, request.attribute(), request.slices());
    }

    /** Opens a file whose requests cost what the options say; files that this one names cost the same. */
    private H5Coro unusual(String location) {
        SiblingFiles.Opener opener = at -> as(Storages.open(at, place.open().storage()));
        return Waiting.during(
                location,
                () -> H5Coro.open(
                        location, place.open().options(cache), opener, SiblingFiles.ofLocation(location, opener)));
    }

    private void print(H5Coro file, List<DatasetRequest> requests, Report report) {
        ReadStatistics opened = file.statistics();
        ReadPlan plan = file.explain(requests);
        ReadPlan.Metadata open =
                new ReadPlan.Metadata(opened.metadataRequests(), opened.metadataBytes(), opened.metadataWaves());
        PlanText text = new PlanText(plan, open, plan.storage());
        out.write(json ? text.json() : text.forPeople());
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

    private List<DatasetRequest> requests(Location location) {
        List<DatasetRequest> requests = new ArrayList<>();
        if (!location.path().equals("/")) {
            requests.add(request(location.path()));
        }
        // What is named twice is read once.
        datasets.stream()
                .distinct()
                .filter(text -> !isNamed(requests, text))
                .forEach(text -> requests.add(request(text)));
        if (requests.isEmpty()) {
            throw new UsageException("which dataset? Say -d PATH");
        }
        return requests;
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
                    connections == null ? usual.connections() : connections);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UsageException("--latency-ms, --bandwidth-mbs and --connections are positive numbers");
        }
    }
}
