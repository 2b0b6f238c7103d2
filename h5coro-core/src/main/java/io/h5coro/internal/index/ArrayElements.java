// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.node.ElementLayout;
import io.h5coro.internal.walk.Wave;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Reads elements of a fixed or extensible array: finds the pieces of the file that hold them, reads all pieces in one
 * wave, checks each and decodes what is wanted. Immutable.
 */
final class ArrayElements {
    /*
     * Example: a fixed array of 3000 elements in pages of 1024, and runs [100, 200) and [1000, 1100). Element 100 asks
     * for the piece [0, 1024), which serves [100, 200) and [1000, 1024); at 1024 the next piece [1024, 2048) is asked
     * for and serves [1024, 1100). Two pieces are read, in one wave, and 200 elements decoded.
     */

    private final ChunkSpace chunks;
    private final ChunkNumbering numbering;
    private final ElementLayout layout;

    /** What messages call a piece. */
    private final String what;

    /**
     * A piece of an array that is read as a whole.
     *
     * @param first its first element
     * @param end the first element behind it
     * @param address where it stands; undefined when none of its elements was ever written
     * @param head bytes in front of the elements
     * @param check passes over the head, which it may reject
     */
    record Piece(long first, long end, long address, int head, Consumer<Cursor> check) {
        /** A piece that does not exist. */
        static Piece hole(long first, long end) {
            return new Piece(first, end, Cursor.UNDEFINED, 0, at -> {});
        }
    }

    /**
     * Elements of one piece that are wanted.
     *
     * @param piece index of the piece in the list of those that are read
     * @param start first element that is wanted
     * @param end first element behind those
     */
    private record Part(int piece, long start, long end) {}

    ArrayElements(ChunkSpace chunks, ChunkNumbering numbering, ElementLayout layout, String what) {
        this.chunks = chunks;
        this.numbering = numbering;
        this.layout = layout;
        this.what = what;
    }

    /** Whether they are of chunks with filters. */
    boolean filtered() {
        return layout.sizeWidth() > 0;
    }

    /**
     * Reads the elements of some runs; blocks.
     *
     * @param runs ascending
     * @param pieceOf the piece that holds an element
     * @param found receives the chunks that exist
     */
    void read(List<ChunkNumbering.Run> runs, LongFunction<Piece> pieceOf, ChunkIndex.Receiver found) {
        List<Piece> pieces = new ArrayList<>();
        List<List<Part>> parts = new ArrayList<>();
        Piece piece = Piece.hole(0, 0);
        for (ChunkNumbering.Run run : runs) {
            for (long at = run.start(); at < run.end(); at = piece.end()) {
                if (at >= piece.end()) {
                    piece = pieceOf.apply(at);
                    if (piece.address() != Cursor.UNDEFINED) {
                        pieces.add(piece);
                        parts.add(new ArrayList<>());
                    }
                }
                if (piece.address() != Cursor.UNDEFINED) {
                    int last = pieces.size() - 1;
                    parts.get(last).add(new Part(last, at, Math.min(run.end(), piece.end())));
                }
            }
        }
        Wave.read(chunks.file(), ranges(pieces), what, (i, bytes) -> decode(pieces.get(i), bytes, parts.get(i), found));
    }

    /**
     * What to read of each piece: head, elements and a checksum of 4 bytes. Pieces do not overlap in a valid file, so
     * together they are no longer than it.
     */
    private List<ByteRange> ranges(List<Piece> pieces) {
        List<ByteRange> ranges = new ArrayList<>(pieces.size());
        long total = 0;
        for (Piece piece : pieces) {
            long size = piece.head() + (piece.end() - piece.first()) * layout.elementSize() + 4;
            chunks.file().check(piece.address(), size, what);
            total += size;
            if (total > chunks.file().end()) {
                throw chunks.malformed(what + "s that do not fit in the file together");
            }
            ranges.add(new ByteRange(piece.address(), size));
        }
        return ranges;
    }

    /** Checks a piece as a whole, whatever part of it is wanted; then decodes the parts. */
    private void decode(Piece piece, Cursor bytes, List<Part> parts, ChunkIndex.Receiver found) {
        piece.check().accept(bytes);
        bytes.seek(piece.head() + (int) (piece.end() - piece.first()) * layout.elementSize());
        bytes.checksum(chunks.verify(), what);
        long[] coordinate = numbering.coordinate(piece.first());
        for (Part part : parts) {
            bytes.seek(piece.head() + (int) (part.start() - piece.first()) * layout.elementSize());
            for (long number = part.start(); number < part.end(); number++) {
                element(bytes, number, coordinate, found);
            }
        }
    }

    /**
     * Decodes the element at a cursor and passes over it.
     *
     * @param number the element's number in the array, which says which chunk it is
     * @param coordinate takes its place
     * @param found receives the chunk unless its address is undefined
     */
    void element(Cursor at, long number, long[] coordinate, ChunkIndex.Receiver found) {
        long address = at.address();
        long size = layout.sizeWidth() > 0 ? at.unsigned(layout.sizeWidth()) : chunks.plainSize();
        int mask = layout.sizeWidth() > 0 ? at.i32() : 0;
        if (address != Cursor.UNDEFINED) {
            numbering.coordinate(number, coordinate);
            chunks.check(coordinate, address, size);
            found.chunk(coordinate, address, size, mask);
        }
    }
}
