// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Hyperslab;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The {@link WorkerLoop} of jHDF, on local files. */
final class JhdfWorker {
    private JhdfWorker() {}

    public static void main(String... arguments) throws IOException {
        new WorkerLoop(location -> new File(new HdfFile(Path.of(location)))).run();
    }

    private record File(HdfFile file) implements Opened {
        @Override
        public List<Object> read(List<String> requests) {
            return requests.stream().map(this::read).toList();
        }

        private Object read(String text) {
            DatasetRequest request = DatasetRequest.parse(text);
            Dataset dataset = file.getDatasetByPath(request.path());
            if (request.slices().isEmpty()) {
                return dataset.getData();
            }
            int[] shape = dataset.getDimensions();
            long[] offset = new long[shape.length];
            List<Hyperslab.Range> ranges = request.slices().get(0).ranges();
            for (int d = 0; d < ranges.size(); d++) {
                offset[d] = Objects.requireNonNull(ranges.get(d).start());
                shape[d] = (int) (Objects.requireNonNull(ranges.get(d).stop()) - offset[d]);
            }
            return dataset.getData(offset, shape);
        }

        @Override
        public double sum(List<?> results) {
            return results.stream().mapToDouble(File::sumOf).sum();
        }

        private static double sumOf(Object value) {
            if (value instanceof Number number) {
                return number.doubleValue();
            }
            double sum = 0;
            for (int i = 0; i < Array.getLength(value); i++) {
                sum += sumOf(Array.get(value, i));
            }
            return sum;
        }

        @Override
        public String remarks() {
            return "";
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
