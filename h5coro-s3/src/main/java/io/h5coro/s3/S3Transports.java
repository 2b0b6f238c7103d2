// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.StorageException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The transports in use, one for equal options: a thousand open objects share one pool of connections. Thread-safe.
 *
 * <p>A transport lives while a reader uses it; with the last reader its connections and threads end.
 */
final class S3Transports {
    /**
     * The transports of the process. This is the only static state, and it cannot be avoided:
     * {@link java.util.ServiceLoader} makes a provider for each look-up, so what providers share cannot belong to one
     * of them. It is empty when no reader is open.
     */
    private static final S3Transports OF_PROCESS = new S3Transports(S3Surroundings.ofProcess());

    private final S3Surroundings surroundings;
    private final Ground ground;

    /** Invariant: a transport is in the map exactly while its count of users is positive. */
    @GuardedBy("this")
    private final Map<S3Options, Shared> shared = new HashMap<>();

    S3Transports(S3Surroundings surroundings) {
        this(surroundings, Ground.OF_THIS_PROCESS);
    }

    S3Transports(S3Surroundings surroundings, Ground ground) {
        this.surroundings = surroundings;
        this.ground = ground;
    }

    static S3Transports ofProcess() {
        return OF_PROCESS;
    }

    /** A transport for these options; {@link #release} it once. */
    synchronized S3Transport acquire(S3Options options) throws StorageException {
        @Nullable Shared found = shared.get(options);
        if (found == null) {
            found = new Shared(S3Transport.open(options, surroundings, ground));
            shared.put(options, found);
        }
        found.users++;
        return found.transport;
    }

    /**
     * Ends one use; the last one closes the transport, outside of the lock, since closing may take time. A
     * transport that is not in the map any more was closed, and nothing happens.
     */
    void release(S3Transport transport) {
        synchronized (this) {
            @Nullable Shared found = shared.get(transport.options());
            if (found == null || found.transport != transport || --found.users > 0) {
                return;
            }
            shared.remove(transport.options());
        }
        transport.close();
    }

    /** How many transports are in use. */
    synchronized int size() {
        return shared.size();
    }

    private static final class Shared {
        private final S3Transport transport;
        /** Readers that have acquired and not released it; guarded by the lock of the enclosing object. */
        private int users;

        Shared(S3Transport transport) {
            this.transport = transport;
        }
    }
}
