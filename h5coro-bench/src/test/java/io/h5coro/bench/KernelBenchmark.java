// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import io.airlift.compress.Compressor;
import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.bytes.Fletcher32;
import io.h5coro.internal.bytes.Lookup3;
import io.h5coro.internal.decode.ShuffleFilter;
import io.h5coro.internal.decode.inflate.ZlibDecoder;
import io.h5coro.internal.decode.lz.Lz4Block;
import io.h5coro.internal.decode.zstd.ZstdDecoder;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FloatType;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast a chunk is decoded on one thread: in each nested class {@code ours} beside {@code other}, which is the JDK,
 * a library or a plain loop, on the same bytes and with the same result (checked before). Run by {@link KernelTable}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {
    /** Bytes of values that came out, which JMH turns into bytes per second. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Output {
        public long bytes;
    }

    /** Something that decodes. */
    interface Kernel {
        Object run() throws FilterDataException, DataFormatException;
    }

    /** Both must give the same before either is timed. */
    static void same(Kernel ours, Kernel other) throws FilterDataException, DataFormatException {
        if (!Arrays.deepEquals(new Object[] {ours.run()}, new Object[] {other.run()})) {
            throw new IllegalStateException("the two kernels give different values");
        }
    }

    /** Beside {@link Inflater}; both check the Adler-32 of the values. */
    @State(Scope.Thread)
    public static class Inflate extends KernelBenchmark {
        @Param({"heights", "times", "classes", "shuffled times"})
        public String values = "";

        private final ZlibDecoder zlib = new ZlibDecoder();
        private final Inflater jdk = new Inflater();
        private byte[] packed = new byte[0];
        private int length;

        @Setup
        public void prepare() throws FilterDataException, DataFormatException {
            byte[] plain = KernelValues.named(values);
            length = plain.length;
            packed = KernelValues.deflated(plain);
            // Ours has room behind the values.
            same(() -> Arrays.copyOf(ours(new Output()), length), () -> other(new Output()));
        }

        @Benchmark
        public byte[] ours(Output output) throws FilterDataException {
            output.bytes += length;
            return zlib.decode(Span.of(packed), length, length).array();
        }

        @Benchmark
        public byte[] other(Output output) throws DataFormatException {
            output.bytes += length;
            byte[] plain = new byte[length];
            jdk.reset();
            jdk.setInput(packed);
            jdk.inflate(plain);
            return plain;
        }
    }

    /** Beside a loop for each plane of bytes. */
    @State(Scope.Thread)
    public static class Unshuffle extends KernelBenchmark {
        @Param({"2", "4", "8", "12"})
        public int size;

        private final ShuffleFilter filter = new ShuffleFilter();
        private byte[] input = new byte[0];
        private FilterContext context = new FilterContext(new int[] {1}, 1, 1, 1);

        @Setup
        public void prepare() throws FilterDataException, DataFormatException {
            input = KernelValues.noise(size);
            context = new FilterContext(new int[] {size}, size, input.length, input.length);
            same(() -> ours(new Output()), () -> other(new Output()));
        }

        @Benchmark
        public byte[] ours(Output output) throws FilterDataException {
            output.bytes += input.length;
            return filter.decode(Span.of(input), context).array();
        }

        @Benchmark
        public byte[] other(Output output) {
            output.bytes += input.length;
            byte[] values = new byte[input.length];
            int count = input.length / size;
            for (int j = 0; j < size; j++) {
                for (int i = 0; i < count; i++) {
                    values[i * size + j] = input[j * count + i];
                }
            }
            return values;
        }
    }

    /**
     * Byte order, conversion and placement in the result, beside a loop that puts each number together from its bytes.
     */
    @State(Scope.Thread)
    public static class Scatter extends KernelBenchmark {
        @Param({"4", "8"})
        public int size;

        @Param({"LITTLE_ENDIAN", "BIG_ENDIAN"})
        public Order order = Order.LITTLE_ENDIAN;

        private final StridedCopy copy = StridedCopy.contiguous(KernelValues.ELEMENTS);
        private final double[] doubles = new double[KernelValues.ELEMENTS];
        private final float[] floats = new float[KernelValues.ELEMENTS];
        private byte[] input = new byte[0];
        private ResultBuffer buffer = ResultBuffer.of(FloatType.ieee(4, order), 0);

        @Setup
        public void prepare() {
            input = KernelValues.noise(size);
            buffer = ResultBuffer.of(FloatType.ieee(size, order), KernelValues.ELEMENTS);
        }

        @Benchmark
        public ResultBuffer ours(Output output) {
            output.bytes += input.length;
            buffer.put(input, 0, copy);
            return buffer;
        }

        @Benchmark
        public Object other(Output output) {
            output.bytes += input.length;
            boolean big = order == Order.BIG_ENDIAN;
            for (int i = 0; i < KernelValues.ELEMENTS; i++) {
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
            return size == 8 ? doubles : floats;
        }
    }

    /** Blocks of LZ4 and frames of Zstandard, beside aircompressor, which is Java as well (but uses Unsafe). */
    @State(Scope.Thread)
    public static class LzBlock extends KernelBenchmark {
        @Param({"lz4", "zstd"})
        public String codec = "";

        @Param({"heights", "times", "classes", "shuffled times"})
        public String values = "";

        private final ZstdDecoder zstd = new ZstdDecoder();
        private Decompressor decompressor = new Lz4Decompressor();
        private byte[] packed = new byte[0];
        private int length;

        @Setup
        public void prepare() throws FilterDataException, DataFormatException {
            boolean lz4 = codec.equals("lz4");
            Compressor compressor = lz4 ? new Lz4Compressor() : new ZstdCompressor();
            decompressor = lz4 ? new Lz4Decompressor() : new ZstdDecompressor();
            byte[] plain = KernelValues.named(values);
            length = plain.length;
            byte[] room = new byte[compressor.maxCompressedLength(length)];
            packed = Arrays.copyOf(room, compressor.compress(plain, 0, length, room, 0, room.length));
            System.arraycopy(room, 0, packed, 0, packed.length);
            same(() -> ours(new Output()), () -> other(new Output()));
        }

        @Benchmark
        public byte[] ours(Output output) throws FilterDataException {
            output.bytes += length;
            byte[] plain = new byte[length];
            if (codec.equals("lz4")) {
                Lz4Block.decode(Span.of(packed), Span.of(plain));
            } else {
                zstd.decode(Span.of(packed), Span.of(plain));
            }
            return plain;
        }

        @Benchmark
        public byte[] other(Output output) {
            output.bytes += length;
            byte[] plain = new byte[length];
            decompressor.decompress(packed, 0, packed.length, plain, 0, length);
            return plain;
        }
    }

    /** The checksum of chunks, beside a loop that reduces after each word. */
    @State(Scope.Thread)
    public static class ChunkChecksum extends KernelBenchmark {
        private final byte[] input = KernelValues.noise(8);

        @Setup
        public void prepare() throws FilterDataException, DataFormatException {
            same(() -> ours(new Output()), () -> other(new Output()));
        }

        @Benchmark
        public int ours(Output output) {
            output.bytes += input.length;
            return Fletcher32.checksum(input, 0, input.length);
        }

        @Benchmark
        public int other(Output output) {
            output.bytes += input.length;
            long first = 0;
            long second = 0;
            for (int i = 0; i < input.length; i += 2) {
                first += (input[i] & 0xff) << 8 | input[i + 1] & 0xff;
                first = (first & 0xffff) + (first >> 16);
                second += first;
                second = (second & 0xffff) + (second >> 16);
            }
            return (int) (second << 16 | first);
        }
    }

    /** The checksum of metadata, beside the JDK's Adler-32 (another sum, as a measure of how fast one can be). */
    @State(Scope.Thread)
    public static class MetadataChecksum extends KernelBenchmark {
        private final byte[] input = Arrays.copyOf(KernelValues.noise(4), 2048);
        private final Adler32 adler = new Adler32();

        @Benchmark
        public int ours(Output output) {
            output.bytes += input.length;
            return Lookup3.hash(input, 0, input.length);
        }

        @Benchmark
        public long other(Output output) {
            output.bytes += input.length;
            adler.reset();
            adler.update(input);
            return adler.getValue();
        }
    }
}
