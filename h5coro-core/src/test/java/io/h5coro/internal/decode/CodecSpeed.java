// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Prints how fast filters decode: decoded megabytes per second of CPU time of one thread, the best of some runs. Not a
 * test.
 *
 * <pre>
 * python testdata/make/codec_vectors.py --speed /tmp/speed
 * java -cp ... io.h5coro.internal.decode.CodecSpeed /tmp/speed/32015.vectors io.h5coro.internal.decode.zstd.ZstdFilter
 * </pre>
 */
final class CodecSpeed {
    private static final int RUNS = 12;

    private CodecSpeed() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException, FilterDataException {
        ChunkFilter filter =
                (ChunkFilter) Class.forName(args[1]).getDeclaredConstructor().newInstance();
        for (CodecVector vector : CodecVector.parse(Files.readAllBytes(Path.of(args[0])))) {
            System.out.printf(
                    "%-40s ratio %5.2f %6.0f MB/s%n",
                    vector, vector.decodedLength() / (double) vector.encoded().length, speed(filter, vector));
        }
    }

    private static double speed(ChunkFilter filter, CodecVector vector) throws FilterDataException {
        double best = 0;
        for (int run = 0; run < RUNS; run++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Span decoded = filter.decode(Span.of(vector.encoded()), vector.context(vector.decodedLength()));
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            best = Math.max(best, decoded.length() * 1e3 / nanos);
            if (run == 0 && !vector.matches(decoded)) {
                throw new IllegalStateException(vector + " decodes to other bytes");
            }
        }
        return best;
    }
}
