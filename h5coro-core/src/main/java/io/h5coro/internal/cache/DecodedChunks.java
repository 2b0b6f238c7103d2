// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.filter.Span;
import io.h5coro.internal.memory.SharedMemory;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Decoded chunks of one open file that a read used in part, for the reads that want the rest: the least recently used
 * go first. Thread-safe; what it gives out is shared and not to be changed.
 */
public final class DecodedChunks implements SharedMemory.Reclaimable {
    /** What an entry costs besides its bytes. */
    private static final int ENTRY_BYTES = 128;

    private final long boundBytes;
    private final SharedMemory memory;
    private final SharedMemory.Share share;

    @GuardedBy("this")
    private final UseOrder<Object, byte[]> chunks = new UseOrder<>();

    /** Invariant: the bytes of all entries and what they cost besides; not above the bound. */
    @GuardedBy("this")
    private long weight;

    @GuardedBy("this")
    private boolean closed;

    /**
     * A cache without a chunk.
     *
     * @param boundBytes most bytes to keep; 0 keeps none
     * @param memory where they are accounted
     */
    public DecodedChunks(long boundBytes, SharedMemory memory) {
        this.boundBytes = boundBytes;
        this.memory = memory;
        this.share = memory.register(this);
    }

    /** A chunk that is here; null when it is not. */
    public synchronized byte @Nullable [] get(Object key) {
        return chunks.get(key);
    }

    /** Whether a chunk is here; does not count as use. */
    public synchronized boolean has(Object key) {
        return chunks.has(key);
    }

    /** Whether none is here. */
    public synchronized boolean isEmpty() {
        return weight == 0;
    }

    /** Keeps a copy of a chunk, unless it alone is more than the bound: its buffer is the next chunk's. */
    public void keep(Object key, Span chunk) {
        if (weightOf(chunk.length()) > boundBytes) {
            return;
        }
        put(key, Arrays.copyOfRange(chunk.array(), chunk.offset(), chunk.end()));
    }

    private synchronized void put(Object key, byte[] bytes) {
        if (closed) {
            return;
        }
        byte[] before = chunks.put(key, bytes);
        add(weightOf(bytes.length) - (before == null ? 0 : weightOf(before.length)));
        shrink(Math.max(weight - boundBytes, memory.excess()));
    }

    @GuardedBy("this")
    private void add(long more) {
        weight += more;
        share.charge(more);
    }

    /** Forgets chunks of at least so many bytes, or all. */
    @GuardedBy("this")
    private void shrink(long bytes) {
        long least = weight - bytes;
        Iterator<byte[]> oldest = chunks.oldestFirst();
        while (weight > least && oldest.hasNext()) {
            add(-weightOf(oldest.next().length));
            oldest.remove();
        }
    }

    @Override
    public synchronized void reclaim(long bytes) {
        shrink(bytes);
    }

    /** Forgets all, and keeps nothing from now on. */
    public void close() {
        synchronized (this) {
            closed = true;
            shrink(weight);
        }
        share.close();
    }

    private static long weightOf(int length) {
        return (long) length + ENTRY_BYTES;
    }

    /** Bytes held. */
    synchronized long weight() {
        return weight;
    }
}
