// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by their keys, in the order of their last use: what goes first when something has to. Its owner says when that
 * is, and keeps other threads out.
 *
 * @param <K> the keys
 * @param <V> the values
 */
final class UseOrder<K, V> {
    private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

    /** A value; null where there is none. */
    @Nullable
    V get(K key) {
        return values.get(key);
    }

    /** Whether there is a value; does not count as use. */
    boolean has(K key) {
        return values.containsKey(key);
    }

    /** Adds a value, and gives the one that was there. */
    @Nullable
    V put(K key, V value) {
        return values.put(key, value);
    }

    /** Forgets a value, unless there is another one by now. */
    boolean remove(K key, V value) {
        return values.remove(key, value);
    }

    int size() {
        return values.size();
    }

    void clear() {
        values.clear();
    }

    /** The values from the one on whose last use is longest ago; {@link Iterator#remove} forgets one. */
    Iterator<V> oldestFirst() {
        return values.values().iterator();
    }
}
