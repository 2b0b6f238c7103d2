// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.inflate;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Compares the decoder with the JDK's, by processor time, so that other work on the machine counts less. Run by hand:
 * {@code java -cp target/classes:target/test-classes io.h5coro.internal.decode.inflate.InflateBenchmark 262144}. The
 * figures are in docs/performance.md.
 */
final class InflateBenchmark {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final long WARM_UP_NANOS = 4_000_000_000L;
    private static final int ROUNDS = 7;
    private static final int BYTES_A_ROUND = 20_000_000;

    private InflateBenchmark() {}

    private interface Decoder {
        void decode(byte[] stream, int length) throws FilterDataException, DataFormatException;
    }

    public static void main(String[] arguments) throws FilterDataException, DataFormatException {
        int bytes = arguments.length == 0 ? 1 << 18 : Integer.parseInt(arguments[0]);
        Map<String, byte[]> streams = streams(bytes);
        ZlibDecoder zlib = new ZlibDecoder();
        Decoder own = (stream, length) -> zlib.decode(Span.of(stream), length, length);
        List<Decoder> decoders = List.of(InflateBenchmark::jdk, own);
        long start = CLOCK.getCurrentThreadCpuTime();
        while (CLOCK.getCurrentThreadCpuTime() - start < WARM_UP_NANOS) {
            for (byte[] stream : streams.values()) {
                for (Decoder decoder : decoders) {
                    decoder.decode(stream, bytes);
                }
            }
        }
        System.out.println(System.getProperty("java.version") + ", chunks of " + bytes + " bytes, MB/s");
        for (Map.Entry<String, byte[]> stream : streams.entrySet()) {
            double jdk = best(decoders.get(0), stream.getValue(), bytes);
            double ours = best(decoders.get(1), stream.getValue(), bytes);
            System.out.printf(
                    "%-26s ratio %5.2f  JDK %6.0f  own %6.0f  %.2fx%n",
                    stream.getKey(), (double) bytes / stream.getValue().length, jdk, ours, ours / jdk);
        }
    }

    private static double best(Decoder decoder, byte[] stream, int bytes)
            throws FilterDataException, DataFormatException {
        int repeats = Math.max(4, BYTES_A_ROUND / bytes);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            for (int i = 0; i < repeats; i++) {
                decoder.decode(stream, bytes);
            }
            least = Math.min(least, CLOCK.getCurrentThreadCpuTime() - start);
        }
        return 1e3 * bytes * repeats / least;
    }

    private static void jdk(byte[] stream, int length) throws DataFormatException {
        Inflater inflater = new Inflater();
        inflater.setInput(stream);
        int got = inflater.inflate(new byte[length]);
        if (!inflater.finished()) {
            inflater.inflate(new byte[1]);
        }
        if (got != length || !inflater.finished()) {
            throw new IllegalStateException("decoded " + got + " of " + length);
        }
        inflater.end();
    }

    private static Map<String, byte[]> streams(int bytes) {
        Random random = new Random(1);
        ByteBuffer walk = littleEndian(bytes);
        ByteBuffer rounded = littleEndian(bytes);
        float a = 100;
        double b = 0;
        while (walk.hasRemaining()) {
            a += (float) random.nextGaussian() * 0.1f;
            b += random.nextGaussian();
            walk.putFloat(a);
            rounded.putFloat((float) (Math.round(b * 100) / 100.0));
        }
        ByteBuffer times = littleEndian(bytes);
        ByteBuffer index = littleEndian(bytes);
        double time = 100;
        long row = 1_000_000;
        while (times.hasRemaining()) {
            time += 1e-3 + random.nextGaussian() * 1e-5;
            row += random.nextInt(5);
            times.putDouble(time);
            index.putLong(row);
        }
        Map<String, byte[]> streams = new LinkedHashMap<>();
        add(streams, "float32 walk", walk.array(), 4);
        add(streams, "float32 rounded", rounded.array(), 4);
        add(streams, "float64 times", times.array(), 8);
        add(streams, "int64 index", index.array(), 8);
        return streams;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void add(Map<String, byte[]> streams, String name, byte[] data, int size) {
        streams.put(name, JdkZlib.deflate(data, 6));
        byte[] planes = new byte[data.length];
        int count = data.length / size;
        for (int i = 0; i < data.length; i++) {
            planes[i % size * count + i / size] = data[i];
        }
        streams.put(name + ", shuffled", JdkZlib.deflate(planes, 6));
    }
}
