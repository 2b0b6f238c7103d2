// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to read: a dataset, slices of it, or an attribute; and the name under which the result is found. Immutable.
 *
 * <p>Several slices of one request give one array: they are put one behind the other along the first dimension, so they
 * agree in the lengths of all others. Slices that do not are separate requests of one path under different names; they
 * are planned together all the same.
 *
 * @param name the key of the result in its {@code ReadPromise}
 * @param path absolute path of the object, or of an attribute as "object path/attribute name" when there is no object
 *     of that path
 * @param attribute name of an attribute of the object; null for the object's own values
 * @param slices what is read of it; empty for everything
 * @param target the object itself, where a handle made the request: the path is then only what messages call it; null
 *     when the path is to be resolved
 */
public record DatasetRequest(
        String name,
        String path,
        @Nullable String attribute,
        List<Hyperslab> slices,
        @Nullable RequestTarget target) {
    /**
     * Normalizes the path and copies the list.
     *
     * @throws IllegalArgumentException when the path or the name is empty
     */
    public DatasetRequest {
        if (path.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a request has a path and a name");
        }
        path = target != null || path.startsWith("/") ? path : "/" + path;
        slices = List.copyOf(slices);
    }

    /** A request whose path is to be resolved. */
    public DatasetRequest(String name, String path, @Nullable String attribute, List<Hyperslab> slices) {
        this(name, path, attribute, slices, null);
    }

    /** A whole dataset, or slices of it; the path as given is its name. Nothing in the path is taken for a slice. */
    public static DatasetRequest of(String path, Hyperslab... slices) {
        return new DatasetRequest(path, path, null, List.of(slices));
    }

    /** An attribute; its name is "path@attribute". */
    public static DatasetRequest attribute(String path, String attribute) {
        return new DatasetRequest(path + "@" + attribute, path, attribute, List.of());
    }

    /**
     * Reads the text form: a path, and slices in brackets behind it, such as "/gt1l/heights/h_ph[503000:903000]" or
     * "/a[0:10][20:30]". The text is the name. A path that itself ends in brackets needs {@link #of}.
     *
     * @throws IllegalArgumentException when what is in brackets is no slice
     */
    public static DatasetRequest parse(String text) {
        String path = text;
        java.util.ArrayDeque<Hyperslab> slices = new java.util.ArrayDeque<>();
        while (path.endsWith("]")) {
            int open = path.lastIndexOf('[');
            if (open <= 0) {
                break;
            }
            slices.addFirst(Hyperslab.parse(path.substring(open)));
            path = path.substring(0, open);
        }
        return new DatasetRequest(text, path, null, List.copyOf(slices));
    }

    /** The same request under another name. */
    public DatasetRequest named(String other) {
        return new DatasetRequest(other, path, attribute, slices, target);
    }
}
