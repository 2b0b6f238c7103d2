// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.Listing;
import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.ReadStatistics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Looks through a file, in bounded work: so many datasets, and the chunk indexes of the largest. Confined to one thread. */
final class Checkup {
    /** Chunks whose places are looked up at most, over all datasets: some 30 MB of index. */
    private static final long MOST_CHUNKS = 1_000_000;

    /** Indexes that are looked through at most; each costs round trips. */
    private static final int MOST_INDEXES = 200;

    private static final int DEPTH = 200;

    private final H5Coro file;
    private final Report report;
    private final int mostDatasets;
    private final List<Dataset> datasets = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();
    private int groups;
    private boolean complete = true;

    Checkup(H5Coro file, Report report, int mostDatasets) {
        this.file = file;
        this.report = report;
        this.mostDatasets = mostDatasets;
    }

    /**
     * What was listed.
     *
     * @param groups groups listed
     * @param complete whether all of the file was
     * @param cost what opening and listing have cost
     */
    record Listed(int groups, boolean complete, ReadStatistics cost) {}

    /** A group to list. */
    private record Place(String path, int depth) {}

    /** Lists groups, and the headers of what is in them. */
    Listed list() {
        Deque<Place> left = new ArrayDeque<>();
        left.add(new Place("/", 0));
        seen.add(file.root().address());
        while (!left.isEmpty()) {
            Place place = left.remove();
            try {
                list(place, left);
            } catch (H5Exception e) {
                report.error(place.path, e);
                complete = false;
            }
        }
        return new Listed(groups, complete, file.statistics());
    }

    private void list(Place place, Deque<Place> left) {
        if (place.depth > DEPTH || datasets.size() >= mostDatasets || groups >= mostDatasets) {
            complete = false;
            return;
        }
        groups++;
        Listing listing = file.list(place.path);
        for (Dataset dataset : listing.variables().values()) {
            if (datasets.size() >= mostDatasets) {
                complete = false;
                return;
            }
            if (seen.add(dataset.address())) {
                datasets.add(dataset);
            }
        }
        String prefix = place.path.equals("/") ? "/" : place.path + "/";
        for (String name : listing.groups()) {
            if (seen.add(file.group(prefix + name).address())) {
                left.add(new Place(prefix + name, place.depth + 1));
            }
        }
    }

    /** The datasets listed, the largest first and with their stored size, which is looked up in the chunk indexes. */
    List<DatasetFinding> measure() {
        List<DatasetFinding> findings = new ArrayList<>();
        for (Dataset dataset : datasets) {
            try {
                findings.add(DatasetFinding.of(dataset));
            } catch (H5Exception e) {
                report.error(dataset.path(), e);
            }
        }
        findings.sort(Comparator.comparingDouble(DatasetFinding::valueBytes).reversed());
        long chunks = MOST_CHUNKS;
        int indexes = MOST_INDEXES;
        for (int i = 0; i < findings.size() && indexes > 0; i++) {
            DatasetFinding finding = findings.get(i);
            if (finding.storage() instanceof DatasetStorage.Chunked && finding.chunks() <= chunks) {
                chunks -= (long) finding.chunks();
                indexes--;
                findings.set(i, finding.withStored(stored(finding)));
            }
        }
        return findings;
    }

    private OptionalLong stored(DatasetFinding finding) {
        try {
            return OptionalLong.of(file.dataset(finding.path()).storedBytes());
        } catch (H5Exception e) {
            report.error(finding.path(), e);
            return OptionalLong.empty();
        }
    }
}
