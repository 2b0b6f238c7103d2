// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.Listing;
import io.h5coro.cli.report.Report;
import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Link;
import io.h5coro.model.ObjectId;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.StorageProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Looks through a file, in bounded work: so many datasets, and the chunk indexes of the largest. Confined to one
 * thread.
 */
final class Checkup {
    /** Chunks whose places are looked up together: more would take memory, fewer waves. */
    private static final long MOST_TOGETHER = 100_000;

    /** Chunks whose places are looked up at most, over all datasets: some 30 MB of index. */
    private static final long MOST_CHUNKS = 1_000_000;

    /** Indexes that are looked through at most; each costs round trips. */
    private static final int MOST_INDEXES = 200;

    /** Levels of groups that are listed; each costs a wave of requests at least. */
    private static final int DEPTH = 200;

    /** Groups that are listed at once: as many as requests are usefully under way. */
    private static final int LISTERS = StorageProfile.REMOTE.connections();

    private final H5Coro file;
    private final int mostDatasets;
    private final List<Dataset> datasets = new ArrayList<>();
    /** Groups and datasets that were met, so that hard links to one count once. */
    private final Set<ObjectId> seen = new HashSet<>();

    /** What is to be said of it, in this order. */
    private final List<Consumer<Report>> remarks = new ArrayList<>();

    private int groups;
    /** Members that are neither groups nor datasets of this file. */
    private int others;
    /** Invariant: becomes false when anything was left out; never true again. */
    private boolean complete = true;
    /** Invariant: implies that {@link #complete} is false. */
    private boolean limited;

    Checkup(H5Coro file, int mostDatasets) {
        this.file = file;
        this.mostDatasets = mostDatasets;
    }

    /**
     * What was listed.
     *
     * @param groups groups listed
     * @param complete whether all of the file was
     * @param limited whether it was not because of the most datasets that are looked at
     * @param cost what opening and listing have cost
     */
    record Listed(int groups, boolean complete, boolean limited, ReadStatistics cost) {}

    /**
     * What was found.
     *
     * @param datasets the largest first
     * @param remarks say what went wrong
     */
    record Found(FileFinding whole, Listed listed, List<DatasetFinding> datasets, List<Consumer<Report>> remarks) {}

    /**
     * A group to list.
     *
     * @param path its path
     * @param depth groups above it; 0 for the root
     */
    private record Place(String path, int depth) {}

    /**
     * Looks through the file; once.
     *
     * @param watched what the file is read from
     */
    Found run(WatchedFiles watched) {
        Listed listed = list();
        FileFinding whole = new FileFinding(
                file.info(), watched.sizeBytes(), listed.cost(), watched.regions(), StorageProfile.REMOTE);
        return new Found(whole, listed, measure(), remarks);
    }

