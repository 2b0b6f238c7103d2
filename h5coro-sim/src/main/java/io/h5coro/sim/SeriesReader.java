// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.FileSeries;
import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One series of a run, and who reads it. */
final class SeriesReader {
    private final Run run;
    private final Plan.Series series;
    private final Verdicts verdicts;
    private final Map<String, Plan.Wish> wishes = new LinkedHashMap<>();

    /** Members are read ahead from then on. */
    private long begin;

    SeriesReader(Run run, Plan.Series series) {
        this.run = run;
        this.series = series;
        this.verdicts = new Verdicts(run, series.file(), series.settings().deadline(), () -> false);
    }

    void run() {
        List<DatasetRequest> requests = new ArrayList<>();
        for (Plan.Wish wish : series.wishes()) {
            String name = "s" + wishes.size();
            requests.add(DatasetRequest.of(wish.dataset().path(), wish.slice().hyperslab())
                    .named(name));
            wishes.put(name, wish);
        }
        Set<Integer> seen = new HashSet<>();
        begin = run.scheduler.nanoTime();
        try (FileSeries files = run.series(series, requests)) {
            Iterator<FileSeries.Entry> entries = files.iterator();
            while (entries.hasNext() && seen.size() != series.takes()) {
                FileSeries.Entry entry = entries.next();
                Checks.that(seen.add(entry.index()), () -> "member " + entry.index() + " comes twice");
                Checks.that(
                        !series.ordered() || entry.index() == seen.size() - 1,
                        () -> "member " + entry.index() + " is number " + seen.size());
                run.scheduler.note("member " + entry.index());
                take(entry);
                run.machine.sleep(Duration.ofNanos(series.workNanos()));
            }
            Checks.that(
                    series.takes() >= 0 || seen.size() == series.members(),
                    () -> "of " + series.members() + " members there are " + seen);
        }
        run.scheduler.note("the series is closed");
    }

    private void take(FileSeries.Entry entry) {
        if (entry.failure().isPresent()) {
            if (entry.failure().get() instanceof H5Exception failure) {
                verdicts.failed("member " + entry.index(), failure, begin, false);
                return;
            }
            throw new AssertionError("member " + entry.index(), entry.failure().get());
        }
        Map<String, H5Array> arrays = new LinkedHashMap<>();
        for (String name : wishes.keySet()) {
            try {
                arrays.put(name, entry.get(name));
            } catch (H5Exception e) {
                verdicts.failed(name + " of member " + entry.index(), e, begin, false);
            }
        }
        int variant = entry.index() % series.file().variants().size();
        Checks.that(
                Verdicts.isAllOf(variant, arrays, wishes),
                () -> "member " + entry.index() + " of " + series.file().name() + " has other values");
    }
}
