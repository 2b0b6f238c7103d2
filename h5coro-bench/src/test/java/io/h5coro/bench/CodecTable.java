// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import com.sun.management.ThreadMXBean;
import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.decode.ChunkDecoder;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.StoredChunk;
import io.h5coro.storage.ByteRange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * How fast chunks of each codec are decoded beside C: h5py with hdf5plugin, and libdeflate, in a process of their own
 * ({@code kernels.py}) that takes turns with this one. Processor time of one thread, the best of some rounds.
 *
 * <p>Beside h5py, ours is decoding and copying into one result, as h5py's is; beside libdeflate, decoding alone. Chunks
 * share buffers, as those of a call do. All rows are decoded before any is timed, so that the compiler has seen all
 * kinds of data.
 */
final class CodecTable implements AutoCloseable {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long WARM_UP_NANOS = 400_000_000L;
    private static final long ROUND_NANOS = 60_000_000L;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Path file;
    private final Process process;
    private final BufferedReader answers;

    /** The stored chunks of a dataset, and room for its values. */
    private record Row(String name, ChunkDecoder decoder, List<byte[]> chunks, byte[] values, StageBuffers buffers) {
        void decode() throws ChunkDecodeException {
            for (byte[] chunk : chunks) {
                buffers.giveBack(decoder.decode(Span.of(chunk), 0, buffers).array());
            }
        }

        void read() throws ChunkDecodeException {
            int at = 0;
            for (byte[] chunk : chunks) {
                Span decoded = decoder.decode(Span.of(chunk), 0, buffers);
                System.arraycopy(decoded.array(), decoded.offset(), values, at, decoded.length());
                at += decoded.length();
                buffers.giveBack(decoded.array());
            }
        }
    }

    private interface Work {
        void run() throws ChunkDecodeException;
    }

    private CodecTable(Path file, List<String> peer) throws IOException {
        this.file = file;
        process = new ProcessBuilder(peer)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Takes {@code files= python= scripts= libdeflate= rows=REGEX rounds=N}. */
    public static void main(String... words) throws IOException, ChunkDecodeException {
        String folder = value(words, "files=", "bench-files");
        String python = value(words, "python=", "python3");
        String script = value(words, "scripts=", "h5coro-bench/python") + "/kernels.py";
        Path file = Path.of(folder, "kernels.h5");
        if (!Files.exists(file)) {
            run(List.of(python, script, "make", file.toString()));
        }
        List<String> peer = new ArrayList<>(List.of(python, script, "serve", file.toString()));
        String library = value(words, "libdeflate=", "");
        if (!library.isEmpty()) {
            peer.add(library);
        }
        try (CodecTable table = new CodecTable(file, peer)) {
            table.run(value(words, "rows=", ".*"), Integer.parseInt(value(words, "rounds=", "9")));
        }
    }

    private static String value(String[] words, String key, String otherwise) {
        return Arrays.stream(words)
                .filter(word -> word.startsWith(key))
                .map(word -> word.substring(key.length()))
                .findFirst()
                .orElse(otherwise);
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(command + " failed");
        }
    }

    private void run(String wanted, int rounds) throws IOException, ChunkDecodeException {
        List<Row> rows = new ArrayList<>();
        try (H5Coro opened = H5Coro.open(file)) {
            for (String name : ask("rows").split("\t")) {
                if (name.matches(wanted)) {
                    rows.add(row(opened, name));
                }
            }
        }
        Surroundings.print(out, List.of("true"));
        warmUp(rows);
        out.println("| chunks of 256 KiB | ratio | ours, MB/s | other, MB/s | to the other | allocated a byte |");
        out.println("|---|---|---|---|---|---|");
        for (Row row : rows) {
            measure(row, "h5py", row::read, rounds);
            if (row.name().startsWith("deflate")) {
                measure(row, "libdeflate", row::decode, rounds);
            }
        }
        out.printf("%nload average %s%n", Surroundings.load());
    }

    private Row row(H5Coro opened, String name) throws IOException, ChunkDecodeException {
        Dataset dataset = opened.dataset("/" + name);
        List<byte[]> chunks = new ArrayList<>();
        for (StoredChunk chunk : dataset.storedChunks(Hyperslab.all())) {
            chunks.add(opened.reader()
                    .read(new ByteRange(chunk.address(), chunk.storedBytes()))
                    .join());
        }
        int size = dataset.type().size();
        int bytes = Math.toIntExact(dataset.shape().elementCount()) * size;
        ChunkDecoder decoder =
                new ChunkDecoder(dataset.filters(), size, bytes / chunks.size(), FilterRegistry.builtIn());
        Row row = new Row(name, decoder, chunks, new byte[bytes], new StageBuffers());
        row.read();
        CRC32 sum = new CRC32();
        sum.update(row.values());
        if (sum.getValue() != Long.parseLong(ask("sum\t" + name))) {
            throw new IllegalStateException(name + " has other values than h5py reads");
        }
        return row;
    }

    private static void warmUp(List<Row> rows) throws ChunkDecodeException {
        long start = THREADS.getCurrentThreadCpuTime();
        while (THREADS.getCurrentThreadCpuTime() - start < WARM_UP_NANOS * rows.size()) {
            for (Row row : rows) {
                row.read();
                row.decode();
            }
        }
    }

    private void measure(Row row, String peer, Work work, int rounds) throws IOException, ChunkDecodeException {
        int times = Math.max(1, (int) (ROUND_NANOS / nanos(1, work)));
        double ours = Double.MAX_VALUE;
        double other = Double.MAX_VALUE;
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        nanos(1, work);
        allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        for (int round = 0; round < rounds; round++) {
            ours = Math.min(ours, nanos(times, work) / 1e9);
            other = Math.min(other, Double.parseDouble(ask(peer + "\t" + row.name() + "\t" + times)));
        }
        double stored = row.chunks().stream().mapToLong(chunk -> chunk.length).sum();
        double bytes = row.values().length;
        out.printf(
                Locale.ROOT,
                "| %s, %s | %.2f | %.0f | %.0f | %.2f | %.2f |%n",
                row.name(),
                peer,
                bytes / stored,
                bytes * times / ours / 1e6,
                bytes * times / other / 1e6,
                other / ours,
                allocated / bytes);
    }

    private static long nanos(int times, Work work) throws ChunkDecodeException {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    private String ask(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String answer = answers.readLine();
        if (answer == null || !answer.startsWith("= ")) {
            throw new IOException("kernels.py: " + answer);
        }
        return answer.substring(2);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }
}
