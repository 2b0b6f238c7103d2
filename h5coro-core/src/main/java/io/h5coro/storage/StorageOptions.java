// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Options for storage providers: text properties, and objects of a provider's own option types. Immutable.
 *
 * <p>Values can be secrets, so {@link #toString()} shows keys only.
 */
public final class StorageOptions {
    /**
     * The text property that has readers trust the size of an object alone, {@code true} or {@code false}: for servers
     * that refuse conditions or give one object several versions. What is read is a mixture if the object is replaced
     * meanwhile by one of the same size. Local files are compared by their state all the same.
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

    /** No options: every provider uses its defaults. */
    public static StorageOptions none() {
        return NONE;
    }

    /** These options and a text property, such as a key of h5coro's credential map. */
    public StorageOptions with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(key, value);
        return new StorageOptions(Map.copyOf(more), objects);
    }

    /** These options and all text properties of a map. */
    public StorageOptions withAll(Map<String, String> values) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.putAll(values);
        return new StorageOptions(Map.copyOf(more), objects);
    }

    /** These options and an object of a provider's option type (replacing one of the same type). */
    public <T> StorageOptions with(Class<T> type, T value) {
        Map<Class<?>, Object> more = new LinkedHashMap<>(objects);
        more.put(type, type.cast(value));
        return new StorageOptions(properties, Map.copyOf(more));
    }

    /** A text property. */
    public Optional<String> property(String key) {
        return Optional.ofNullable(properties.get(key));
    }

    /**
     * Returns the property {@value #ALLOW_CHANGING}; false unless set.
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

    /** All text properties; unmodifiable. */
    public Map<String, String> properties() {
        return properties;
    }

    /** The object of a provider's option type. */
    public <T> Optional<T> object(Class<T> type) {
        return Optional.ofNullable(objects.get(type)).map(type::cast);
    }

    @Override
    public String toString() {
        return "StorageOptions" + properties.keySet() + objects.keySet();
    }
}
