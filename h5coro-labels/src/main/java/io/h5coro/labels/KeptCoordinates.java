// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Coordinates that selections by value read, the last used ones, within a bound of elements. Thread-safe. */
final class KeptCoordinates {
    /** 8 MB of doubles: the coordinates of most files. A longer one is read again for each selection. */
    private static final long MOST_ELEMENTS = 1 << 20;

    /** By path, the least recently used first. Guarded by this. */
    private final Map<String, Coordinate> kept = new LinkedHashMap<>(16, 0.75f, true);

    private long elements;

    synchronized Optional<Coordinate> find(String path) {
        return Optional.ofNullable(kept.get(path));
    }

    synchronized void keep(String path, Coordinate coordinate) {
        if (coordinate.length() > MOST_ELEMENTS || kept.putIfAbsent(path, coordinate) != null) {
            return;
        }
        elements += coordinate.length();
        while (elements > MOST_ELEMENTS) {
            String oldest = kept.keySet().iterator().next();
            elements -= kept.remove(oldest).length();
        }
    }
}
