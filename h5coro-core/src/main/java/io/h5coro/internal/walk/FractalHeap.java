// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.internal.cache.Recent;
import io.h5coro.internal.format.node.FractalHeapDirectBlock;
import io.h5coro.internal.format.node.FractalHeapHeader;
import io.h5coro.internal.format.node.FractalHeapIndirectBlock;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fractal heap: links and attributes in dense storage, shared messages. Thread-safe; keeps the blocks used last.
 *
 * <p>A heap id is a flag byte (bits 6-7 version, bits 4-5 type) and then, for a managed object, offset and length; for
 * a huge one, its place in the file or a key of a B-tree; for a tiny one, the object itself (H5HFman.c, H5HFhuge.c,
 * H5HFtiny.c).
 */
public final class FractalHeap {
    private static final int MANAGED = 0;
    private static final int HUGE = 1;
    private static final int TINY = 2;

    /** Ids up to this many bytes (without the flag byte) have tiny objects with a length of 4 bits, else of 12. */
    private static final int SHORT_TINY = 17;

    /** What messages call it. */
    private static final String DIRECT_BLOCK = "fractal heap direct block";

    /**
     * For each of both kinds of block. A heap whose blocks in use are larger reads and checks them again for each
     * object; more memory is held by each open heap.
     */
    private static final long KEPT_BYTES = 4 << 20;

    /** Objects that are prefetched together: links and attributes have some hundred bytes, so a megabyte or two. */
    private static final int WINDOW = 4096;

    private final FileSpace space;
    private final FractalHeapHeader header;
    private final Decoder decoder;
    private final Recent<FractalHeapIndirectBlock> indirectBlocks = new Recent<>(KEPT_BYTES);
    private final Recent<FractalHeapDirectBlock> directBlocks = new Recent<>(KEPT_BYTES);

    /** Invariant: told of every direct block before its bytes are decoded. */
    private final HeapWork work;

    /** Undoes the filters of a heap whose blocks and huge objects went through a pipeline. Thread-safe. */
    public interface Decoder {
        /**
         * Undoes filters.
         *
         * @param pipeline body of the heap's filter pipeline message
         * @param filterMask bit i set: filter i was skipped
         * @param stored what the file holds
         * @param plainSize bytes that must come out
         * @return exactly {@code plainSize} bytes
         */
        byte[] decode(Cursor pipeline, int filterMask, byte[] stored, int plainSize);
    }

    private FractalHeap(FileSpace space, FractalHeapHeader header, Decoder decoder) {
        this.space = space;
        this.header = header;
        this.decoder = decoder;
        this.work = new HeapWork(space);
    }

    /** Reads the head of a heap; blocks. */
    public static FractalHeap open(FileSpace space, long address, Decoder decoder) {
        String what = "fractal heap header";
        Cursor prefix = space.read(address, FractalHeapHeader.size(space.origin()), what);
        Cursor all = space.read(address, FractalHeapHeader.fullSize(prefix), what);
        boolean verify = space.options().verifyChecksums();
        return new FractalHeap(space, FractalHeapHeader.parse(all, address, verify), decoder);
    }

    /** Bytes of a heap id, the flag byte included. */
    public int idLength() {
        return header.idLength();
    }

    /**
     * Reads one object; blocks.
     *
     * @param id a heap id; at least {@link #idLength()} bytes
     * @return the object; a cursor of its own
     * @throws MalformedFileException when the id names nothing in this heap
     */
    public Cursor object(byte[] id) {
        Cursor at = idCursor(id);
        int flags = at.u8();
        if (flags >> 6 != 0) {
            throw new UnsupportedFeatureException(where(), "fractal heap id version " + (flags >> 6));
        }
        return switch (flags >> 4 & 3) {
            case MANAGED -> managed(at);
            case HUGE -> huge(at);
            case TINY -> tiny(id, flags);
            default -> throw malformed("fractal heap id of type 3");
        };
    }

