// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.model.Destination;
import io.h5coro.model.ElementType;
import io.h5coro.model.FloatType;
import java.util.ArrayDeque;
import java.util.Deque;

/** Arrays of one length for elements of one type, used again once they are given back. Thread-safe. */
public final class ReusedMemory {
    private final ElementType type;

    /** Invariant: all of one length. */
    @GuardedBy("this")
    private final Deque<Destination> free = new ArrayDeque<>();

    /**
     * No array yet.
     *
     * @param type goes straight into the result ({@link ResultBuffer#isDirect})
     */
    public ReusedMemory(ElementType type) {
        this.type = type;
    }

    /** An array of exactly that length, which may hold anything. */
    public synchronized Destination take(int length) {
        while (!free.isEmpty()) {
            Destination last = free.pop();
            if (last.length() == length) {
                return last;
            }
        }
        return made(length);
    }

    /** Takes an array back that nobody uses any more. */
    public synchronized void give(Destination memory) {
        free.push(memory);
    }

    private Destination made(int length) {
        if (type instanceof FloatType) {
            return type.size() == Float.BYTES
                    ? Destination.of(new float[length], 0)
                    : Destination.of(new double[length], 0);
        }
        return switch (type.size()) {
            case 1 -> Destination.of(new byte[length], 0);
            case 2 -> Destination.of(new short[length], 0);
            case 4 -> Destination.of(new int[length], 0);
            default -> Destination.of(new long[length], 0);
        };
    }
}
