// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.memory.AnswerArrays;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that were lent to the storage for one request: more than one where it was sent twice. Thread-safe.
 *
 * <p>Only the one in which the answer came is used again. To all others, and to those of a request that failed or was
 * cancelled, the storage may still write.
 *
 * <p>Example: a request is late and sent again. A was lent to the first one, B to the second, which answers. B goes
 * back to the others once its bytes are decoded. A never does: its body may arrive at any time.
 */
final class Loan {
    private final AnswerArrays arrays;

    @GuardedBy("this")
    private final List<Lent> lent = new ArrayList<>(1);

    @GuardedBy("this")
    private @Nullable Lent answer;

    @GuardedBy("this")
    private boolean ended;

    /**
     * An array.
     *
     * @param length for which it was lent
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity
    private record Lent(byte[] array, int length) {}

    /** None yet. */
    Loan(AnswerArrays arrays) {
        this.arrays = arrays;
    }

    /**
     * Lends an array.
     *
     * @param length bytes that it has at the least
     */
    byte[] lend(int length) {
        if (length < AnswerArrays.LEAST_BYTES) {
            return new byte[length];
        }
        byte[] array = arrays.take(length);
        synchronized (this) {
            if (!ended) {
                lent.add(new Lent(array, length));
                return array;
            }
        }
        arrays.lost(array, length);
        return array;
    }

    /** The request has ended: of what was lent only the array of its answer is kept. None where it failed. */
    void answered(byte @Nullable [] bytes) {
        List<Lent> others;
        synchronized (this) {
            ended = true;
            others = new ArrayList<>(lent);
            lent.clear();
            for (Lent one : others) {
                answer = one.array == bytes ? one : answer;
            }
            others.remove(answer);
        }
        others.forEach(one -> arrays.lost(one.array, one.length));
    }

    /** Nobody needs the answer any more. */
    void giveBack() {
        Lent done;
        synchronized (this) {
            done = answer;
            answer = null;
        }
        if (done != null) {
            arrays.give(done.array, done.length);
        }
    }
}
