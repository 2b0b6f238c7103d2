// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.coordinate;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Coordinates that selections by value read, the last used ones, within a bound of elements. Thread-safe. */
public final class KeptCoordinates {
    /** 8 MB of doubles: the coordinates of most files. A longer one is read again for each selection. */
    private static final long MOST_ELEMENTS = 1 << 20;

    /** By path, the least recently used first. Guarded by this. */
    private final Map<String, Coordinate> kept = new LinkedHashMap<>(16, 0.75f, true);

    private long elements;

    /** Returns a coordinate that is still kept. */
    public synchronized Optional<Coordinate> find(String path) {
        return Optional.ofNullable(kept.get(path));
    }

    /** Keeps a coordinate, and lets go of others that have not been used for longest. */
    public synchronized void keep(String path, Coordinate coordinate) {
        if (coordinate.length() > MOST_ELEMENTS || kept.putIfAbsent(path, coordinate) != null) {
            return;
        }
        elements += coordinate.length();
        Iterator<Coordinate> oldest = kept.values().iterator();
        while (elements > MOST_ELEMENTS) {
            elements -= oldest.next().length();
            oldest.remove();
        }
    }
}
