// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of a local file, by positional reads on a few daemon threads that end when idle. Thread-safe.
 *
 * <p>The first read opens the file. Its state (size, times of modification and of change, file key) is compared after
 * every read; another state than at the opening is {@link Kind#CHANGED}. {@link FileVersion} lists the changes that
 * cannot be noticed, above all writing through a mapping into memory.
 *
 * <p>Interrupting a caller closes nothing for other callers. Callers never touch the channel, and a channel that an
 * interrupt closed is opened again.
 */
final class FileRangeReader implements RangeReader {
    /** As many positional reads as a local disk usefully takes; more only add threads. */
    private static final int THREADS = StorageProfile.LOCAL.connections();

    /** Idle time after which a thread ends, so that an open file that is not being read costs none. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);

    /**
     * How much one system call reads. The JDK copies through a direct buffer of this size for each thread; also the
     * grain at which a cancelled read stops.
     */
    private static final int SLICE_BYTES = 1 << 20;

    /** How often a channel that an interrupt closed is opened again for one range. */
    private static final int REOPENINGS = 3;

    private static final int OUT_OF_MEMORY_TRIES = 500;
    private static final long OUT_OF_MEMORY_PAUSE_NANOS = 10_000_000;

    private final Path path;
    private final Machine machine;
    private final ExecutorService threads;
    private final Set<Pending<?>> underWay = ConcurrentHashMap.newKeySet();
    private final Object opening = new Object();

    /** Invariant: once set it never changes; every answer was read from this state of the file. */
    private volatile @Nullable FileVersion version;

    /** When that was; set before it. */
    private volatile Instant pinnedAt = Instant.MIN;

    private volatile @Nullable FileChannel channel;
    private volatile boolean closed;

    FileRangeReader(Path path) {
        this(path, Machine.ofThisProcess());
    }

    /** Reads on threads of a machine, by its clock. */
    FileRangeReader(Path path, Machine machine) {
        this.path = path;
        this.machine = machine;
        this.threads = machine.threads("h5coro-file", THREADS, KEEP_ALIVE);
    }

    @Override
    public String source() {
        return path.toString();
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            answers.add(submit(new Pending<>(range, byte[]::new, RangeBytes::exact)));
        }
        return answers;
    }

    @Override
    public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries retries) {
        List<CompletableFuture<RangeBytes>> answers = new ArrayList<>(ranges.size());
        for (int i = 0; i < ranges.size(); i++) {
            int index = i;
            answers.add(
                    submit(new Pending<>(ranges.get(i), length -> lending.lend(index, length), Function.identity())));
        }
        return answers;
    }

    /** One range under way. Compared by identity. */
    private static final class Pending<T> {
        final ByteRange range;
        final IntFunction<byte[]> arrays;
        final Function<RangeBytes, T> result;
        final CompletableFuture<T> answer = new CompletableFuture<>();

        Pending(ByteRange range, IntFunction<byte[]> arrays, Function<RangeBytes, T> result) {
            this.range = range;
            this.arrays = arrays;
            this.result = result;
        }

        void complete(RangeBytes bytes) {
            answer.complete(result.apply(bytes));
        }
    }

    private <T> CompletableFuture<T> submit(Pending<T> pending) {
        if (closed) {
            pending.answer.completeExceptionally(closedException());
        } else if (pending.range.length() == 0) {
            pending.complete(RangeBytes.of(new byte[0]));
        } else {
            underWay.add(pending);
            try {
                threads.execute(() -> run(pending));
            } catch (RejectedExecutionException e) {
                fail(pending, closedException());
            } catch (OutOfMemoryError noThread) {
                failWithoutMemory(pending, noThread);
            }
        }
        return pending.answer;
    }

    private void run(Pending<?> pending) {
        try {
            if (!pending.answer.isDone()) {
                RangeBytes bytes = readReopening(pending);
                underWay.remove(pending);
                pending.complete(bytes);
            }
        } catch (IOException e) {
            fail(pending, closed ? closedException() : asStorageException(e));
        } catch (OutOfMemoryError e) {
            failWithoutMemory(pending, e);
        } catch (RuntimeException | Error e) {
            fail(pending, new StorageException(Kind.IO, path + ": " + e, e));
        } finally {
            underWay.remove(pending);
        }
    }

    /**
     * Fails a read with an error that callers understand. This takes memory too, so it waits until others have freed
     * some.
     */
    private void failWithoutMemory(Pending<?> pending, OutOfMemoryError none) {
        for (int tries = 0; tries < OUT_OF_MEMORY_TRIES; tries++) {
            try {
                underWay.remove(pending);
                pending.answer.completeExceptionally(none);
                return;
            } catch (OutOfMemoryError still) {
                LockSupport.parkNanos(OUT_OF_MEMORY_PAUSE_NANOS);
            }
        }
    }

    private void fail(Pending<?> pending, StorageException failure) {
        underWay.remove(pending);
        pending.answer.completeExceptionally(failure);
    }

    private RangeBytes readReopening(Pending<?> pending) throws IOException {
        boolean interrupted = false;
        try {
            for (int attempt = 0; ; attempt++) {
                try {
                    return readOnce(pending);
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    if (closed || attempt == REOPENINGS) {
                        throw e;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RangeBytes readOnce(Pending<?> pending) throws IOException {
        ByteRange range = pending.range;
        FileChannel open = openChannel();
        FileVersion pinned = pinned();
        long length = Math.max(0, Math.min(range.end(), pinned.sizeBytes()) - range.offset());
        if (length > ByteRange.MOST_IN_ARRAY) {
            throw new StorageException(Kind.INVALID, path + ": the range " + range + " does not fit into one array");
        }
        byte[] bytes = pending.arrays.apply((int) length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.position() < length && !pending.answer.isDone()) {
            buffer.limit((int) Math.min(length, buffer.position() + SLICE_BYTES));
            if (open.read(buffer, range.offset() + buffer.position()) < 0) {
                throw changed("it was truncated", null);
            }
        }
        checkUnchanged(pinned);
        return new RangeBytes(bytes, (int) length);
    }

    private FileVersion pinned() throws ClosedChannelException {
        FileVersion pinned = version;
        if (pinned == null) {
            throw new ClosedChannelException();
        }
        return pinned;
    }

    private FileChannel openChannel() throws IOException {
        FileChannel open = channel;
        if (open != null && open.isOpen()) {
            return open;
        }
        synchronized (opening) {
            open = channel;
            if (open != null && open.isOpen()) {
                return open;
            }
            return openAgain();
        }
    }

    /** Called under {@link #opening}. */
    private FileChannel openAgain() throws IOException {
        if (closed) {
            throw closedException();
        }
        FileVersion before = version == null ? FileVersion.ofResting(path, machine) : FileVersion.of(path);
        FileChannel open = FileChannel.open(path, StandardOpenOption.READ);
        channel = open;
        if (version == null) {
            pin(before);
        }
        checkUnchanged(pinned());
        return open;
    }

    private void checkUnchanged(FileVersion pinned) throws IOException {
        FileVersion now;
        try {
            now = FileVersion.of(path);
        } catch (IOException e) {
            throw changed("it can no longer be found", e);
        }
        if (!now.equals(pinned)) {
            throw changed(pinned.difference(now), null);
        }
    }

    private StorageException changed(String how, @Nullable Throwable cause) {
        return new StorageException(Kind.CHANGED, path + ": the file changed while it was read: " + how, cause);
    }

    private StorageException closedException() {
        return new StorageException(Kind.CLOSED, path + ": the reader is closed");
    }

    private StorageException asStorageException(IOException e) {
        if (e instanceof StorageException already) {
            return already;
        }
        if (e instanceof NoSuchFileException) {
            return new StorageException(Kind.NOT_FOUND, path + ": no such file", e);
        }
        if (e instanceof AccessDeniedException) {
            return new StorageException(Kind.ACCESS_DENIED, path + ": no permission to read the file", e);
        }
        if (e instanceof FileSystemException && liesInAFile()) {
            return new StorageException(Kind.NOT_FOUND, path + ": no such file (a parent is not a directory)", e);
        }
        return new StorageException(Kind.IO, path + ": " + e, e);
    }

    private boolean liesInAFile() {
        for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
            if (Files.isRegularFile(parent)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public OptionalLong size() {
        FileVersion pinned = version;
        return pinned == null ? OptionalLong.empty() : OptionalLong.of(pinned.sizeBytes());
    }

    @Override
    public Optional<String> version() {
        return Optional.ofNullable(version).map(FileVersion::text);
    }

    @Override
    public Optional<String> identity() {
        return Optional.of(path.toAbsolutePath().toUri().toString());
    }

    @Override
    public Optional<String> strongVersion() {
        return Optional.ofNullable(version)
                .filter(pinned -> pinned.isSettled(pinnedAt))
                .map(FileVersion::strongText);
    }

    @Override
    public boolean expect(String strongVersion, long sizeBytes) {
        try {
            FileVersion now = FileVersion.of(path);
            synchronized (opening) {
                boolean same = now.strongText().equals(strongVersion) && now.sizeBytes() == sizeBytes;
                if (same && version == null) {
                    pin(now);
                }
                return same && now.equals(version);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Called under {@link #opening}. */
    private void pin(FileVersion state) {
        pinnedAt = machine.now();
        version = state;
    }

    @Override
    public StorageProfile profile() {
        return StorageProfile.LOCAL;
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        underWay.forEach(pending -> fail(pending, closedException()));
        synchronized (opening) {
            FileChannel open = channel;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    // Nothing was written, so nothing can be lost here.
                    return;
                }
            }
        }
    }

    @Override
    public String toString() {
        return "FileRangeReader[" + path + "]";
    }
}
