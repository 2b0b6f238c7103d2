// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.sim.store.SimStore;
import io.h5coro.storage.SignedUrls;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Signs addresses, and takes its time. Looks whether those who need the address of one location at once ask once.
 * Belongs to the strand that has the turn.
 */
final class Signers implements SignedUrls.Signer {
    private static final long SLOWEST_NANOS = 3_000_000_000L;

    private final SimMachine machine;
    private final SimStore store;
    private final Consumer<String> wrong;

    /** Locations that are being signed. */
    private final Set<String> underWay = new HashSet<>();

    /**
     * Signs nothing yet.
     *
     * @param wrong is told what is wrong
     */
    Signers(SimMachine machine, SimStore store, Consumer<String> wrong) {
        this.machine = machine;
        this.store = store;
        this.wrong = wrong;
    }

    @Override
    public URI sign(String location) {
        if (!underWay.add(location)) {
            wrong.accept("the signer is asked twice at once for " + location);
        }
        try {
            machine.sleep(Duration.ofNanos(Plan.some(machine.chance(), SLOWEST_NANOS)));
            return URI.create(location + "?X-Amz-Signature=" + store.keys().token());
        } finally {
            underWay.remove(location);
        }
    }
}