    /**
     * Reads many objects; blocks. They are read in the order of their places in the heap, so that each block is fetched
     * and checked once however large the heap is.
     *
     * @param receiver gets each object with its place in {@code ids}
     */
    public void objects(List<byte[]> ids, Wave.Receiver receiver) {
        Integer[] order = new Integer[ids.size()];
        Arrays.setAll(order, i -> i);
        long[] places = ids.stream().mapToLong(this::placeOf).toArray();
        Arrays.sort(order, Comparator.comparingLong(i -> places[i]));
        for (int start = 0; start < order.length; start += WINDOW) {
            List<Integer> window = Arrays.asList(order).subList(start, Math.min(order.length, start + WINDOW));
            prefetch(window.stream().map(ids::get).toList());
            for (int i : window) {
                receiver.take(i, object(ids.get(i)));
            }
        }
    }

    /** Where in the heap's address space a managed object is; 0 for others. */
    private long placeOf(byte[] id) {
        Cursor at = idCursor(id);
        return (at.u8() >> 4 & 3) == MANAGED ? at.unsigned(header.offsetWidth()) : 0;
    }

    /**
     * Asks for what the objects of many ids need, level by level and all together, so that {@link #object} finds it in
     * the cache. Blocks on indirect blocks only.
     */
    public void prefetch(Collection<byte[]> ids) {
        List<Long> offsets = new ArrayList<>();
        for (byte[] id : ids) {
            Cursor at = idCursor(id);
            if ((at.u8() >> 4 & 3) == MANAGED) {
                offsets.add(at.unsigned(header.offsetWidth()));
            }
        }
        Map<Long, ByteRange> direct = new LinkedHashMap<>();
        // Each round goes one level down; a heap of 2^63 bytes has fewer levels than that.
        for (int round = 0; round < Long.SIZE && !offsets.isEmpty(); round++) {
            Map<Long, Place> missing = new LinkedHashMap<>();
            List<Long> unfinished = new ArrayList<>();
            for (long offset : offsets) {
                Place place = locateIfThere(offset);
                if (place == null) {
                    continue;
                }
                if (place.rows > 0) {
                    missing.put(place.address, place);
                    unfinished.add(offset);
                } else if (!directBlocks.contains(place.address)) {
                    direct.put(place.address, space.range(place.address, storedSize(place), DIRECT_BLOCK));
                }
            }
            readIndirect(new ArrayList<>(missing.values()));
            offsets = unfinished;
        }
        space.prefetch(direct.values(), DIRECT_BLOCK);
    }

    /**
     * A cursor over an id, at its flag byte.
     *
     * @throws MalformedFileException when the id is shorter than the heap's ids
     */
    private Cursor idCursor(byte[] id) {
        if (id.length < header.idLength()) {
            throw malformed("fractal heap id of " + id.length + " bytes, expected " + header.idLength());
        }
        return new Cursor(id, 0, header.idLength(), space.origin(), space.base() + header.address());
    }

    /**
     * Goes down one level for each round trip, unless {@link #prefetch} has read the indirect blocks.
     *
     * @param id stands behind the flag byte
     */
    private Cursor managed(Cursor id) {
        long offset = id.unsigned(header.offsetWidth());
        long length = id.unsigned(header.lengthWidth());
        Place place = locate(offset);
        while (place.rows > 0) {
            readIndirect(List.of(place));
            place = locate(offset);
        }
        return directBlock(place).object(offset - place.offset, length);
    }

    /**
     * A block that covers an offset.
     *
     * @param offset where its address space starts
     * @param rows rows of an indirect block that has to be read first; 0 for a direct block
     */
    record Place(long address, long offset, long size, int rows, long storedSize, int filterMask) {}

    /** The block that all others hang from. */
    Place root() {
        return header.rootRows() == 0
                ? new Place(
                        header.rootAddress(),
                        0,
                        header.startBlockSize(),
                        0,
                        header.rootStoredSize(),
                        header.rootFilterMask())
                : new Place(header.rootAddress(), 0, Long.MAX_VALUE, header.rootRows(), Cursor.UNDEFINED, 0);
    }

