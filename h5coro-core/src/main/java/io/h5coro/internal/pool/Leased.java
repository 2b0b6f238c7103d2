// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.pool;

/** One entry of a {@link LeasePool}, as its users hold it. The pool's, under its lock, but for the item. */
public final class Leased<T extends LeasePool.Item> {
    private final String name;
    private final T item;
    private final long since;

    int users;
    long lastUsed;

    Leased(String name, T item, long since) {
        this.name = name;
        this.item = item;
        this.since = since;
        this.lastUsed = since;
    }

    String name() {
        return name;
    }

    long since() {
        return since;
    }

    /** Returns what is shared. */
    public T item() {
        return item;
    }
}
