// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.internal.root.OpenFiles;
import io.h5coro.serve.internal.root.Roots;
import io.h5coro.serve.internal.wire.WireException;
import io.h5coro.serve.option.ServeLimits;
import io.h5coro.storage.StorageOptions;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What answers are made of. Thread-safe. */
public final class Service {
    private final Roots roots;
    private final OpenFiles files;
    private final ServeLimits limits;
    private final StorageOptions storage;
    private final Metrics metrics;
    private final Semaphore readers;

    /** Makes a service. */
    public Service(Roots roots, OpenFiles files, ServeLimits limits, StorageOptions storage) {
        this.roots = roots;
        this.files = files;
        this.limits = limits;
        this.storage = storage;
        this.metrics = new Metrics(files);
        this.readers = new Semaphore(limits.readers(), true);
    }

    Roots roots() {
        return roots;
    }

    OpenFiles files() {
        return files;
    }

    ServeLimits limits() {
        return limits;
    }

    StorageOptions storage() {
        return storage;
    }

    /** Returns what it counts. */
    public Metrics metrics() {
        return metrics;
    }

    /** Waits until there is room for one more request that reads values; {@link #leave} gives the room back. */
    void enter() {
        try {
            if (!readers.tryAcquire(limits.time().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new WireException(429, "too many requests read at the same time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WireException(429, "the server is being closed");
        }
    }

    void leave() {
        readers.release();
    }
}
