// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.stored;

import io.h5coro.Attribute;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.ReadPromise;
import io.h5coro.error.H5Exception;
import io.h5coro.error.Where;
import io.h5coro.labels.cf.Attributes;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.SequenceType;
import io.h5coro.model.StringType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The attributes of one object. Values of variable length lie elsewhere in the file; {@link #fetch} reads those of many
 * objects together. Thread-safe.
 */
public final class ObjectAttributes implements Attributes {
    private final H5Object object;
    private final String path;
    private final Map<String, Attribute> byName = new LinkedHashMap<>();
    private final Map<String, H5Array> fetched = new ConcurrentHashMap<>();
    private final Map<String, H5Exception> failed = new ConcurrentHashMap<>();

    /** Takes what a walk has met; nothing is read. */
    public ObjectAttributes(H5Object object, String path, List<Attribute> attributes) {
        this.object = object;
        this.path = path;
        for (Attribute attribute : attributes) {
            byName.putIfAbsent(attribute.name(), attribute);
        }
    }

    /** Returns the names, in the order of the file. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    @Override
    public Where where() {
        return Where.object(object.file().source(), path);
    }

    @Override
    public Optional<H5Array> values(String name) {
        Attribute attribute = byName.get(name);
        if (attribute == null) {
            return Optional.empty();
        }
        H5Exception failure = failed.get(name);
        if (failure != null) {
            throw failure;
        }
        return Optional.of(fetched.computeIfAbsent(name, n -> attribute.read()));
    }

    /**
     * Reads the attributes whose values lie elsewhere, of all objects in one call. What fails is said when its value is
     * asked for.
     */
    public static void fetch(H5Coro file, List<ObjectAttributes> objects, Predicate<String> wanted) {
        List<DatasetRequest> requests = new ArrayList<>();
        List<Runnable> deliveries = new ArrayList<>();
        ReadPromise[] promise = new ReadPromise[1];
        for (ObjectAttributes attributes : objects) {
            for (String name : attributes.elsewhere(wanted)) {
                String key = Integer.toString(requests.size());
                requests.add(attributes.object.attributeRequest(name).named(key));
                deliveries.add(() -> attributes.deliver(promise[0], key, name));
            }
        }
        if (!requests.isEmpty()) {
            promise[0] = file.readDatasets(requests);
            deliveries.forEach(Runnable::run);
        }
    }

    private void deliver(ReadPromise promise, String key, String name) {
        try {
            fetched.put(name, promise.get(key));
        } catch (H5Exception e) {
            failed.put(name, e);
        }
    }

    private List<String> elsewhere(Predicate<String> wanted) {
        return byName.values().stream()
                .filter(attribute -> attribute.failure().isEmpty() && isElsewhere(attribute.type()))
                .map(Attribute::name)
                .filter(name -> wanted.test(name) && !fetched.containsKey(name))
                .toList();
    }

    private static boolean isElsewhere(ElementType type) {
        return type instanceof SequenceType
                || (type instanceof StringType text && text.variable())
                || (type instanceof CompoundType compound
                        && compound.members().stream().anyMatch(member -> isElsewhere(member.type())));
    }
}
