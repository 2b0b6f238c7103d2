// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.internal.root.OpenFiles;
import io.h5coro.serve.internal.root.Roots;
import io.h5coro.serve.option.ServeLimits;
import io.h5coro.storage.StorageOptions;

/** What answers are made of. Thread-safe. */
public final class Service {
    private final Roots roots;
    private final OpenFiles files;
    private final ServeLimits limits;
    private final StorageOptions storage;
    private final Metrics metrics;
    private final Turns turns;
    private final SlowClients clients;

    /** Makes a service. */
    public Service(Roots roots, OpenFiles files, ServeLimits limits, StorageOptions storage) {
        this.roots = roots;
        this.files = files;
        this.limits = limits;
        this.storage = storage;
        this.turns = new Turns(limits.readers(), limits.time());
        this.clients = new SlowClients(limits.time().dividedBy(4), System::nanoTime);
        this.metrics = new Metrics(files, turns);
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

    /** Returns the watch over those who take their answers slowly. */
    SlowClients clients() {
        return clients;
    }

    /** Waits for a turn to read values, of which the answer lets go while it waits for its client. */
    Turns.Turn turn(Answer answer) {
        Turns.Turn turn = turns.take();
        answer.readsIn(turn);
        return turn;
    }
}
