// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.node.ElementLayout;
import io.h5coro.internal.format.node.FixedArrayHeader;
import io.h5coro.internal.walk.FileSpace;
import java.util.List;

/**
 * The index of a dataset of bounded extent: an array with an element for each chunk of it (H5FA.c, H5Dfarray.c). A
 * look-up reads the pages that hold the wanted elements.
 */
final class FixedArrayIndex implements ChunkIndex {
    private static final String WHAT = "fixed array data block";

    private final ChunkSpace chunks;
    private final ChunkNumbering numbering;
    private final FixedArrayHeader header;
    private final ArrayElements elements;

    /** Bytes of the data block in front of its elements or pages; 0 when there is no data block. */
    private final int prefix;

    /** Invariant: one bit for each page, most significant first; empty without pages. */
    private final byte[] pageBits;

    /** Reads the head, and the bits of the pages if there are any; blocks. */
    FixedArrayIndex(ChunkSpace chunks, long address) {
        this.chunks = chunks;
        this.numbering = ChunkNumbering.rowMajor(chunks);
        FileSpace file = chunks.file();
        Cursor at = file.read(address, FixedArrayHeader.size(file.origin()), "fixed array header");
        this.header = FixedArrayHeader.parse(at, address, chunks.verify());
        this.elements =
                new ArrayElements(chunks, numbering, ElementLayout.of(header.client(), header.elementSize(), at), WHAT);
        chunks.checkFiltered(elements.filtered());
        boolean stored = header.blockAddress() != Cursor.UNDEFINED;
        if (stored) {
            // Also keeps all arithmetic on elements within 64 bits.
            if (header.elements() > file.end() / header.elementSize()) {
                throw at.malformed(
                        "fixed array of " + header.elements() + " elements in a file of " + file.end() + " bytes");
            }
            file.check(header.blockAddress(), header.prefixSize(file.origin()), WHAT);
        }
        this.prefix = stored ? (int) header.prefixSize(file.origin()) : 0;
        this.pageBits = stored && header.paged()
                ? header.parsePageBits(file.read(header.blockAddress(), prefix, WHAT), chunks.verify())
                : new byte[0];
    }

    @Override
    public void find(ChunkBox box, Receiver receiver) {
        if (header.blockAddress() != Cursor.UNDEFINED) {
            if (numbering.reaches(box, header.elements())) {
                throw chunks.malformed("fixed array of " + header.elements() + " elements has none for a chunk");
            }
            elements.read(numbering.runs(box, header.elements()), this::pieceOf, receiver);
        }
    }

    @Override
    public void all(long[] last, Receiver receiver) {
        if (header.blockAddress() != Cursor.UNDEFINED) {
            elements.read(List.of(new ChunkNumbering.Run(0, header.elements())), this::pieceOf, receiver);
        }
    }

    /**
     * The page that holds an element, or the whole data block when it has no pages.
     *
     * @param element below the number of elements
     */
    private ArrayElements.Piece pieceOf(long element) {
        if (!header.paged()) {
            return new ArrayElements.Piece(0, header.elements(), header.blockAddress(), prefix, header::checkBlock);
        }
        long page = element / header.pageElements();
        long first = page * header.pageElements();
        long end = Math.min(header.elements(), first + header.pageElements());
        if ((pageBits[(int) (page >> 3)] & (0x80 >> (page & 7))) == 0) {
            return ArrayElements.Piece.hole(first, end);
        }
        long address = header.blockAddress() + prefix + page * header.pageStride();
        return new ArrayElements.Piece(first, end, address, 0, at -> {});
    }
}
