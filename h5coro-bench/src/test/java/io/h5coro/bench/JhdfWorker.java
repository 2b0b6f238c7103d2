// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Hyperslab;
import io.jhdf.HdfFile;
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

        /**
         * Reads the whole and cuts: jHDF's own slices of chunked datasets are zeros in all chunks but the first (its
         * issue 727; 0.9.3 and 0.10.0).
         */
        private Object read(String text) {
            DatasetRequest request = DatasetRequest.parse(text);
            Object values = file.getDatasetByPath(request.path()).getData();
            return request.slices().isEmpty()
                    ? values
                    : cut(values, request.slices().get(0).ranges());
        }

        private static Object cut(Object values, List<Hyperslab.Range> ranges) {
            if (ranges.isEmpty()) {
                return values;
            }
            int start = Math.toIntExact(Objects.requireNonNull(ranges.get(0).start()));
            int stop = Math.toIntExact(Objects.requireNonNull(ranges.get(0).stop()));
            Object part = Array.newInstance(values.getClass().getComponentType(), stop - start);
            for (int i = start; i < stop; i++) {
                Object element = Array.get(values, i);
                Array.set(
                        part,
                        i - start,
                        element.getClass().isArray() ? cut(element, ranges.subList(1, ranges.size())) : element);
            }
            return part;
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