    /**
     * Lists groups, and the headers of what is in them, level by level: the groups of a level do not wait for one
     * another.
     */
    Listed list() {
        ExecutorService listers = Executors.newFixedThreadPool(LISTERS, Checkup::daemon);
        try {
            List<Place> level = List.of(new Place("/", 0));
            seen.add(file.root().id());
            while (!level.isEmpty()) {
                level = list(level, listers);
            }
        } finally {
            listers.shutdownNow();
        }
        return new Listed(groups, complete, limited, file.statistics());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "h5coro-doctor");
        thread.setDaemon(true);
        return thread;
    }

    /** Lists groups, and gives those in them that were not met before. */
    private List<Place> list(List<Place> level, ExecutorService listers) {
        int allowed = Math.min(level.size(), mostDatasets - groups);
        List<Place> next = new ArrayList<>();
        if (level.get(0).depth > DEPTH) {
            complete = false;
            remarks.add(report ->
                    report.limit(level.get(0).path, "groups in more than " + DEPTH + " levels are not looked at"));
            return next;
        }
        if (allowed < level.size()) {
            stop();
        }
        List<CompletableFuture<Listing>> listings = new ArrayList<>();
        for (Place place : level.subList(0, allowed)) {
            listings.add(CompletableFuture.supplyAsync(() -> file.list(place.path), listers));
        }
        for (int i = 0; i < allowed; i++) {
            if (datasets.size() >= mostDatasets) {
                stop();
                return List.of();
            }
            Place place = level.get(i);
            try {
                groups++;
                add(place, listings.get(i).join(), next);
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof H5Exception problem)) {
                    throw e;
                }
                remarks.add(report -> report.error(place.path, problem));
                complete = false;
            } catch (H5Exception e) {
                remarks.add(report -> report.error(place.path, e));
                complete = false;
            }
        }
        return next;
    }

    /** There are more than are looked at. */
    private void stop() {
        complete = false;
        limited = true;
    }

    private void add(Place place, Listing listing, List<Place> next) {
        for (Dataset dataset : listing.variables().values()) {
            if (!isHere(dataset)) {
                continue;
            }
            if (datasets.size() >= mostDatasets) {
                stop();
                return;
            }
            if (seen.add(dataset.id())) {
                datasets.add(dataset);
            }
        }
        String prefix = place.path.equals("/") ? "/" : place.path + "/";
        for (String name : listing.groups()) {
            Group group = file.group(prefix + name);
            if (isHere(group) && seen.add(group.id())) {
                next.add(new Place(prefix + name, place.depth + 1));
            }
        }
        if (!listing.others().isEmpty()) {
            sayOthers(file.group(place.path), listing.others());
        }
    }

    /**
     * Says which members of a group cannot be opened. One that is there and damaged is an error. A link that leads
     * nowhere is none; committed datatypes can be opened.
     */
    private void sayOthers(Group group, Set<String> names) {
        for (Link link : group.links()) {
            if (!names.contains(link.name())) {
                continue;
            }
            if (others++ >= mostDatasets) {
                stop();
                return;
            }
            try {
                H5Object unused = group.get(link);
            } catch (H5Exception e) {
                String path = group.path().filter(at -> !at.equals("/")).orElse("") + "/" + link.name();
                if (link instanceof Link.Hard) {
                    remarks.add(report -> report.error(path, e));
                    complete = false;
                } else {
                    remarks.add(report -> report.warn(path + ": a link that cannot be followed: " + e.getMessage()));
                }
            }
        }
    }

    /** Whether an object is in this file: what a link leads to in another one is that one's. */
    private boolean isHere(H5Object object) {
        return object.file().equals(file.root().file());
    }

    /** The datasets listed, the largest first and with their stored size, which is looked up in the chunk indexes. */
    private List<DatasetFinding> measure() {
        List<DatasetFinding> findings = new ArrayList<>();
        for (Dataset dataset : datasets) {
            try {
                findings.add(DatasetFinding.of(dataset));
            } catch (H5Exception e) {
                remarks.add(report -> report.error(dataset.path().orElse(""), e));
            }
        }
        findings.sort(Comparator.comparingDouble(DatasetFinding::valueBytes).reversed());
        long chunks = MOST_CHUNKS;
        long together = 0;
        List<Integer> measured = new ArrayList<>();
        List<DatasetRequest> requests = new ArrayList<>();
        for (int i = 0; i < findings.size() && measured.size() < MOST_INDEXES; i++) {
            DatasetFinding finding = findings.get(i);
            if (finding.storage() instanceof DatasetStorage.Chunked && finding.chunks() <= chunks) {
                chunks -= (long) finding.chunks();
                together += (long) finding.chunks();
                measured.add(i);
                if (together <= MOST_TOGETHER) {
                    requests.add(DatasetRequest.of(finding.path()).named(Integer.toString(i)));
                }
            }
        }
        try {
            ReadPlan unused = file.explain(requests);
        } catch (H5Exception e) {
            // Said below, where each is read from what is here.
        }
        measured.forEach(i -> findings.set(i, findings.get(i).withStored(stored(findings.get(i)))));
        return findings;
    }

    /**
     * Returns the stored bytes of a dataset from its chunk index; empty when that cannot be read, which is
     * reported.
     */
    private OptionalLong stored(DatasetFinding finding) {
        try {
            return OptionalLong.of(file.dataset(finding.path()).storedBytes());
        } catch (H5Exception e) {
            remarks.add(report -> report.error(finding.path(), e));
            return OptionalLong.empty();
        }
    }
}
