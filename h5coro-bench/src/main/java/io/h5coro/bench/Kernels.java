// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.ShuffleFilter;
import io.h5coro.internal.decode.inflate.ZlibDecoder;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FloatType;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * How fast chunks are decoded on one thread: each kernel beside a plain loop, or the JDK, on the same bytes. A harness of
 * its own rather than JMH: a kernel runs for half a second to warm up, then five times for a tenth of the thread's processor
 * time; the best counts.
 */
final class Kernels {
    private static final int ELEMENTS = 100_000;
    private static final int ROUNDS = 5;
    private static final double WARM_UP_SECONDS = 0.5;
    private static final double ROUND_SECONDS = 0.1;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private long sink;

    private Kernels() {}

    /** Something to repeat; what it returns is used, so that it is not optimised away. */
    private interface Kernel {
        long run() throws FilterDataException, DataFormatException;
    }

    /** Prints the table. */
    public static void main(String... arguments) throws FilterDataException, DataFormatException {
        new Kernels().all();
    }

    private void all() throws FilterDataException, DataFormatException {
        out.println("| kernel | values | MB/s of output | compared with | MB/s | ratio |");
        out.println("|---|---|---|---|---|---|");
        byte[] heights = heights();
        byte[] times = times();
        byte[] classes = classes();
        inflate("4-byte heights", heights);
        inflate("8-byte times", times);
        inflate("1-byte classes", classes);
        inflate("shuffled 8-byte times", shuffle(times, 8));
        for (int size : new int[] {2, 4, 8, 12}) {
            unshuffle(size);
        }
        for (int size : new int[] {4, 8}) {
            for (Order order : List.of(Order.LITTLE_ENDIAN, Order.BIG_ENDIAN)) {
                scatter(size, order);
            }
        }
        out.println("(" + sink % 10 + ")");
    }

    private void inflate(String values, byte[] plain) throws FilterDataException, DataFormatException {
        byte[] packed = deflated(plain);
        Span input = Span.of(packed);
        Inflater jdk = new Inflater();
        row(
                "inflate",
                values + String.format(Locale.ROOT, " (%.2f:1)", plain.length / (double) packed.length),
                plain.length,
                () -> ZlibDecoder.decode(input, plain.length, plain.length).array()[plain.length / 2],
                "java.util.zip.Inflater",
                () -> {
                    byte[] output = new byte[plain.length];
                    jdk.reset();
                    jdk.setInput(packed);
                    return (long) jdk.inflate(output) + output[plain.length / 2];
                });
        jdk.end();
    }

    private void unshuffle(int size) throws FilterDataException, DataFormatException {
        byte[] input = new byte[ELEMENTS * size];
        new Random(1).nextBytes(input);
        Span span = Span.of(input);
        ShuffleFilter filter = new ShuffleFilter();
        FilterContext context = new FilterContext(new int[] {size}, size, input.length, input.length);
        row(
                "unshuffle",
                size + "-byte elements",
                input.length,
                () -> filter.decode(span, context).array()[input.length / 2],
                "a loop over planes",
                () -> {
                    byte[] output = new byte[input.length];
                    for (int j = 0; j < size; j++) {
                        for (int i = 0; i < ELEMENTS; i++) {
                            output[i * size + j] = input[j * ELEMENTS + i];
                        }
                    }
                    return output[input.length / 2];
                });
    }

    private void scatter(int size, Order order) throws FilterDataException, DataFormatException {
        byte[] input = new byte[ELEMENTS * size];
        new Random(1).nextBytes(input);
        FloatType type = FloatType.ieee(size, order);
        ResultBuffer buffer = ResultBuffer.of(type, ELEMENTS);
        StridedCopy copy = StridedCopy.contiguous(ELEMENTS);
        boolean big = order == Order.BIG_ENDIAN;
        double[] doubles = new double[ELEMENTS];
        float[] floats = new float[ELEMENTS];
        row(
                "swap and scatter",
                size + "-byte floats, " + (big ? "big-endian" : "little-endian"),
                input.length,
                () -> {
                    buffer.put(input, 0, copy);
                    return input[0];
                },
                "a loop over bytes",
                () -> {
                    for (int i = 0; i < ELEMENTS; i++) {
                        long bits = 0;
                        for (int j = 0; j < size; j++) {
                            bits |= (input[i * size + j] & 0xffL) << 8 * (big ? size - 1 - j : j);
                        }
                        if (size == 8) {
                            doubles[i] = Double.longBitsToDouble(bits);
                        } else {
                            floats[i] = Float.intBitsToFloat((int) bits);
                        }
                    }
                    return (long) doubles[7] + (long) floats[7];
                });
    }

    private void row(String kernel, String values, long bytes, Kernel ours, String other, Kernel theirs)
            throws FilterDataException, DataFormatException {
        double mine = megabytesPerSecond(bytes, ours);
        double others = megabytesPerSecond(bytes, theirs);
        out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f | %s | %.0f | %.2f |%n",
                kernel,
                values,
                mine,
                other,
                others,
                mine / others);
    }

    private double megabytesPerSecond(long bytes, Kernel kernel) throws FilterDataException, DataFormatException {
        secondsEach(kernel, WARM_UP_SECONDS);
        double best = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            best = Math.min(best, secondsEach(kernel, ROUND_SECONDS));
        }
        return bytes / best / 1e6;
    }

    /** Of this thread alone, whatever else the machine does. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private double secondsEach(Kernel kernel, double seconds) throws FilterDataException, DataFormatException {
        long start = cpuNanos();
        long end = start + (long) (seconds * 1e9);
        long runs = 0;
        while (cpuNanos() < end) {
            sink += kernel.run();
            runs++;
        }
        return (cpuNanos() - start) / 1e9 / runs;
    }

    // The values, alike to those of a granule

    private static byte[] heights() {
        Random random = new Random(2);
        var bytes = java.nio.ByteBuffer.allocate(ELEMENTS * 4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ELEMENTS; i++) {
            bytes.putFloat((float) (2500 + 200 * Math.sin(i / 7e4) + 3 * random.nextGaussian()));
        }
        return bytes.array();
    }

    private static byte[] times() {
        Random random = new Random(3);
        var bytes = java.nio.ByteBuffer.allocate(ELEMENTS * 8).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        double time = 5e7;
        for (int i = 0; i < ELEMENTS; i++) {
            time -= Math.log(1 - random.nextDouble()) * 1e-4;
            bytes.putDouble(time);
        }
        return bytes.array();
    }

    private static byte[] classes() {
        Random random = new Random(4);
        byte[] bytes = new byte[ELEMENTS * 5];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(5) - 1);
        }
        return bytes;
    }

    private static byte[] shuffle(byte[] plain, int size) {
        byte[] planes = new byte[plain.length];
        int count = plain.length / size;
        for (int i = 0; i < plain.length; i++) {
            planes[i % size * count + i / size] = plain[i];
        }
        return planes;
    }

    private static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater(6);
        deflater.setInput(plain);
        deflater.finish();
        byte[] packed = new byte[plain.length + 1000];
        int length = deflater.deflate(packed);
        deflater.end();
        return java.util.Arrays.copyOf(packed, length);
    }
}
