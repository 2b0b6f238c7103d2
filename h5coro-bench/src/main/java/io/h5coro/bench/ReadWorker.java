// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.StringArray;
import io.h5coro.model.WalkOptions;
import io.h5coro.storage.StorageOptions;
import java.io.IOException;
import java.util.List;

/**
 * The {@link WorkerLoop} of this project's reader. Arguments: {@code threads=N}, and {@code endpoint=URI} for s3
 * locations.
 */
final class ReadWorker {
    private static final String WALK = "walk:";
    private static final String LIST = "list:";
    private static final String NAMES = "names:";
    private static final String FIELD = "field:";

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

    /** Does what a task says; gives arrays, and the number of objects where it walks or lists. */
    static List<?> read(H5Coro file, List<String> requests) {
        String first = requests.get(0);
        if (first.startsWith(WALK)) {
            return List.of(file.group(first.substring(WALK.length()))
                    .walk(WalkOptions.all().with(WalkOptions.Detail.ATTRIBUTES))
                    .mapToInt(member -> 1)
                    .sum());
        }
        if (first.startsWith(LIST)) {
            return List.of(file.list(first.substring(LIST.length())).variables().size());
        }
        if (first.startsWith(NAMES)) {
            return List.of(file.group(first.substring(NAMES.length())).links().size());
        }
        List<DatasetRequest> parsed = requests.stream().map(ReadWorker::request).toList();
        ReadPromise promise = file.readDatasets(parsed);
        return parsed.stream().map(request -> promise.get(request.name())).toList();
    }

    /** A request as {@link DatasetRequest#parse} takes it, or {@code field:NAME:} and such a one. */
    private static DatasetRequest request(String text) {
        if (!text.startsWith(FIELD)) {
            return DatasetRequest.parse(text);
        }
        int end = text.indexOf(':', FIELD.length());
        return DatasetRequest.parse(text.substring(end + 1)).ofField(text.substring(FIELD.length(), end));
    }

    private record File(H5Coro file) implements Opened {
        @Override
        public List<?> read(List<String> requests) {
            return ReadWorker.read(file, requests);
        }

        @Override
        public double sum(List<?> results) {
            double sum = 0;
            for (Object result : results) {
                sum += result instanceof H5Array array ? sum(array) : ((Integer) result).doubleValue();
            }
            return sum;
        }

        /** Of numbers; of texts the sum of their lengths. */
        private static double sum(H5Array array) {
            double sum = 0;
            for (int i = 0; i < array.length(); i++) {
                sum += array instanceof StringArray texts ? texts.textBytes(i).length : array.getDouble(i);
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
