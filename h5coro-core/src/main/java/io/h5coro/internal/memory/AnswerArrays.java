// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.bytes.JavaArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays for the answers to data requests of the files of one account, used again once nobody needs what is in them.
 * Thread-safe.
 *
 * <p>Arrays that wait for the next request are counted as a cache of the account, and go when there is a shortage, or
 * when the last file is closed. Those in use are counted with their requests; by how much they are longer than those,
 * which is an eighth at most, as the cache's, too.
 */
public final class AnswerArrays implements SharedMemory.Reclaimable {
    /** Shorter answers have an array of their own, which costs less than looking for one. */
    public static final int LEAST_BYTES = 16 << 10;

    /** An array may be longer than what is asked for by this part of that. */
    private static final int SURPLUS_PART = 8;

    /** New ones are rounded up to this part of their length: it makes them of use to more requests. */
    private static final int ROUNDED_PART = 32;

    private final long mostIdle;
    private final SharedMemory.Share share;

    /** The one that was given back last is at the end, and taken first: it may still be in the processor's cache. */
    @GuardedBy("this")
    private final List<byte[]> idle = new ArrayList<>();

    /** Invariant: bytes of the idle ones; not above {@link #mostIdle}. */
    @GuardedBy("this")
    private long idleBytes;

    /** Files that are open. */
    @GuardedBy("this")
    private int users;

    /**
     * None yet.
     *
     * @param mostIdle most bytes of arrays that wait for the next request
     * @param memory where they are accounted
     */
    AnswerArrays(long mostIdle, SharedMemory memory) {
        this.mostIdle = mostIdle;
        this.share = memory.register(this);
    }

    /**
     * Takes an array of any content.
     *
     * @param length bytes that it has at the least; {@link #LEAST_BYTES} or more
     */
    public byte[] take(int length) {
        byte[] known = idle(length);
        byte[] array = known == null ? new byte[rounded(length)] : known;
        share.charge(array.length - length);
        return array;
    }

    private synchronized byte @Nullable [] idle(int length) {
        long most = length + (long) length / SURPLUS_PART;
        for (int i = idle.size() - 1; i >= 0; i--) {
            int size = idle.get(i).length;
            if (size >= length && size <= most) {
                count(-size);
                return idle.remove(i);
            }
        }
        return null;
    }

    private static int rounded(int length) {
        int unit = Integer.highestOneBit(length) / ROUNDED_PART;
        long rounded = ((long) length + unit - 1) / unit * unit;
        return rounded > JavaArray.MOST ? length : (int) rounded;
    }

    /**
     * Takes an array back that nobody uses or writes to any more. Those that wait longest make room for it: they may be
     * of a length that nobody asks for.
     *
     * @param length for which it was taken
     */
    public void give(byte[] array, int length) {
        synchronized (this) {
            if (users > 0 && array.length <= mostIdle) {
                reclaim(idleBytes + array.length - mostIdle);
                idle.add(array);
                count(array.length);
            }
        }
        lost(array, length);
    }

    /** Says that an array is used no more, but by a late writer maybe: it is the garbage collector's. */
    public void lost(byte[] array, int length) {
        share.charge(length - array.length);
    }

    @GuardedBy("this")
    private void count(long more) {
        idleBytes += more;
        share.charge(more);
    }

    @Override
    public synchronized void reclaim(long bytes) {
        long least = idleBytes - bytes;
        while (!idle.isEmpty() && idleBytes > least) {
            count(-idle.remove(0).length);
        }
    }

    /** A file was opened that reads into them. */
    public synchronized void use() {
        users++;
    }

    /** A file was closed. None is kept once all are. */
    public synchronized void useNoMore() {
        users--;
        if (users == 0) {
            reclaim(idleBytes);
        }
    }

    /** Bytes of arrays that wait for the next request. */
    public synchronized long idleBytes() {
        return idleBytes;
    }
}
