// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Which file an address is meant in: a file that was opened, or one that it names in external links, virtual datasets
 * or references. Keeps nothing open, so it outlives the file it came from. Immutable; two are equal when their sources
 * are.
 */
public final class FileId {
    private final String opened;
    private final List<String> names;
    private final String source;

    private FileId(String opened, List<String> names, String source) {
        this.opened = opened;
        this.names = names;
        this.source = source;
    }

    /**
     * A file that a caller opened.
     *
     * @param source what messages call it
     */
    public static FileId opened(String source) {
        return new FileId(source, List.of(), source);
    }

    /**
     * A file that this one names.
     *
     * @param name as this file states it
     * @param of what messages call it
     */
    public FileId named(String name, String of) {
        List<String> all = new ArrayList<>(names);
        all.add(name);
        return new FileId(opened, List.copyOf(all), of);
    }

    /** The source of the file that a caller opened and that led to this one. */
    public String opened() {
        return opened;
    }

    /** The names that lead from that file to this one, each as the file before states it; none for that file itself. */
    public List<String> names() {
        return names;
    }

    /** What messages call the file. */
    public String source() {
        return source;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileId id && id.source.equals(source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    /** The source. */
    @Override
    public String toString() {
        return source;
    }
}
