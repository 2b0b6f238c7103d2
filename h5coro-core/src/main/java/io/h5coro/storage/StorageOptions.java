// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Options for storage providers: text properties, and objects of a provider's option type. Immutable. Values can be
 * secrets, so {@link #toString()} shows keys only.
 *
 * <pre>{@code
 * StorageOptions options = StorageOptions.none()
 *         .with("region", "us-west-2")
 *         .with(HttpOptions.class, HttpOptions.builder().retries(3).build());
 * }</pre>
 */
public final class StorageOptions {
    /**
     * The name of the text property that makes readers compare only the size of an object, {@code true} or
     * {@code false}. Default: {@code false}. It is for servers that refuse conditions or give one object several
     * versions. When the object is replaced by one of the same size during a read, old and new bytes are mixed
     * unnoticed. Local files are compared by their full state all the same.
     */
    public static final String ALLOW_CHANGING = "allow_changing";

    private static final Set<String> TRUE = Set.of("true", "1", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "0", "no", "off", "");

    private static final StorageOptions NONE = new StorageOptions(Map.of(), Map.of());

    private final Map<String, String> properties;
    private final Map<Class<?>, Object> objects;

    private StorageOptions(Map<String, String> properties, Map<Class<?>, Object> objects) {
        this.properties = properties;
        this.objects = objects;
    }

    /** Returns empty options: every provider uses its defaults. */
    public static StorageOptions none() {
        return NONE;
    }

    /**
     * Returns these options plus a text property, which replaces one of the same key.
     *
     * @param key such as a key of h5coro's credential map; each provider lists its keys
     */
    public StorageOptions with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(key, value);
        return new StorageOptions(Map.copyOf(more), objects);
    }

    /** Returns these options plus all text properties of a map. */
    public StorageOptions withAll(Map<String, String> values) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.putAll(values);
        return new StorageOptions(Map.copyOf(more), objects);
    }

    /** Returns these options plus an object of a provider's option type, which replaces one of the same type. */
    public <T> StorageOptions with(Class<T> type, T value) {
        Map<Class<?>, Object> more = new LinkedHashMap<>(objects);
        more.put(type, type.cast(value));
        return new StorageOptions(properties, Map.copyOf(more));
    }

    /** Returns the value of a text property; empty when it is not set. */
    public Optional<String> property(String key) {
        return Optional.ofNullable(properties.get(key));
    }

    /**
     * Returns the value of the property {@value #ALLOW_CHANGING}. Default: false.
     *
     * @throws StorageException of kind {@link StorageException.Kind#INVALID} when it is neither true nor false
     */
    public boolean allowsChanging() throws StorageException {
        String value = properties.getOrDefault(ALLOW_CHANGING, "").toLowerCase(Locale.ROOT);
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            throw new StorageException(
                    StorageException.Kind.INVALID, "the option " + ALLOW_CHANGING + " must be true or false");
        }
        return TRUE.contains(value);
    }

    /**
     * Returns all text properties.
     *
     * @return unmodifiable
     */
    public Map<String, String> properties() {
        return properties;
    }

    /** Returns the object of a provider's option type; empty when it is not set. */
    public <T> Optional<T> object(Class<T> type) {
        return Optional.ofNullable(objects.get(type)).map(type::cast);
    }

    @Override
    public String toString() {
        return "StorageOptions" + properties.keySet() + objects.keySet();
    }
}
