// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.error.Where;
import io.h5coro.internal.file.ResolvedRequest;
import io.h5coro.internal.scatter.CallerMemory;
import io.h5coro.internal.scatter.ElementDecoder;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.model.ElementType;
import io.h5coro.model.FileId;
import io.h5coro.model.H5Array;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One request of a call, from the moment that its metadata is known. Thread-safe once {@link #allocate} was called:
 * pieces are scattered by several threads, each of them once.
 */
public final class DatasetRead {
    private final Target target;
    private final List<Piece> pieces;
    private final byte @Nullable [] fill;
    private final long held;
    /** What the place of the values rests on; null when that is complete. */
    private final @Nullable ResolvedRequest rests;
    /** Pieces that are not scattered yet. */
    private final AtomicInteger remaining;
    /** Null before {@link #allocate}, once the result was made, and after {@link #fail}. */
    private volatile @Nullable ResultBuffer buffer;

    private volatile boolean failed;

    /**
     * What a request gives.
     *
     * @param name its name in the call
     * @param where what is read, for messages
     * @param type type of the elements
     * @param shape shape of the result, of not more elements than an array holds
     * @param record where the elements stand in the records of which they are a member; null when they are none
     * @param into memory of the caller for them; null when the result has its own
     */
    public record Target(
            String name,
            Where where,
            ElementType type,
            Shape shape,
            ResultBuffer.@Nullable RecordPart record,
            @Nullable CallerMemory into) {
        /** Bytes of an element of the dataset. */
        int storedSize() {
            return record == null ? type.size() : record.size();
        }

        /** What is read of each element of the dataset. */
        PlainPieces.Wanted wanted() {
            return record == null || type.size() == 0
                    ? PlainPieces.Wanted.all(storedSize())
                    : new PlainPieces.Wanted(record.offset(), type.size(), record.size());
        }

        /** Elements of the result. */
        public int elementCount() {
            return (int) shape.elementCount();
        }

        /**
         * Bytes of memory that the result takes at least while it is made; none where the caller has it.
         *
         * @return bytes; doubled where elements are converted, since raw bytes and result are there at the same time
         */
        public long memoryBytes() {
            if (into != null && !into.counts()) {
                return 0;
            }
            long bytes = (long) elementCount() * type.size();
            return ResultBuffer.isAlone(type) ? bytes : 2 * bytes;
        }
    }

    /**
     * A request.
     *
     * @param fill the element that those are which no piece holds; null for zeros or when pieces hold all
     */
    public DatasetRead(Target target, List<Piece> pieces, byte @Nullable [] fill) {
        this(target, pieces, fill, 0);
    }

    /**
     * A request that takes memory to say where its values are, besides that of its pieces.
     *
     * @param held bytes of it
     */
    public DatasetRead(Target target, List<Piece> pieces, byte @Nullable [] fill, long held) {
        this.target = target;
        this.pieces = pieces;
        this.fill = fill;
        this.held = held;
        this.rests = null;
        this.remaining = new AtomicInteger(pieces.size());
    }

    private DatasetRead(DatasetRead begun, ResolvedRequest rests) {
        this.target = begun.target;
        this.pieces = begun.pieces;
        this.fill = begun.fill;
        this.held = begun.held;
        this.rests = rests;
        this.remaining = new AtomicInteger(pieces.size());
    }

    /**
     * The same read before it began, which waits with its result for what was resolved to be confirmed: the rest of a
     * header comes while the values come.
     */
    public DatasetRead restingOn(ResolvedRequest resolved) {
        return resolved.isConfirmed() ? this : new DatasetRead(this, resolved);
    }

    /** Waits until what it rests on is complete; throws what is wrong with that. */
    public void confirm() {
        if (rests != null) {
            rests.confirm();
        }
    }

    /** What it gives. */
    public Target target() {
        return target;
    }

    /** What is read, for messages. */
    public Where where() {
        return target.where();
    }

    /** What has to be fetched. */
    public List<Piece> pieces() {
        return pieces;
    }

    /** The file that references among the values are meant in; empty for the file that the values are read from. */
    public Optional<FileId> home() {
        return pieces.size() == 1 ? pieces.get(0).home() : Optional.empty();
    }

    /** Most bytes of memory that joining and decoding one of its pieces takes. */
    public long workBytes() {
        long most = 0;
        for (Piece piece : pieces) {
            most = Math.max(most, piece.workBytes() + piece.range().length());
        }
        return most;
    }

    /** Bytes of memory that it takes to say where the values are, where that may be much. */
    public long heldBytes() {
        long sum = held;
        for (Piece piece : pieces) {
            sum += piece.heldBytes();
        }
        return sum;
    }

    /** Makes the result's storage, filled where that is needed. */
    public void allocate() {
        ResultBuffer.@Nullable RecordPart record = target.record();
        CallerMemory into = target.into();
        if (into != null) {
            buffer = allocate(into);
            return;
        }
        ResultBuffer made = record == null
                ? ResultBuffer.of(target.type(), target.elementCount())
                : ResultBuffer.of(target.type(), target.elementCount(), record);
        if (fill != null) {
            made.fill(fill);
        }
        buffer = made;
    }

    private ResultBuffer allocate(CallerMemory into) {
        ResultBuffer made = ResultBuffer.of(target.type(), target.elementCount(), target.record(), into);
        made.fill(fill != null ? fill : new byte[target.storedSize()]);
        return made;
    }

    /** The result's storage. */
    public ResultBuffer buffer() {
        return Objects.requireNonNull(buffer);
    }

    /**
     * The result, made once all pieces are in and what it rests on is confirmed.
     *
     * <p>Called once: the buffer is given up.
     */
    public H5Array array(ElementDecoder decoder) {
        confirm();
        ResultBuffer whole = buffer();
        buffer = null;
        return whole.array(target.type(), target.shape(), decoder);
    }

    /** Whether the result is made without converting elements and without waiting for a header. */
    public boolean isDirect() {
        boolean waits = rests != null && !rests.isConfirmed();
        return !waits && isPlain();
    }

    private boolean isPlain() {
        return ResultBuffer.isDirect(target.type()) || target.type() instanceof OpaqueType;
    }

    /**
     * Counts a piece as scattered; true for the last one.
     *
     * <p>Called once for each piece, by the thread that scattered it.
     */
    public boolean pieceDone() {
        return remaining.decrementAndGet() == 0;
    }

    /** Whether further pieces are of no use. */
    public boolean isFailed() {
        return failed;
    }

    /** Says that further pieces are of no use, and gives the memory of the result up. */
    public void fail() {
        failed = true;
        buffer = null;
    }
}
