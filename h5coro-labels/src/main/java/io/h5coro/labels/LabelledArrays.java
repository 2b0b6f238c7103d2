// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.ReadPromise;
import io.h5coro.model.ReadStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Variables that are being read in one call, by name. Each is available as soon as its values are there. A failure
 * affects its own variable only. Thread-safe.
 */
public final class LabelledArrays {
    private final ReadPromise promise;
    private final Map<String, PlannedRead> reads;

    LabelledArrays(ReadPromise promise, Map<String, PlannedRead> reads) {
        this.promise = promise;
        this.reads = reads;
    }

    /**
     * Returns the names: that of a variable of the group that was picked from, the path of another one.
     *
     * @return in the order in which they were picked
     */
    public List<String> names() {
        return List.copyOf(reads.keySet());
    }

    /**
     * Returns a variable; blocks until its values are there, and decodes them. Each call decodes them anew.
     *
     * @throws IllegalArgumentException when no variable has that name
     * @throws io.h5coro.error.H5Exception when it cannot be read or decoded exactly
     */
    public LabelledArray get(String name) {
        PlannedRead read = reads.get(name);
        if (read == null) {
            throw new IllegalArgumentException("no variable '" + name + "' was picked; there are " + names());
        }
        return read.finish(promise.get(name));
    }

    /**
     * Returns all variables by name; blocks.
     *
     * @throws io.h5coro.error.H5Exception when one cannot be read or decoded exactly
     */
    public Map<String, LabelledArray> all() {
        Map<String, LabelledArray> all = new LinkedHashMap<>();
        names().forEach(name -> all.put(name, get(name)));
        return all;
    }

    /** Returns what the read has cost so far. */
    public ReadStatistics statistics() {
        return promise.statistics();
    }

    /** Returns the names. */
    @Override
    public String toString() {
        return "arrays " + names();
    }
}
