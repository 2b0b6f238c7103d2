// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.model.FileInfo;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.StorageProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the metadata of a file lie, and what is to be said of it.
 *
 * @param info what the superblock says
 * @param sizeBytes size of the file
 * @param cost what opening and listing everything has cost
 * @param regions different regions of {@link WatchedReader#REGION_BYTES} that were read for it
 * @param profile what requests cost
 */
record FileFinding(FileInfo info, long sizeBytes, ReadStatistics cost, int regions, StorageProfile profile) {
    /** H5F_FSPACE_STRATEGY_PAGE. */
    private static final int PAGED = 1;

    /** The page that gathers metadata: it transfers in 50 ms at 90 MB/s, about the latency of a request. */
    private static final long PAGE_BYTES = 4 << 20;

    /** Fewer waves cannot be had by another layout: the open, and what it points to. */
    private static final int FEW_WAVES = 2;

    /** One line: versions and how space is managed. */
    String format() {
        String space = isPaged()
                ? "pages of " + PlanText.bytes(info.fileSpace().pageBytes())
                : "metadata and data aggregated, no pages";
        return "superblock " + info.superblockVersion()
                + (info.superblockVersion() < 2 ? " (libver earliest)" : "")
                + ", " + space;
    }

    /** Returns whether space is managed in pages. */
    boolean isPaged() {
        return info.fileSpace().strategy() == PAGED;
    }

    private ReadPlan.Metadata listing() {
        return new ReadPlan.Metadata(cost.metadataRequests(), cost.metadataBytes(), cost.metadataWaves());
    }

    private ReadPlan.Conditions conditions() {
        return new ReadPlan.Conditions(
                Duration.ofNanos(profile.firstByteMicros() * 1000), profile.bytesPerSecond(), profile.connections());
    }

    /** One line: what listing all costs. */
    String metadata() {
        long all = Math.max(1, (sizeBytes + WatchedReader.REGION_BYTES - 1) / WatchedReader.REGION_BYTES);
        return String.format(
                Locale.ROOT,
                "to list everything, level by level: %s, %s, %s, %d of %s of 1 MiB: about %.2f s at %d ms and %d MB/s",
                PlanText.count(cost.metadataRequests(), "request"),
                PlanText.bytes(cost.metadataBytes()),
                PlanText.waves(cost.metadataWaves()),
                regions,
                PlanText.count(all, "region"),
                PlanText.seconds(listing().time(conditions())),
                profile.firstByteMicros() / 1000,
                profile.bytesPerSecond() / 1_000_000);
    }

    /**
     * One line for each thing that another layout would make better.
     *
     * @param others whether repacking is advised for a dataset
     */
    List<String> advice(boolean others) {
        List<String> advice = new ArrayList<>();
        String nothing = others ? "" : ": repacking gains nothing";
        if (sizeBytes <= WatchedReader.REGION_BYTES) {
            advice.add("the whole file comes with the first request or two" + nothing);
            return advice;
        }
        if (cost.metadataWaves() <= FEW_WAVES) {
            advice.add("metadata stand together" + nothing);
            return advice;
        }
        if (!isPaged()) {
            // No more metadata than were fetched now, in whole pages, all of them known after the open.
            long pages = Math.max(1, (cost.metadataBytes() + PAGE_BYTES - 1) / PAGE_BYTES);
            ReadPlan.Metadata after = new ReadPlan.Metadata(1 + pages, (1 + pages) * PAGE_BYTES, FEW_WAVES);
            advice.add(String.format(
                    Locale.ROOT,
                    "metadata are spread: h5repack -S PAGE -G %d gathers them in at most %s: about %.2f s instead of "
                            + "%.2f s",
                    PAGE_BYTES,
                    PlanText.count(pages, "page"),
                    PlanText.seconds(after.time(conditions())),
                    PlanText.seconds(listing().time(conditions()))));
        } else if (info.fileSpace().pageBytes() < WatchedReader.REGION_BYTES) {
            advice.add("pages are small: h5repack -S PAGE -G " + PAGE_BYTES + " gathers metadata in fewer places");
        }
        return advice;
    }
}
