// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.StorageOptions;
import java.io.IOException;
import java.util.List;

/**
 * The {@link WorkerLoop} of this project's reader. Arguments: {@code threads=N}, and {@code endpoint=URI} for s3
 * locations.
 */
final class ReadWorker {
    private ReadWorker() {}

    /** Starts the loop. */
    public static void main(String... arguments) throws IOException {
        ReadOptions.Builder options = ReadOptions.builder();
        StorageOptions storage = StorageOptions.none();
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("threads=")) {
                options.decodeThreads(Integer.parseInt(value));
            } else if (argument.startsWith("endpoint=")) {
                storage = storage.with("endpoint", value).with("anon", "true").with("region", "us-east-1");
            }
        }
        ReadOptions built = options.build();
        StorageOptions place = storage;
        new WorkerLoop(location -> new File(H5Coro.open(location, built, place))).run();
    }

    private record File(H5Coro file) implements Opened {
        @Override
        public List<H5Array> read(List<String> requests) {
            ReadPromise promise = file.readDatasets(
                    requests.stream().map(DatasetRequest::parse).toList());
            return requests.stream().map(promise::get).toList();
        }

        @Override
        public double sum(List<?> results) {
            double sum = 0;
            for (Object result : results) {
                H5Array array = (H5Array) result;
                for (int i = 0; i < array.length(); i++) {
                    sum += array.getDouble(i);
                }
            }
            return sum;
        }

        /** {@code wanted=… metadata=requests/bytes}. */
        @Override
        public String remarks() {
            var s = file.statistics();
            return "wanted=" + s.bytesWanted() + " metadata=" + s.metadataRequests() + "/" + s.metadataBytes();
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
