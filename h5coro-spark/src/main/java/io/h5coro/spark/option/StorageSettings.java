// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.option;

import io.h5coro.storage.StorageOptions;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Options of the storage, credentials among them, on their way to executors. Immutable. Its text has the names only:
 * plans, event logs and messages are made of texts.
 */
public final class StorageSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> properties;

    /** Copies properties of {@link StorageOptions}. */
    public StorageSettings(Map<String, String> properties) {
        this.properties = new TreeMap<>(properties);
    }

    /** Returns what the storage is opened with. */
    public StorageOptions toOptions() {
        return AssumedRole.in(properties).orElseGet(() -> StorageOptions.none().withAll(properties));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StorageSettings settings && properties.equals(settings.properties);
    }

    @Override
    public int hashCode() {
        return properties.hashCode();
    }

    @Override
    public String toString() {
        return "storage options " + new TreeSet<>(properties.keySet());
    }
}
