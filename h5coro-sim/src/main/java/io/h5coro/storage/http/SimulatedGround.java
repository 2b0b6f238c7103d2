// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.machine.Machine;
import java.net.http.HttpClient;
import java.util.function.Supplier;

/** Opens the door by which a simulation hands its machine and its client to the HTTP storage. */
public final class SimulatedGround {
    private SimulatedGround() {}

    /**
     * Lets readers with these options run on another machine, with another client.
     *
     * @param http makes the client that all readers with these options share
     */
    public static HttpOptions.Builder of(HttpOptions.Builder options, Machine machine, Supplier<HttpClient> http) {
        return options.ground(new SharedClient.Ground(machine, builder -> http.get()));
    }
}
