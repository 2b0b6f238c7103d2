// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.node.ElementLayout;
import io.h5coro.internal.format.node.ExtensibleArrayBlocks.IndexBlock;
import io.h5coro.internal.format.node.ExtensibleArrayBlocks.SuperBlock;
import io.h5coro.internal.format.node.ExtensibleArrayHeader;
import io.h5coro.internal.index.ArrayElements.Piece;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.internal.walk.Wave;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of a dataset with one unlimited dimension: an array that grows (H5EA.c, H5Dearray.c). A look-up reads the
 * super blocks on the way, all together, and then the data blocks or pages that hold the wanted elements.
 */
final class ExtensibleArrayIndex implements ChunkIndex {
    private static final String DATA_BLOCK = "extensible array data block";
    private static final String SUPER_BLOCK = "extensible array super block";

    private final ChunkSpace chunks;
    private final ChunkNumbering numbering;
    private final ExtensibleArrayHeader header;
    private final ArrayElements elements;

    /** Null when no chunk was ever written. */
    private final @Nullable IndexBlock index;

    /** Super blocks read so far, at most 64, by number; all of them lie in the file. */
    private final Map<Integer, SuperBlock> superBlocks = new ConcurrentHashMap<>();

    /** Reads the head and the index block; blocks. */
    ExtensibleArrayIndex(ChunkSpace chunks, long address) {
        this.chunks = chunks;
        this.numbering = ChunkNumbering.unlimitedFirst(chunks);
        FileSpace file = chunks.file();
        Cursor at = file.read(address, ExtensibleArrayHeader.size(file.origin()), "extensible array header");
        this.header = ExtensibleArrayHeader.parse(at, address, chunks.verify());
        this.elements = new ArrayElements(
                chunks, numbering, ElementLayout.of(header.client(), header.elementSize(), at), DATA_BLOCK);
        chunks.checkFiltered(elements.filtered());
        this.index = header.indexBlock() == Cursor.UNDEFINED ? null : readIndexBlock(file);
    }

    private IndexBlock readIndexBlock(FileSpace file) {
        long size = header.indexBlockSize(file.origin());
        Cursor at = file.read(header.indexBlock(), size, "extensible array index block");
        return IndexBlock.parse(at, header, chunks.verify());
    }

    @Override
    public void find(ChunkBox box, Receiver receiver) {
        find(numbering.runs(box, header.elements()), receiver);
    }

    @Override
    public void all(long[] last, Receiver receiver) {
        find(List.of(new ChunkNumbering.Run(0, header.elements())), receiver);
    }

    private void find(List<ChunkNumbering.Run> runs, Receiver receiver) {
        if (index == null) {
            return;
        }
        long[] coordinate = new long[chunks.rank()];
        List<ChunkNumbering.Run> behind = new ArrayList<>();
        for (ChunkNumbering.Run run : runs) {
            long split = Math.min(run.end(), header.indexElements());
            for (long number = run.start(); number < split; number++) {
                Cursor at = index.elements().part((int) number * header.elementSize(), header.elementSize());
                elements.element(at, number, coordinate, receiver);
            }
            if (run.end() > header.indexElements()) {
                behind.add(new ChunkNumbering.Run(Math.max(run.start(), header.indexElements()), run.end()));
            }
        }
        readSuperBlocks(behind, index);
        elements.read(behind, number -> pieceOf(number, index), receiver);
    }

    /**
     * Reads the super blocks that the runs need and that are not kept; one wave.
     *
     * @param runs ascending, behind the elements of the index block
     */
    private void readSuperBlocks(List<ChunkNumbering.Run> runs, IndexBlock block) {
        List<Integer> missing = new ArrayList<>();
        int next = header.directSuperBlocks();
        for (ChunkNumbering.Run run : runs) {
            next = Math.max(next, header.superBlockOf(run.start()));
            int last = header.superBlockOf(run.end() - 1);
            for (; next <= last; next++) {
                if (addressOf(next, block) != Cursor.UNDEFINED && !superBlocks.containsKey(next)) {
                    missing.add(next);
                }
            }
        }
        List<ByteRange> ranges = new ArrayList<>(missing.size());
        for (int number : missing) {
            long size = header.superBlockSize(number, chunks.file().origin());
            chunks.file().check(addressOf(number, block), size, SUPER_BLOCK);
            ranges.add(new ByteRange(addressOf(number, block), size));
        }
        Wave.read(chunks.file(), ranges, SUPER_BLOCK, (i, at) -> {
            int number = missing.get(i);
            superBlocks.put(number, SuperBlock.parse(at, header, number, chunks.verify()));
        });
    }

    /**
     * The address of a super block, undefined when none of its chunks was written.
     *
     * @param superBlock at least {@link ExtensibleArrayHeader#directSuperBlocks()}
     */
    private long addressOf(int superBlock, IndexBlock block) {
        int place = superBlock - header.directSuperBlocks();
        if (place >= block.superBlocks().length) {
            throw chunks.malformed("extensible array has no super block " + superBlock);
        }
        return block.superBlocks()[place];
    }

    /** The data block, or page of one, that holds an element. Needs no read: {@link #readSuperBlocks} was called. */
    private Piece pieceOf(long element, IndexBlock block) {
        int superBlock = header.superBlockOf(element);
        long start = header.firstElement(superBlock);
        long length = header.blockElements(superBlock);
        long place = (element - start) / length;
        long first = start + place * length;
        if (superBlock < header.directSuperBlocks()) {
            if (header.pages(superBlock) > 0) {
                throw chunks.malformed("extensible array with pages in data blocks of its index block");
            }
            long address = block.dataBlocks()[(int) (header.blocksBefore(superBlock) + place)];
            return whole(first, length, address);
        }
        if (addressOf(superBlock, block) == Cursor.UNDEFINED) {
            return Piece.hole(start, header.firstElement(superBlock + 1));
        }
        SuperBlock pointers = Objects.requireNonNull(superBlocks.get(superBlock));
        long address = pointers.dataBlocks()[(int) place];
        if (address == Cursor.UNDEFINED || header.pages(superBlock) == 0) {
            return whole(first, length, address);
        }
        return page(element, first, place * header.pages(superBlock), address, pointers);
    }

    /** A data block without pages, read with its prefix and one checksum. */
    private Piece whole(long first, long length, long address) {
        return new Piece(
                first, first + length, address, header.blockPrefix(chunks.file().origin()), header::checkBlock);
    }

    /**
     * A page of a data block.
     *
     * @param pagesBefore pages of the data blocks before
     * @param address of the data block
     */
    private Piece page(long element, long blockStart, long pagesBefore, long address, SuperBlock pointers) {
        long page = (element - blockStart) / header.pageElements();
        long first = blockStart + page * header.pageElements();
        long end = first + header.pageElements();
        if (!pointers.pageWritten(pagesBefore + page)) {
            return Piece.hole(first, end);
        }
        long prefix = header.blockPrefix(chunks.file().origin()) + 4L;
        // In a file the block has room for all its pages, so a product past 2^63 cannot be right.
        if (page > chunks.file().end() / header.pageStride()) {
            throw chunks.malformed("extensible array page " + page + " behind the end of the file");
        }
        return new Piece(first, end, address + prefix + page * header.pageStride(), 0, at -> {});
    }
}
