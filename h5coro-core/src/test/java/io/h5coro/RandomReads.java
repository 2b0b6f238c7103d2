// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IntegerType;
import io.h5coro.model.LongArray;
import io.h5coro.model.ReadOptions;
import io.h5coro.testdata.Fixtures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random slices of the numeric datasets of fixtures, and the values that they have: as a single thread read each
 * dataset whole, from memory, before (which other tests compare with what libhdf5 reads). Immutable.
 */
final class RandomReads {
    /** Fixtures of many layouts, indexes and filters; each file is one object. */
    static final List<String> FIXTURES = List.of(
            "sample_granule",
            "many_chunks_earliest",
            "many_chunks_v110",
            "chunk_indexes_earliest",
            "chunk_indexes_v110",
            "chunk_indexes_v200",
            "filters_earliest",
            "filters_v200",
            "numbers_earliest",
            "fill_values_earliest",
            "codec_blosc",
            "codec_zfp");

    private final Map<String, List<Whole>> files = new LinkedHashMap<>();

    /** A dataset with all its values. */
    private record Whole(String path, H5Array values) {}

    /** One request, with the dataset that it slices. */
    @SuppressWarnings("ArrayRecordComponent") // made here, never changed
    record Read(DatasetRequest request, H5Array whole, long[] start, long[] stop, long[] step) {}

    /** Reads all datasets that are to be read later. */
    RandomReads() {
        for (String name : FIXTURES) {
            try (H5Coro file = H5Coro.open(Fixtures.path(name), ReadOptions.defaults())) {
                List<Whole> datasets = new ArrayList<>();
                collect(file, "/", datasets);
                if (datasets.isEmpty()) {
                    throw new AssertionError(name + " has no numbers");
                }
                files.put(name, List.copyOf(datasets));
            }
        }
    }

    private static void collect(H5Coro file, String group, List<Whole> into) {
        Listing listing = file.list(group);
        String prefix = group.equals("/") ? "/" : group + "/";
        listing.variables().forEach((name, dataset) -> {
            boolean number = dataset.type() instanceof IntegerType || dataset.type() instanceof FloatType;
            if (!number || dataset.shape().rank() == 0 || dataset.shape().elementCount() == 0) {
                return;
            }
            try {
                H5Array values = file.read(DatasetRequest.of(prefix + name));
                double unused = values.getDouble(0);
                into.add(new Whole(prefix + name, values));
            } catch (H5Exception | UnsupportedOperationException notForThis) {
                // Fixtures hold datasets that cannot be read on purpose, and numbers that are no doubles.
            }
        });
        for (String name : listing.groups()) {
            collect(file, prefix + name, into);
        }
    }

    /** Random requests of a file, under different names. */
    List<Read> some(String name, Random random) {
        List<Whole> datasets = files.get(name);
        List<Read> reads = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Whole whole = datasets.get(random.nextInt(datasets.size()));
            long[] shape = whole.values().shape().dimensions();
            long[] start = new long[shape.length];
            long[] stop = new long[shape.length];
            long[] step = new long[shape.length];
            List<Hyperslab.Range> ranges = new ArrayList<>();
            boolean all = random.nextInt(4) == 0;
            for (int d = 0; d < shape.length; d++) {
                start[d] = all ? 0 : (long) (random.nextDouble() * shape[d]);
                stop[d] = all ? shape[d] : start[d] + 1 + (long) (random.nextDouble() * (shape[d] - start[d]));
                step[d] = random.nextInt(10) == 0 ? 1 + random.nextInt(5) : 1;
                ranges.add(new Hyperslab.Range(start[d], stop[d], step[d]));
            }
            reads.add(new Read(
                    new DatasetRequest("r" + i, whole.path(), null, List.of(new Hyperslab(ranges))),
                    whole.values(),
                    start,
                    stop,
                    step));
        }
        return reads;
    }

    /** Compares each value; the number of them. */
    static long check(String name, Read read, H5Array found) {
        int rank = read.start().length;
        long[] shape = read.whole().shape().dimensions();
        long[] at = read.start().clone();
        int n = 0;
        boolean more = true;
        while (more) {
            long index = 0;
            for (int d = 0; d < rank; d++) {
                index = index * shape[d] + at[d];
            }
            if (n >= found.length() || !same(read.whole(), (int) index, found, n)) {
                throw new AssertionError("wrong value " + n + " of " + name + " " + read.request());
            }
            n++;
            more = false;
            for (int d = rank - 1; d >= 0 && !more; d--) {
                at[d] += read.step()[d];
                more = at[d] < read.stop()[d];
                at[d] = more ? at[d] : read.start()[d];
            }
        }
        if (n != found.length()) {
            throw new AssertionError(found.length() + " values of " + name + " " + read.request() + ", expected " + n);
        }
        return n;
    }

    private static boolean same(H5Array a, int i, H5Array b, int j) {
        return a instanceof LongArray longs
                ? longs.values()[i] == ((LongArray) b).values()[j]
                : Double.doubleToLongBits(a.getDouble(i)) == Double.doubleToLongBits(b.getDouble(j));
    }
}
