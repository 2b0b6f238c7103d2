// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import io.h5coro.sim.disk.SimProcess.Deed;
import io.h5coro.storage.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An open file of a process. */
final class SimChannel extends FileChannel {
    private static final Duration LOCK_PAUSE = Duration.ofMillis(10);

    private final SimProcess process;
    private final Path path;
    private final FileChannel base;
    private final Object key;

    /**
     * @param path names it in errors and traces
     * @param key number of the file
     */
    SimChannel(SimProcess process, Path path, FileChannel base, Object key) {
        this.process = process;
        this.path = path;
        this.base = base;
        this.key = key;
    }

    SimProcess process() {
        return process;
    }

    Object key() {
        return key;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        int count = read(dst, base.position());
        if (count > 0) {
            base.position(base.position() + count);
        }
        return count;
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            int wanted = dsts[i].remaining();
            int count = read(dsts[i]);
            if (count < 0) {
                return sum == 0 ? -1 : sum;
            }
            sum += count;
            if (count < wanted) {
                return sum;
            }
        }
        return sum;
    }

    @Override
    public int read(ByteBuffer dst, long position) throws IOException {
        Chances drawn = process.begin(Deed.READ, path);
        int wanted = dst.remaining();
        if (wanted < 2 || !drawn.hit(DiskFault.SHORT_TRANSFER)) {
            return base.read(dst, position);
        }
        process.disk().meet(DiskFault.SHORT_TRANSFER);
        int limit = dst.limit();
        dst.limit(dst.position() + 1 + drawn.chance().nextInt(wanted - 1));
        try {
            return base.read(dst, position);
        } finally {
            dst.limit(limit);
        }
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        int count = write(src, base.position());
        base.position(base.position() + count);
        return count;
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            int wanted = srcs[i].remaining();
            int count = write(srcs[i]);
            sum += count;
            if (count < wanted) {
                return sum;
            }
        }
        return sum;
    }

    /** Writes all, or a part when the disk is full, the process dies, or chance wants it so. */
    @Override
    public int write(ByteBuffer src, long position) throws IOException {
        Chances drawn = process.begin(Deed.WRITE, path);
        int wanted = src.remaining();
        boolean full = drawn.hit(DiskFault.FULL);
        boolean dies = process.isLast();
        boolean partly = drawn.hit(DiskFault.SHORT_TRANSFER) && wanted > 1;
        int count = wanted;
        if (full || dies) {
            count = drawn.chance().nextInt(wanted + 1);
        } else if (partly) {
            process.disk().meet(DiskFault.SHORT_TRANSFER);
            count = 1 + drawn.chance().nextInt(wanted - 1);
        }
        ByteBuffer part = src.duplicate().limit(src.position() + count);
        while (part.hasRemaining()) {
            base.write(part, position + part.position() - src.position());
        }
        src.position(src.position() + count);
        process.disk().unforced().wrote(key, new ByteRange(position, count));
        process.end(Deed.WRITE);
        if (full) {
            process.disk().meet(DiskFault.FULL);
            process.disk().note(process.name() + ": " + DiskFault.FULL);
            throw new FileSystemException(path.toString(), null, "No space left on device");
        }
        return count;
    }

    @Override
    public long position() throws IOException {
        process.checkAlive();
        return base.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        process.checkAlive();
        base.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        process.checkAlive();
        return base.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        Chances unused = process.begin(Deed.WRITE, path);
        base.truncate(size);
        process.end(Deed.WRITE);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        Chances unused = process.begin(Deed.WRITE, path);
        process.disk().unforced().forced(key);
        process.end(Deed.WRITE);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, 1 << 16));
        if (read(buffer, position) < 0) {
            return 0;
        }
        return target.write(buffer.flip());
    }

    @Override
    public long transferFrom(ReadableByteChannel src, long position, long count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, 1 << 16));
        if (src.read(buffer) < 0) {
            return 0;
        }
        return write(buffer.flip(), position);
    }

    /** Refuses: what a map shows cannot be made to fail. */
    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException("no maps of simulated files");
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        for (; ; ) {
            FileLock lock = tryLock(position, size, shared);
            if (lock != null) {
                return lock;
            }
            process.disk().pause(LOCK_PAUSE);
        }
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        Chances unused = process.begin(Deed.READ, path);
        return process.disk().locks().take(this, position, size, shared);
    }

    /** Closes it, whether the process lives or not: closing writes nothing. */
    @Override
    protected void implCloseChannel() throws IOException {
        process.disk().locks().forget(this);
        base.close();
    }
}
