// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.StorageProvider;
import io.h5coro.storage.machine.Machine;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;

/** S3 on another machine than this process's, over a client below the SDK's that is not Apache's. */
public final class SimulatedS3 {
    private SimulatedS3() {}

    /**
     * Makes a provider whose readers share clients among themselves only. Neither properties nor environment nor files
     * of the process count.
     *
     * @param timers ends attempts; runs a task on the machine
     * @param http makes a client for the options of readers
     */
    public static StorageProvider provider(
            Machine machine, ScheduledExecutorService timers, Function<S3Options, SdkHttpClient> http) {
        S3Surroundings nothing = new S3Surroundings(
                name -> null, name -> null, () -> ProfileFile.aggregator().build());
        Ground ground = new Ground(
                machine,
                width -> machine.threads("h5coro-s3-", width, Machine.IDLE),
                Optional.of(timers),
                (options, proxy, settings) -> http.apply(options));
        return new S3StorageProvider(new S3Transports(nothing, ground));
    }
}
