// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.stage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that the filters of a pipeline decode into, one chunk after the other. Confined to one task at a time.
 *
 * <p>An array belongs to who took it, until it is given back. What nobody gives back is lost to the buffers, and
 * nothing else: whoever wants to keep a decoded chunk just keeps it.
 *
 * <p>Example: a chunk went through shuffle and deflate. Deflate takes A and decodes into it, shuffle takes B and moves
 * the bytes of A there. A is given back. The values are copied out of B, which is given back too. The next chunk finds
 * both.
 */
public final class StageBuffers {
    /** What a stage reads, what it writes, and one for what it does in between. */
    private static final int MOST = 3;

    private final List<byte[]> idle = new ArrayList<>(MOST);

    /** Arrays that were taken; few at a time. */
    private final List<byte[]> taken = new ArrayList<>(MOST);

    /** What the last filter that needs such a thing works with besides arrays: a few hundred kilobytes at the most. */
    private @Nullable Object scratch;

    /** Buffers of which none is made yet. */
    public StageBuffers() {
        // They are made when they are taken.
    }

    /**
     * Takes an array.
     *
     * @param length bytes that it has at the least
     * @return an array of any content, the caller's
     */
    public byte[] take(int length) {
        int best = -1;
        for (int i = 0; i < idle.size(); i++) {
            int size = idle.get(i).length;
            if (size >= length && (best < 0 || size < idle.get(best).length)) {
                best = i;
            }
        }
        byte[] array = best < 0 ? new byte[length] : idle.remove(best);
        taken.add(array);
        return array;
    }

    /**
     * Takes an array in place of one that was taken and is too short.
     *
     * @param used leading bytes that are copied
     */
    public byte[] grow(byte[] array, int used, int length) {
        byte[] larger = take(length);
        System.arraycopy(array, 0, larger, 0, used);
        giveBack(array);
        return larger;
    }

    /**
     * Gives an array back, which the caller does not use any more; has no effect when it is none that was taken. The
     * shortest one is forgotten when there are enough.
     */
    public void giveBack(byte[] array) {
        for (int i = 0; i < taken.size(); i++) {
            if (taken.get(i) == array) {
                taken.remove(i);
                idle.add(array);
                if (idle.size() > MOST) {
                    forgetShortest();
                }
                return;
            }
        }
    }

    private void forgetShortest() {
        int shortest = 0;
        for (int i = 1; i < idle.size(); i++) {
            if (idle.get(i).length < idle.get(shortest).length) {
                shortest = i;
            }
        }
        idle.remove(shortest);
    }

    /** Forgets the arrays that were taken and not given back: they are their takers'. */
    public void forgetTaken() {
        taken.clear();
    }

    /** What a filter has left for the next chunk; null when there is nothing of that type. */
    public <T> @Nullable T scratch(Class<T> type) {
        return type.isInstance(scratch) ? type.cast(scratch) : null;
    }

    /** Keeps something for the next chunk, in place of what was kept before. */
    public void keepScratch(Object made) {
        scratch = made;
    }

    /** Bytes of the arrays that were given back. */
    public long idleBytes() {
        long bytes = 0;
        for (byte[] array : idle) {
            bytes += array.length;
        }
        return bytes;
    }
}