    /** Reads indirect blocks and gives the first {@code most} blocks that they point to, in their order; blocks. */
    List<Place> below(List<Place> places, int most) {
        readIndirect(places);
        List<Place> below = new ArrayList<>();
        for (Place place : places) {
            FractalHeapIndirectBlock block = indirectBlocks.get(place.address);
            for (int i = 0; block != null && i < block.entries() && below.size() < most; i++) {
                if (block.entry(i).address() != Cursor.UNDEFINED) {
                    below.add(child(place, block, i));
                }
            }
        }
        return below;
    }

    /**
     * Where a block stands.
     *
     * @throws MalformedFileException when that is not in the file
     */
    ByteRange range(Place place) {
        return place.rows > 0
                ? space.range(
                        place.address,
                        FractalHeapIndirectBlock.size(header, place.rows, space.origin()),
                        "fractal heap indirect block")
                : space.range(place.address, storedSize(place), DIRECT_BLOCK);
    }

    /** The direct block that holds an offset, or the first indirect block on the way that is not known yet. */
    private Place locate(long offset) {
        Place at = root();
        while (at.rows > 0) {
            FractalHeapIndirectBlock block = indirectBlocks.get(at.address);
            if (block == null) {
                return at;
            }
            at = below(at, block, offset);
        }
        return at;
    }

    /** Null for an offset that names nothing in the file: {@link #object} will say so. */
    private @Nullable Place locateIfThere(long offset) {
        try {
            Place place = locate(offset);
            long size = place.rows > 0
                    ? FractalHeapIndirectBlock.size(header, place.rows, space.origin())
                    : storedSize(place);
            space.check(place.address, size, "fractal heap block");
            return place;
        } catch (MalformedFileException e) {
            return null;
        }
    }

    /**
     * The block one level down that holds an offset.
     *
     * @param at the indirect block
     * @param offset in the heap, not in the block
     * @throws MalformedFileException when there is no block at the offset
     */
    private Place below(Place at, FractalHeapIndirectBlock block, long offset) {
        long inside = offset - at.offset;
        int row = header.rowOf(inside);
        if (inside < 0 || row >= at.rows) {
            throw malformed("fractal heap has no offset " + offset);
        }
        long size = header.blockSize(row);
        int column = (int) ((inside - header.rowOffset(row)) / size);
        Place place = child(at, block, row * header.width() + column);
        if (place.address == Cursor.UNDEFINED) {
            throw malformed("fractal heap has no block at offset " + offset);
        }
        return place;
    }

    /** The block of an entry. */
    private Place child(Place at, FractalHeapIndirectBlock block, int index) {
        FractalHeapIndirectBlock.Entry entry = block.entry(index);
        int row = index / header.width();
        long size = header.blockSize(row);
        int rows = row < header.directRows() ? 0 : header.childRows(row);
        long start = at.offset + header.rowOffset(row) + index % header.width() * size;
        return new Place(entry.address(), start, size, rows, entry.storedSize(), entry.filterMask());
    }

    /** Reads indirect blocks in one wave and keeps them. */
    private void readIndirect(List<Place> places) {
        String what = "fractal heap indirect block";
        List<ByteRange> ranges = new ArrayList<>(places.size());
        for (Place place : places) {
            long size = FractalHeapIndirectBlock.size(header, place.rows, space.origin());
            space.check(place.address, size, what);
            ranges.add(new ByteRange(place.address, size));
        }
        boolean verify = space.options().verifyChecksums();
        Wave.read(space, ranges, what, (i, bytes) -> {
            Place place = places.get(i);
            long size = bytes.remaining();
            indirectBlocks.put(
                    place.address,
                    FractalHeapIndirectBlock.parse(bytes, header, place.rows, place.offset, verify),
                    size);
        });
    }

