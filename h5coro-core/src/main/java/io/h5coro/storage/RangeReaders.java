// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * Between {@link RangeReader} and the channels and streams of the JDK, in both directions: other readers read what our
 * storages have, and HDF5 files are read from whatever gives a channel or a stream.
 *
 * <pre>{@code
 * // A ZIP file on a server, without fetching it as a whole:
 * RangeReader remote = Storages.open("https://host/archive.zip", StorageOptions.none());
 * SeekableByteChannel channel = RangeReaders.channel(remote);
 *
 * // An HDF5 file in a file system of somebody else's:
 * SeekableByteChannel other = Files.newByteChannel(path);
 * RangeReader reader = RangeReaders.of("other", other);
 * H5Coro file = H5Coro.open(reader, ReadOptions.defaults());
 * }</pre>
 */
public final class RangeReaders {
    /** A request of this length takes little longer than its first byte, wherever it goes. */
    private static final int BLOCK_BYTES = 256 << 10;

    /** 4 MB: what a reader goes to and fro between, such as a directory and the entries that it names. */
    private static final int BLOCKS = 16;

    /** Most blocks that are asked for together while a reader goes on and on. */
    private static final int MOST_AHEAD = 8;

    private RangeReaders() {}

    /**
     * Makes a reader of a channel. It is thread-safe; its reads are made one after the other, by a thread that ends
     * when it is idle.
     *
     * @param name the object's name in messages; it must not hold a secret
     * @param channel belongs to the reader from now on, which moves its position, and is closed with it. Its content
     *     must not change: another size is noticed ({@link StorageException.Kind#CHANGED}), other bytes are not
     */
    public static RangeReader of(String name, SeekableByteChannel channel) {
        return new ChannelReader(Objects.requireNonNull(name), Objects.requireNonNull(channel));
    }

    /**
     * Makes a reader of what a stream has, which is read to its end now and kept in memory.
     *
     * @param name the object's name in messages; it must not hold a secret
     * @param stream is not closed
     * @param mostBytes bytes that may be kept
     * @throws StorageException of the kind {@link StorageException.Kind#UNSUPPORTED} when the stream has more
     * @throws IOException when the stream cannot be read
     */
    public static RangeReader of(String name, InputStream stream, int mostBytes) throws IOException {
        byte[] content = stream.readNBytes(mostBytes);
        if (content.length == mostBytes && stream.read() >= 0) {
            throw new StorageException(
                    StorageException.Kind.UNSUPPORTED,
                    name + ": the stream has more than the " + mostBytes + " bytes that may be kept of it");
        }
        return MemoryRangeReader.of(name, content);
    }

    /**
     * Makes a channel of a reader. It cannot be written. What it has read lately, 4 MB in blocks, is kept for further
     * reads. When reads follow one another, the next blocks are fetched ahead, several at once.
     *
     * <p>The channel is thread-safe; a read blocks other ones. Reads fail with {@link StorageException}, and with
     * {@link InterruptedIOException} when the thread is interrupted, whose interrupt flag is then set again.
     *
     * @param reader belongs to the channel from now on, and is closed with it
     */
    public static SeekableByteChannel channel(RangeReader reader) {
        return new ReaderChannel(Objects.requireNonNull(reader));
    }

    /**
     * Makes a stream of a reader, from the first byte on; see {@link #channel(RangeReader)}.
     *
     * @param reader belongs to the stream from now on, and is closed with it
     */
    public static InputStream stream(RangeReader reader) {
        return Channels.newInputStream(channel(reader));
    }

    /** Reads a channel. */
    private static final class ChannelReader implements RangeReader {
        private static final Duration IDLE = Duration.ofSeconds(1);

        private final String name;
        private final SeekableByteChannel channel;
        private final ExecutorService thread;
        private volatile long size = -1;

        ChannelReader(String name, SeekableByteChannel channel) {
            this.name = name;
            this.channel = channel;
            this.thread = Machine.ofThisProcess().threads("h5coro-channel", 1, IDLE);
        }

        @Override
        public String source() {
            return name;
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            List<CompletableFuture<byte[]>> answers = new ArrayList<>(ranges.size());
            for (ByteRange range : ranges) {
                CompletableFuture<byte[]> answer = new CompletableFuture<>();
                answers.add(answer);
                if (range.length() == 0 && !thread.isShutdown()) {
                    answer.complete(new byte[0]);
                } else {
                    start(range, answer);
                }
            }
            return answers;
        }

        private void start(ByteRange range, CompletableFuture<byte[]> answer) {
            try {
                thread.execute(() -> {
                    try {
                        answer.complete(answer.isDone() ? new byte[0] : bytes(range));
                    } catch (Throwable failure) {
                        answer.completeExceptionally(failure(failure));
                    }
                });
            } catch (RejectedExecutionException closed) {
                answer.completeExceptionally(closed());
            }
        }

