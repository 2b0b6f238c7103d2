// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.nwb;

import io.h5coro.H5Coro;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.labels.stored.ObjectAttributes;
import io.h5coro.labels.stored.Subtree;
import java.util.List;
import java.util.Set;

/**
 * A view of a file of Neurodata Without Borders (NWB): series of values over time, and tables. Immutable, thread-safe.
 *
 * <pre>{@code
 * try (H5Coro file = H5Coro.open("s3://bucket/session.nwb")) {
 *     Nwb nwb = Nwb.open(file);
 *     NwbSeries.Samples licks = nwb.acquisition("lick_times").read();
 *     NwbColumn spikes = nwb.units().read("spike_times").column("spike_times");
 *     double[] ofFirstUnit = spikes.get(0).toDoubles();
 * }
 * }</pre>
 *
 * <p>The view reads through the file that it was opened on, and ends with it.
 */
public final class Nwb {
    private final H5Coro file;
    private final String version;

    private Nwb(H5Coro file, String version) {
        this.file = file;
        this.version = version;
    }

    /**
     * Opens the view of a file; blocks.
     *
     * @throws UnsupportedFeatureException when the file is none of NWB 2
     */
    public static Nwb open(H5Coro file) {
        Set<String> names = Set.of("nwb_version");
        ObjectAttributes root = Subtree.read(file, "/", 0, names).attributes("");
        String version = root.text("nwb_version").orElse("");
        if (!version.startsWith("2")) {
            throw new UnsupportedFeatureException(
                    Where.source(file.reader().source()),
                    version.isEmpty() ? "a file without nwb_version as NWB" : "NWB of version " + version);
        }
        return new Nwb(file, version);
    }

    /** Returns the version of the format, such as "2.8.0". */
    public String version() {
        return version;
    }

    /** Returns the names of what was acquired, in the order of the names; blocks. */
    public List<String> acquisitions() {
        return Subtree.read(file, "/acquisition", 1, Set.of()).members();
    }

    /**
     * Returns a series that was acquired; blocks.
     *
     * @throws io.h5coro.error.NotFoundException when there is none of that name
     * @throws io.h5coro.error.MalformedFileException when it is no series
     */
    public NwbSeries acquisition(String name) {
        return series("/acquisition/" + name);
    }

    /**
     * Returns a series; blocks.
     *
     * @param path such as "/processing/behavior/speed"
     * @throws io.h5coro.error.NotFoundException when there is no such group
     * @throws io.h5coro.error.MalformedFileException when it is no series
     */
    public NwbSeries series(String path) {
        return NwbSeries.open(file, path);
    }

    /**
     * Returns the table of the units; blocks.
     *
     * @throws io.h5coro.error.NotFoundException when there is none
     */
    public NwbTable units() {
        return table("/units");
    }

    /**
     * Returns the table of the electrodes outside of cells; blocks.
     *
     * @throws io.h5coro.error.NotFoundException when there is none
     */
    public NwbTable electrodes() {
        return table("/general/extracellular_ephys/electrodes");
    }

    /**
     * Returns the table of the trials; blocks.
     *
     * @throws io.h5coro.error.NotFoundException when there is none
     */
    public NwbTable trials() {
        return table("/intervals/trials");
    }

    /**
     * Returns a DynamicTable; blocks.
     *
     * @param path of its group
     * @throws io.h5coro.error.NotFoundException when there is no such group
     * @throws io.h5coro.error.MalformedFileException when it is no table
     */
    public NwbTable table(String path) {
        return NwbTable.open(file, path);
    }

    /** Returns format and version, such as "NWB 2.8.0". */
    @Override
    public String toString() {
        return "NWB " + version;
    }
}
