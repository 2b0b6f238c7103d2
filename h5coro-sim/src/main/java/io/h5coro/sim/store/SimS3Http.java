// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The client below the SDK's synchronous one, over a simulated store. Buckets are the first part of the path, and the
 * host does not matter. A thread that sends or reads waits on the machine.
 */
public final class SimS3Http implements SdkHttpClient {
    private final SimStore store;
    private final Machine machine;
    private final Duration socketTimeout;

    /**
     * Makes a client.
     *
     * @param socketTimeout how long no byte may come
     */
    public SimS3Http(SimStore store, Machine machine, Duration socketTimeout) {
        this.store = store;
        this.machine = machine;
        this.socketTimeout = socketTimeout;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new S3Exchange(store, machine, socketTimeout.toNanos(), request.httpRequest());
    }

    @Override
    public String clientName() {
        return "Simulated";
    }

    @Override
    public void close() {
        // Requests under way are ended by those who sent them.
    }
}