        private byte[] bytes(ByteRange range) throws IOException {
            long now = channel.size();
            if (size >= 0 && now != size) {
                throw new StorageException(
                        StorageException.Kind.CHANGED, name + ": had " + size + " bytes, and now has " + now);
            }
            size = now;
            long length = Math.min(range.length(), Math.max(0, now - range.offset()));
            if (length > ByteRange.MOST_IN_ARRAY) {
                throw new StorageException(
                        StorageException.Kind.INVALID, name + ": a range of " + length + " bytes is no array");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) length);
            channel.position(Math.min(range.offset(), now));
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new StorageException(
                            StorageException.Kind.CHANGED, name + ": ends before its " + now + " bytes");
                }
            }
            return bytes.array();
        }

        private Throwable failure(Throwable failure) {
            if (failure instanceof StorageException) {
                return failure;
            }
            if (failure instanceof ClosedChannelException) {
                return closed();
            }
            return new StorageException(StorageException.Kind.IO, name + ": the channel cannot be read", failure);
        }

        private StorageException closed() {
            return new StorageException(StorageException.Kind.CLOSED, name + ": the reader is closed");
        }

        @Override
        public OptionalLong size() {
            return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
        }

        @Override
        public Optional<String> version() {
            return size < 0 ? Optional.empty() : Optional.of("channel of " + size + " bytes");
        }

        @Override
        public StorageProfile profile() {
            return StorageProfile.LOCAL;
        }

        /** The channel first: that ends a read that waits for it. */
        @Override
        public void close() {
            thread.shutdown();
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing was written, so nothing is lost.
            }
        }

        @Override
        public String toString() {
            return "ChannelReader[" + name + "]";
        }
    }

    /** Reads a reader in blocks. */
    private static final class ReaderChannel implements SeekableByteChannel {
        private final RangeReader reader;

        /** Blocks by their number, the one that was used last at the end. Invariant: at most {@link #BLOCKS}. */
        @GuardedBy("this")
        private final Map<Long, CompletableFuture<byte[]>> blocks = new LinkedHashMap<>(16, 0.75f, true);

        @GuardedBy("this")
        private long position;

        /** Blocks to ask for at once: more as reads follow one another. */
        @GuardedBy("this")
        private int ahead = 1;

        @GuardedBy("this")
        private long lastBlock = -1;

        private volatile boolean closed;

        ReaderChannel(RangeReader reader) {
            this.reader = reader;
        }

        @Override
        public synchronized int read(ByteBuffer into) throws IOException {
            requireOpen();
            if (!into.hasRemaining()) {
                return 0;
            }
            int count = 0;
            while (into.hasRemaining()) {
                long number = blockAtPosition();
                byte[] block = block(number);
                int from = (int) (position - number * BLOCK_BYTES);
                int length = Math.min(into.remaining(), block.length - from);
                if (length <= 0) {
                    break;
                }
                into.put(block, from, length);
                position += length;
                count += length;
            }
            return count == 0 ? -1 : count;
        }

        /** The block at the position, or before it where ranges would end above 2^63 - 1: no object is as long. */
        @GuardedBy("this")
        private long blockAtPosition() {
            return Math.min(position / BLOCK_BYTES, Long.MAX_VALUE / BLOCK_BYTES - MOST_AHEAD);
        }

        /** Waits for a block; asks for it, and for those behind it, where it was not asked for. */
        @GuardedBy("this")
        private byte[] block(long number) throws IOException {
            if (!blocks.containsKey(number)) {
                ahead = number == lastBlock + 1 && number > 0 ? Math.min(2 * ahead, MOST_AHEAD) : 1;
                ask(number);
            }
            lastBlock = number;
            CompletableFuture<byte[]> block = Objects.requireNonNull(blocks.get(number));
            try {
                return block.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException(reader.source() + ": the thread was interrupted");
            } catch (ExecutionException e) {
                blocks.remove(number);
                throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
            }
        }

        @GuardedBy("this")
        private void ask(long first) {
            long end = reader.size().orElse(Long.MAX_VALUE);
            List<Long> wanted = new ArrayList<>();
            List<ByteRange> ranges = new ArrayList<>();
            for (long number = first; number < first + ahead; number++) {
                if (number == first || (number * BLOCK_BYTES < end && !blocks.containsKey(number))) {
                    wanted.add(number);
                    ranges.add(new ByteRange(number * BLOCK_BYTES, BLOCK_BYTES));
                }
            }
            List<CompletableFuture<byte[]>> answers = reader.read(ranges);
            for (int i = 0; i < answers.size(); i++) {
                blocks.put(wanted.get(i), answers.get(i));
            }
            Iterator<CompletableFuture<byte[]>> oldest = blocks.values().iterator();
            while (blocks.size() > BLOCKS) {
                oldest.next().cancel(true);
                oldest.remove();
            }
        }

        @Override
        public synchronized long size() throws IOException {
            requireOpen();
            if (reader.size().isEmpty()) {
                block(blockAtPosition());
            }
            return reader.size()
                    .orElseThrow(() -> new StorageException(
                            StorageException.Kind.PROTOCOL,
                            reader.source() + ": the storage does not say how long it is"));
        }

        @Override
        public synchronized long position() throws IOException {
            requireOpen();
            return position;
        }

        @Override
        public synchronized SeekableByteChannel position(long other) throws IOException {
            requireOpen();
            if (other < 0) {
                throw new IllegalArgumentException("position " + other + " is negative");
            }
            position = other;
            return this;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new NonWritableChannelException();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new NonWritableChannelException();
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        private void requireOpen() throws ClosedChannelException {
            if (closed) {
                throw new ClosedChannelException();
            }
        }

        /** Ends a read that waits, which fails. */
        @Override
        public void close() {
            closed = true;
            reader.close();
        }

        @Override
        public String toString() {
            return "channel of " + reader;
        }
    }
}
