// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ObjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values of datasets, or of parts of them, that will be wanted one after another. Many are read at a time, so that
 * their ranges are planned together. Holds at most one batch. Confined to one thread.
 */
final class ReadAhead {
    /** Bytes of values in one batch, and the size past which a dataset is read in blocks instead. */
    static final long BATCH_BYTES = 32L << 20;

    /** More datasets in one batch would hold back the first one's values for too long. */
    private static final int BATCH_DATASETS = 512;

    /*
     * Datasets a, b and c of 20, 10 and 8 MiB are expected in this order:
     *   read(a)  is not in a batch: a batch is started at a, and takes b; with c it had more than 32 MiB
     *   read(b)  is in the batch
     *   read(c)  is not: the next batch is started at c
     *   read(x)  was not expected: it is read by itself, and the batch stays
     */

    private final H5Coro file;
    /** What was expected last, in its order. */
    private List<Part> wanted = List.of();
    /** Index in {@link #wanted} of the first mention of each. */
    private final Map<Key, Integer> places = new HashMap<>();
    /** The reads under way; null when all of their values were given. */
    private @Nullable ReadPromise batch;
    /** Names in {@link #batch} of those whose values were not given yet. */
    private final Map<Key, String> inBatch = new HashMap<>();

    /**
     * A dataset, or a part of one.
     *
     * @param slab empty for all of it
     * @param bytes that its values take, without what is of variable length
     */
    record Part(Dataset dataset, Optional<Hyperslab> slab, long bytes) {
        /** All of a dataset; too much when its header cannot be read, which is said when its turn comes. */
        static Part whole(Dataset dataset) {
            try {
                return new Part(dataset, Optional.empty(), ReadAhead.bytes(dataset));
            } catch (H5Exception e) {
                return new Part(dataset, Optional.empty(), Long.MAX_VALUE);
            }
        }

        private Key key() {
            return new Key(dataset.id(), slab);
        }

        private DatasetRequest request() {
            return slab.map(dataset::request).orElseGet(dataset::request);
        }
    }

    private record Key(ObjectId object, Optional<Hyperslab> slab) {}

    ReadAhead(H5Coro file) {
        this.file = file;
    }

    /** Says what will be wanted, in that order. */
    void expect(List<Part> parts) {
        wanted = new ArrayList<>(parts);
        places.clear();
        for (int i = 0; i < wanted.size(); i++) {
            places.putIfAbsent(wanted.get(i).key(), i);
        }
    }

    /** Starts the first batch before anything of it is asked for. */
    void begin() {
        if (!wanted.isEmpty()) {
            start(0);
        }
    }

    /** Bytes that the values of a dataset take, without what is of variable length. */
    static long bytes(Dataset dataset) {
        try {
            return Math.multiplyExact(
                    dataset.dataspace().elementCount(), (long) dataset.type().size());
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Returns all values of a dataset; waits for them. */
    H5Array read(Dataset dataset) {
        return read(new Key(dataset.id(), Optional.empty())).orElseGet(dataset::read);
    }

    /** Returns a part of the values of a dataset; waits for them. */
    H5Array read(Dataset dataset, Hyperslab slab) {
        return read(new Key(dataset.id(), Optional.of(slab))).orElseGet(() -> dataset.read(slab));
    }

    /** Empty for what was not expected, or too large for a batch. */
    private Optional<H5Array> read(Key key) {
        if (!inBatch.containsKey(key)) {
            Integer place = places.get(key);
            if (place == null) {
                return Optional.empty();
            }
            start(place);
        }
        String name = inBatch.remove(key);
        ReadPromise promise = batch;
        if (name == null || promise == null) {
            return Optional.empty();
        }
        H5Array values = promise.get(name);
        if (inBatch.isEmpty()) {
            batch = null;
        }
        return Optional.of(values);
    }

    private void start(int first) {
        List<DatasetRequest> requests = new ArrayList<>();
        inBatch.clear();
        long bytes = 0;
        for (int i = first; i < wanted.size() && requests.size() < BATCH_DATASETS; i++) {
            Part part = wanted.get(i);
            if (part.bytes() > BATCH_BYTES) {
                continue;
            }
            bytes += part.bytes();
            if (bytes > BATCH_BYTES && !requests.isEmpty()) {
                break;
            }
            String name = Integer.toString(i);
            if (inBatch.putIfAbsent(part.key(), name) == null) {
                requests.add(part.request().named(name));
            }
        }
        batch = file.readDatasets(requests);
    }
}
