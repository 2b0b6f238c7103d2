// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.model.Destination;
import io.h5coro.model.ElementType;
import io.h5coro.model.FloatType;
import io.h5coro.model.Shape;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Memory that a caller gave for the values of one request. Once it is closed, and nobody writes any more, nothing is
 * ever written to it again. Thread-safe.
 */
public final class CallerMemory {
    private final Destination destination;
    private final boolean counts;

    @GuardedBy("this")
    private Gate gate = new Gate();

    @GuardedBy("this")
    private boolean closed;

    private volatile Destination.@Nullable Filled filled;

    /**
     * Memory of a caller.
     *
     * @param counts whether it counts as memory of the reader
     */
    public CallerMemory(Destination destination, boolean counts) {
        this.destination = destination;
        this.counts = counts;
    }

    /** Whether it counts as memory of the reader. */
    public boolean counts() {
        return counts;
    }

    /** The memory. */
    public Destination destination() {
        return destination;
    }

    /** What fills it: known once a buffer was made. */
    public Destination.Filled filled() {
        return Objects.requireNonNull(filled);
    }

    /**
     * Takes note of what it is for.
     *
     * @throws SelectionException when it does not take these elements, or not as many
     */
    public void expect(ElementType type, Shape shape, Where where) {
        if (!ResultBuffer.isDirect(type)) {
            throw new SelectionException(
                    where,
                    "elements of type " + type.shortName()
                            + " are converted when they are read, so no memory takes them as they are: use read");
        }
        Class<?> wanted = destination.memory().getClass();
        Class<?> own = ownClass(type);
        if (wanted != own
                && !(bufferClass(type).isInstance(destination.memory()))
                && !(destination.memory() instanceof ByteBuffer)) {
            throw new SelectionException(
                    where,
                    "elements of type " + type.shortName() + " need a " + own.getSimpleName()
                            + ", a buffer of such elements or a ByteBuffer; given is a " + destination);
        }
        long count = shape.elementCount();
        if (count > room(type)) {
            throw new SelectionException(
                    where, count + " elements of type " + type.shortName() + " do not fit into a " + destination);
        }
        filled = new Destination.Filled(type, shape);
    }

    private long room(ElementType type) {
        return destination.length() / (destination.memory() instanceof ByteBuffer ? type.size() : 1);
    }

    private static Class<?> ownClass(ElementType type) {
        if (type instanceof FloatType) {
            return type.size() == Float.BYTES ? float[].class : double[].class;
        }
        return switch (type.size()) {
            case 1 -> byte[].class;
            case 2 -> short[].class;
            case 4 -> int[].class;
            default -> long[].class;
        };
    }

    private static Class<?> bufferClass(ElementType type) {
        if (type instanceof FloatType) {
            return type.size() == Float.BYTES ? FloatBuffer.class : DoubleBuffer.class;
        }
        return switch (type.size()) {
            case 1 -> ByteBuffer.class;
            case 2 -> ShortBuffer.class;
            case 4 -> IntBuffer.class;
            default -> LongBuffer.class;
        };
    }

    /**
     * A buffer over the memory.
     *
     * @throws ReadAbortedException when it is closed
     */
    ResultBuffer buffer(ElementType type, int count) {
        Gate own;
        synchronized (this) {
            if (closed) {
                throw over();
            }
            own = gate;
        }
        return new GuardedElements(own, destination, type, count);
    }

    static ReadAbortedException over() {
        return new ReadAbortedException(Where.source("memory of the caller"), "the read that filled it has ended");
    }

    /** Ends all writes to buffers made before, and waits for those under way; further ones may be made. */
    public void startAgain() {
        Gate old;
        synchronized (this) {
            old = gate;
            gate = new Gate();
        }
        old.closeAndWait();
    }

    /**
     * Ends all writes.
     *
     * @param idle is run once nobody writes: now, or by the last one who does
     */
    public void close(Runnable idle) {
        Gate last;
        synchronized (this) {
            closed = true;
            last = gate;
        }
        last.close(idle);
    }

    /** Lets writers in until it is closed. Thread-safe. */
    static final class Gate {
        @GuardedBy("this")
        private int writers;

        @GuardedBy("this")
        private boolean closed;

        @GuardedBy("this")
        private @Nullable Runnable idle;

        /** Lets a writer in, who leaves. */
        synchronized void enter() {
            if (closed) {
                throw over();
            }
            writers++;
        }

        void leave() {
            Runnable then = null;
            synchronized (this) {
                writers--;
                if (writers == 0) {
                    then = idle;
                    idle = null;
                    notifyAll();
                }
            }
            if (then != null) {
                then.run();
            }
        }

        void close(Runnable then) {
            synchronized (this) {
                closed = true;
                if (writers > 0) {
                    idle = then;
                    return;
                }
            }
            then.run();
        }

        /** Writers do nothing but copy, so the wait is short: it is not interrupted. */
        synchronized void closeAndWait() {
            closed = true;
            boolean interrupted = false;
            while (writers > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
