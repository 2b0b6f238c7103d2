// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.machine.Machine;
import io.h5coro.storage.object.Proxy;
import io.h5coro.storage.object.ProxySettings;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntFunction;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Where transports live.
 *
 * @param machine has the clocks, and lets calls wait
 * @param threads makes threads for so many calls at once
 * @param timers ends the SDK's attempts; empty for the SDK's own
 * @param clients makes what sends the requests
 */
record Ground(
        Machine machine,
        IntFunction<ExecutorService> threads,
        Optional<ScheduledExecutorService> timers,
        Clients clients) {
    static final Ground OF_THIS_PROCESS =
            new Ground(Machine.ofThisProcess(), IoThreads::pool, Optional.empty(), ProxiedHttp::of);

    /** Makes the client below the SDK's. */
    @FunctionalInterface
    interface Clients {
        /**
         * Makes a client.
         *
         * @param proxy on the way to the server of the options; empty for none
         * @param settings name the proxies to other hosts
         */
        SdkHttpClient of(S3Options options, Optional<Proxy> proxy, ProxySettings settings) throws StorageException;
    }
}
