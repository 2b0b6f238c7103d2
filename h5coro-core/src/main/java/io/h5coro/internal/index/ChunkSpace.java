// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.model.Dataspace;
import java.util.Arrays;

/** What all indexes of one dataset need to know of it, and where they check what they found. Immutable. */
final class ChunkSpace {
    private final FileSpace space;

    /** The dataset, for messages. */
    private final String path;

    private final long[] chunkShape;

    /** Elements of the maximum extent in each dimension; {@link Dataspace#UNLIMITED} without a bound. */
    private final long[] maximum;

    /** Invariant: positive, unless elements have no bytes; the product was checked for an overflow. */
    private final long plainSize;

    private final boolean filtered;

    /**
     * The chunks of a dataset.
     *
     * @throws MalformedFileException when layout and dataspace do not fit together
     */
    ChunkSpace(FileSpace space, DatasetDescriptor dataset, Layout.Chunked layout) {
        this.space = space;
        this.path = dataset.path();
        this.chunkShape = layout.chunkShape().clone();
        this.maximum = dataset.space().maximum();
        this.filtered = !dataset.filters().isEmpty();
        if (chunkShape.length != maximum.length || chunkShape.length == 0) {
            throw malformed("chunks of rank " + chunkShape.length + " in a dataset of rank " + maximum.length);
        }
        long size = dataset.type().size();
        for (long length : chunkShape) {
            if (length <= 0 || Math.multiplyHigh(size, length) != 0 || size * length < 0) {
                throw malformed("chunks of shape " + Arrays.toString(chunkShape) + " and elements of "
                        + dataset.type().size() + " bytes");
            }
            size *= length;
        }
        this.plainSize = size;
    }

    FileSpace file() {
        return space;
    }

    boolean verify() {
        return space.options().verifyChecksums();
    }

    int rank() {
        return chunkShape.length;
    }

    /** Elements of a chunk in each dimension, a copy. */
    long[] chunkShape() {
        return chunkShape.clone();
    }

    /** Elements of a chunk in a dimension. */
    long chunkLength(int dimension) {
        return chunkShape[dimension];
    }

    /** Bytes of a chunk without filters. */
    long plainSize() {
        return plainSize;
    }

    /** Whether a dimension has no bound. */
    boolean unlimited(int dimension) {
        return maximum[dimension] == Dataspace.UNLIMITED;
    }

    /** Chunks of the maximum extent in a dimension that has a bound. */
    long maximumChunks(int dimension) {
        return maximum[dimension] / chunkShape[dimension] + (maximum[dimension] % chunkShape[dimension] == 0 ? 0 : 1);
    }

    /**
     * Checks a chunk that the index has.
     *
     * @param coordinate for the message
     * @param address relative to the base address
     * @param storedSize bytes in the file; any number that fits, since only decoding knows how long they should be
     * @throws MalformedFileException when it does not lie in the file
     */
    void check(long[] coordinate, long address, long storedSize) {
        if (address < 0 || storedSize < 0 || address > space.end() - storedSize) {
            throw new MalformedFileException(
                    new Where(
                            space.origin().source(),
                            path,
                            address == Cursor.UNDEFINED ? Where.NO_ADDRESS : space.base() + address),
                    "chunk " + Arrays.toString(coordinate) + " of " + storedSize
                            + " stored bytes does not lie in the file, which ends at 0x"
                            + Long.toHexString(space.base() + space.end()));
        }
    }

    /**
     * Checks that an index is of filtered chunks when the dataset has filters, and only then. Where these are lost,
     * nobody knows what the chunks' bytes stand for.
     *
     * @throws MalformedFileException when it is not
     */
    void checkFiltered(boolean index) {
        if (index != filtered) {
            throw malformed("index of chunks " + (index ? "with" : "without") + " filters in a dataset "
                    + (filtered ? "with" : "without") + " filters");
        }
    }

    LimitExceededException tooMany(String problem) {
        return new LimitExceededException(Where.object(space.origin().source(), path), problem);
    }

    MalformedFileException malformed(String problem) {
        return new MalformedFileException(Where.object(space.origin().source(), path), problem);
    }
}
