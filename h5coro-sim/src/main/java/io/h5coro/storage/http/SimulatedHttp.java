// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.machine.Machine;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** HTTP on another machine than this process's, over a client that is not the JDK's. */
public final class SimulatedHttp {
    private SimulatedHttp() {}

    /**
     * Sets where readers live.
     *
     * @param making makes a client that hears on an executor
     */
    public static HttpOptions.Builder on(
            HttpOptions.Builder options, Machine machine, Function<Executor, HttpClient> making) {
        return on(options, machine, making, 0);
    }

    /**
     * The same with threads that wait for answers.
     *
     * @param mostWaiting how many; the client then also sends synchronously
     */
    public static HttpOptions.Builder on(
            HttpOptions.Builder options, Machine machine, Function<Executor, HttpClient> making, int mostWaiting) {
        return options.ground(
                new SharedClient.Ground(machine, builder -> making.apply(executor(machine)), mostWaiting));
    }

    private static Executor executor(Machine machine) {
        return machine.threads("http-client", Integer.MAX_VALUE, Machine.IDLE);
    }
}
