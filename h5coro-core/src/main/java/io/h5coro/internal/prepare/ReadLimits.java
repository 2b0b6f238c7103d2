// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.Where;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.grid.Selection;
import io.h5coro.internal.memory.DecodeRoom;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.internal.plan.RequestCosts;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.StorageProfile;
import java.util.OptionalLong;

/**
 * What reads of a file cost and may take: from its options, its storage, and the memory that it shares. Immutable but
 * for what a storage may have measured meanwhile.
 *
 * @param file the file
 */
public record ReadLimits(SourceFile file) {
    /** Parts of a run are not cut for gaps shorter than this, whatever the options say: it bounds their number. */
    private static final long LEAST_GAP_BYTES = 512;

    /**
     * Longest part of values that are stored as they are: short enough that several threads copy one request's. The
     * bytes in flight may lower it.
     */
    private static final long PIECE_BYTES = 1 << 20;

    /** What requests cost now. */
    public RequestCosts costs() {
        StorageProfile profile = file.reader().profile();
        ReadOptions options = file.options();
        return new RequestCosts(
                profile.firstByteMicros(),
                profile.bytesPerSecond(),
                profile.connections(),
                Math.min(options.maxRequestBytes(), shareInFlight()),
                options.gapBytes());
    }

    /** What reads of a data cache cost. What nobody wanted need not be there, so nothing is read along. */
    public RequestCosts storedCosts() {
        StorageProfile profile = StorageProfile.LOCAL;
        return new RequestCosts(
                profile.firstByteMicros(),
                profile.bytesPerSecond(),
                profile.connections(),
                Math.min(file.options().maxRequestBytes(), shareInFlight()),
                OptionalLong.of(0));
    }

    /** Unwanted bytes that are rather read than skipped, where what is wanted is small. */
    long gapBytes() {
        return Math.max(LEAST_GAP_BYTES, costs().gap());
    }

    /**
     * No parts yet of values that are stored as they are.
     *
     * @param selection what is wanted of them
     * @param held memory of the parts of picked elements, of which there may be many
     */
    PlainPieces plainPieces(Selection selection, HeldMemory held) {
        return selection.picked() == null
                ? new PlainPieces(gapBytes(), pieceBytes(), costs())
                : new PlainPieces(gapBytes(), pieceBytes(), costs(), held::claim);
    }

    /** Longest part of values that are stored as they are. */
    long pieceBytes() {
        return Math.min(PIECE_BYTES, shareInFlight());
    }

    /**
     * Longest request and longest part of plain values, so that a part which lies in two requests does not need more
     * than all bytes in flight.
     *
     * <p>A part of a quarter that begins in the middle of a request of a quarter touches two requests, half of all
     * bytes in flight.
     */
    private long shareInFlight() {
        return Math.max(1, file.memory().mostInFlight() / 4);
    }

    /** Most bytes of one result, or of one chunk. */
    long mostBytes() {
        return Math.min(file.options().resultBytes(), file.memory().mostResults());
    }

    /** Memory to find out which elements of a request are selected. */
    HeldMemory held(Where where) {
        return new HeldMemory(where, mostBytes());
    }

    /**
     * Checks the memory that the results of a call take.
     *
     * @param bytes with this one
     * @throws LimitExceededException when it is more than the call can ever have
     */
    public void checkResults(Where where, long bytes) {
        long limit = file.options().resultBytes();
        String found = "the results of the call take " + bytes + " bytes of memory";
        if (bytes > limit) {
            throw new LimitExceededException(
                    where,
                    found + ", the limit resultBytes is " + limit + " bytes: read in slices, or in several calls");
        }
        checkMemory(where, found, bytes);
    }

    /**
     * Checks the memory that a call takes before it is let in: of its results, and what its largest chunk needs to be
     * decoded beyond what there is for that ({@link #workBeyondRoom}).
     *
     * @param bytes of the results
     * @param work of the largest chunk, beyond the room
     * @throws LimitExceededException when it is more than the call can ever have
     */
    public void checkWork(Where where, long bytes, long work) {
        if (work > 0) {
            checkMemory(
                    where,
                    "the results of the call take " + bytes + " bytes of memory, and decoding its largest chunk "
                            + (work + room().bytes()) + ", of which " + room().bytes() + " are there for every call",
                    bytes + work);
        }
    }

    /**
     * Checks the memory that a call takes before it is let in, with what says where the values of many chunks are.
     *
     * @param bytes of the results, and for decoding
     * @param held bytes that say where values are
     * @throws LimitExceededException when it is more than the call can ever have
     */
    public void checkHeld(Where where, long bytes, long held) {
        if (held > 0) {
            checkMemory(
                    where,
                    "the results of the call take " + bytes + " bytes of memory, and where their chunks are " + held,
                    bytes + held);
        }
    }

    private void checkMemory(Where where, String found, long bytes) {
        SharedMemory memory = file.memory();
        if (bytes > memory.mostResults()) {
            throw new LimitExceededException(
                    where,
                    found + "; " + memory.name() + " has " + memory.mostResults()
                            + " for results: read in slices, in several calls, or " + memory.remedy());
        }
    }

    /**
     * Bytes that decoding one piece of a request takes beyond what there is for every call.
     *
     * @return 0 when the room holds the largest piece
     */
    public long workBeyondRoom(DatasetRead read) {
        return Math.max(0, read.workBytes() - room().bytes());
    }

    /** Where chunks are decoded. */
    public DecodeRoom room() {
        return file.decodeRoom();
    }
}
