// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Identifies a file: one that was opened, or one that it names in external links, virtual datasets or references.
 * Addresses are only meaningful together with it. Immutable; holds nothing open, so it outlives the file it came from.
 * Two are equal when their sources are.
 *
 * <pre>{@code
 * FileId id = file.dataset("/gt1l/heights/h_ph").file();
 * System.out.println(id.equals(file.root().file()));
 * }</pre>
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
     * Identifies a file that a caller opened.
     *
     * @param source the file's name in messages, without secrets
     */
    public static FileId opened(String source) {
        return new FileId(source, List.of(), source);
    }

    /**
     * Identifies a file that this one names.
     *
     * @param name the name as this file states it
     * @param of the named file's name in messages, without secrets
     */
    public FileId named(String name, String of) {
        List<String> all = new ArrayList<>(names);
        all.add(name);
        return new FileId(opened, List.copyOf(all), of);
    }

    /** Returns the source of the opened file that led to this one. */
    public String opened() {
        return opened;
    }

    /**
     * Returns the names that lead from the opened file to this one, each as the previous file states it.
     *
     * @return unmodifiable; empty for the opened file itself
     */
    public List<String> names() {
        return names;
    }

    /** Returns the file's name in messages. */
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

    /** Returns the source. */
    @Override
    public String toString() {
        return source;
    }
}