    /** The block, kept or read; its filters undone and its checksum compared. */
    private FractalHeapDirectBlock directBlock(Place place) {
        FractalHeapDirectBlock known = directBlocks.get(place.address);
        if (known != null) {
            return known;
        }
        work.spend(place.address, storedSize(place), place.size, header.filtered());
        byte[] plain = plain(place.address, storedSize(place), place.filterMask, place.size, "direct block");
        FractalHeapDirectBlock block = FractalHeapDirectBlock.parse(
                plain,
                space.origin(),
                space.base() + place.address,
                header,
                place.offset,
                space.options().verifyChecksums());
        directBlocks.put(place.address, block, plain.length);
        return block;
    }

    /** Bytes in the file: without filters a block is as long as its address space. */
    private long storedSize(Place place) {
        return header.filtered() ? place.storedSize : place.size;
    }

    /**
     * An id that is long enough holds address and length of a huge object itself; a shorter one holds a key of the
     * B-tree.
     *
     * @param id stands behind the flag byte
     */
    private Cursor huge(Cursor id) {
        int lengths = space.origin().sizeOfLengths();
        int direct = space.origin().sizeOfOffsets() + lengths + (header.filtered() ? 4 + lengths : 0);
        Cursor place = header.idLength() - 1 >= direct ? id : hugeRecord(id);
        long address = place.address();
        long stored = place.length();
        int mask = header.filtered() ? place.i32() : 0;
        long size = header.filtered() ? place.length() : stored;
        byte[] plain = plain(address, stored, mask, size, "huge object");
        return Cursor.of(plain, space.origin(), space.base() + address);
    }

    /** The B-tree record of a huge object: address, length, (mask, plain size,) id. */
    private Cursor hugeRecord(Cursor id) {
        int width = Math.min(header.idLength() - 1, Long.BYTES);
        long key = id.unsigned(width);
        BTree2 tree = BTree2.open(space, header.hugeTreeAddress(), header.filtered() ? 2 : 1);
        int lengths = space.origin().sizeOfLengths();
        int before = space.origin().sizeOfOffsets() + lengths + (header.filtered() ? 4 + lengths : 0);
        List<Cursor> found = new ArrayList<>();
        tree.find(record -> Long.compareUnsigned(record.skip(before).unsigned(lengths), key), found::add);
        if (found.isEmpty()) {
            throw malformed("fractal heap has no huge object " + key);
        }
        return found.get(0);
    }

    /**
     * Example: an id of 8 bytes starting with 0x22 holds an object of 3 bytes from its byte 1 on. The bytes are copied:
     * the caller keeps its id.
     */
    private Cursor tiny(byte[] id, int flags) {
        boolean extended = header.idLength() - 1 > SHORT_TINY;
        int length = extended ? (((flags & 0x0f) << 8) | (id[1] & 0xff)) + 1 : (flags & 0x0f) + 1;
        int start = extended ? 2 : 1;
        if (length > header.idLength() - start) {
            throw malformed("tiny fractal heap object of " + length + " bytes in an id of " + header.idLength());
        }
        return new Cursor(id.clone(), start, start + length, space.origin(), space.base() + header.address());
    }

    private byte[] plain(long address, long stored, int mask, long size, String kind) {
        String what = "fractal heap " + kind;
        Cursor bytes = space.read(address, stored, what);
        if (!header.filtered()) {
            return bytes.bytes(bytes.remaining());
        }
        if (size < 0 || size > JavaArray.MOST || size > space.options().metadataBudgetBytes()) {
            throw malformed(what + " of " + size + " bytes");
        }
        Cursor pipeline = Cursor.of(header.filters(), space.origin(), space.base() + header.address());
        byte[] plain = decoder.decode(pipeline, mask, bytes.bytes(bytes.remaining()), (int) size);
        if (plain.length != size) {
            throw malformed(what + " has " + plain.length + " bytes after its filters, expected " + size);
        }
        return plain;
    }

    private Where where() {
        return new Where(space.origin().source(), null, space.base() + header.address());
    }

    private MalformedFileException malformed(String problem) {
        return new MalformedFileException(where(), problem);
    }
}
