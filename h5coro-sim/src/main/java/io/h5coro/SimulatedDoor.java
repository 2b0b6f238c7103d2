// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.file.Means;
import io.h5coro.internal.file.SharedResources;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.SiblingFiles;
import java.util.List;

/** The front door on another machine than this process's. */
public final class SimulatedDoor {
    private SimulatedDoor() {}

    /**
     * Opens a file; blocks.
     *
     * @param shared has the machine
     */
    public static H5Coro open(
            String location, SiblingFiles.Opener opener, ReadOptions options, SharedResources shared) {
        return H5Coro.known(location, opener, new Means(options, FilterRegistry.installed(), shared));
    }

    /** A series of files. */
    public static FileSeries series(
            List<String> locations, List<DatasetRequest> requests, FileSeries.Options options, SharedResources shared) {
        return new FileSeries(
                locations, file -> requests, options, new Means(options.read(), FilterRegistry.installed(), shared));
    }

    /** The canonical bytes of each element. */
    public static List<byte[]> elements(H5Array array) {
        return CanonicalBytes.elements(array);
    }
}
