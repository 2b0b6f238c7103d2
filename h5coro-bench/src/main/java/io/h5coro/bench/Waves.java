// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import io.h5coro.H5Coro;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.Storages;
import io.h5coro.storage.WaveRangeReader;
import java.nio.file.Path;
import java.util.List;

/**
 * Round trips of a task that wait for one another, counted on a local file that says it is far away.
 *
 * @param first opening and reading
 * @param second reading once more from the same open file
 */
record Waves(int first, int second) {
    static Waves of(Path file, Task task) throws StorageException {
        if (!task.parts().isEmpty()) {
            // Those of several files at once are for the tests: VirtualMappingsTest and others.
            return new Waves(0, 0);
        }
        RangeReader local = Storages.open(file.toUri(), io.h5coro.storage.StorageOptions.none());
        WaveRangeReader counting = new WaveRangeReader(new FarAway(local));
        try (H5Coro open = H5Coro.open(counting, ReadOptions.defaults())) {
            List<?> unused = ReadWorker.read(open, task.requests());
            int first = counting.waves();
            counting.reset();
            unused = ReadWorker.read(open, task.requests());
            return new Waves(first, counting.waves());
        }
    }

    private static final class FarAway extends ForwardingRangeReader {
        FarAway(RangeReader local) {
            super(local);
        }

        @Override
        public StorageProfile profile() {
            return StorageProfile.REMOTE;
        }
    }
}
