// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.Lookup3;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.format.node.ExtensibleArrayBlocks;
import io.h5coro.internal.format.node.ExtensibleArrayHeader;
import io.h5coro.internal.format.node.FixedArrayHeader;
import io.h5coro.internal.format.node.FractalHeapDirectBlock;
import io.h5coro.internal.format.node.FractalHeapHeader;
import io.h5coro.internal.format.node.FractalHeapIndirectBlock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Blocks of fractal heaps and of the arrays of chunks. */
final class BlockWriters {
    private BlockWriters() {}

    static Map<String, Written.Writer> all() {
        return Map.of(
                "fractal heap header", BlockWriters::heapHeader,
                "fractal heap direct block", BlockWriters::direct,
                "fractal heap indirect block", BlockWriters::indirect,
                "fixed array header", BlockWriters::fixedHeader,
                "fixed array page bits", BlockWriters::pageBits,
                "extensible array header", BlockWriters::extensibleHeader,
                "extensible array index block", BlockWriters::indexBlock,
                "extensible array super block", BlockWriters::superBlock);
    }

    /** Powers of two, and rows that end below 2^heapBits. */
    private static FractalHeapHeader heap(Draw draw) {
        int most = 8 * draw.lengths() - 2;
        int start = draw.between(0, Math.min(most, 16));
        int direct = draw.between(start, Math.min(most, 24));
        int width = draw.between(0, 8);
        int bits = draw.between(start + width, 63);
        byte[] filters = draw.flag() ? draw.junk(draw.between(1, 40)) : new byte[0];
        return new FractalHeapHeader(
                draw.address(),
                draw.between(1, 0xffff),
                draw.flag(),
                draw.u32(),
                draw.anyAddress(),
                1 << width,
                1L << start,
                1L << direct,
                bits,
                draw.anyAddress(),
                draw.between(0, bits - start - width + 1),
                filters,
                filters.length > 0 ? draw.length() : Cursor.UNDEFINED,
                filters.length > 0 ? draw.i32() : 0);
    }

    private static Written heapHeader(Draw draw) {
        FractalHeapHeader says = heap(draw);
        MessageBytes bytes = draw.bytes()
                .text("FRHP")
                .u8(0)
                .u16(says.idLength(), says.filters().length)
                .u8(says.checksumBlocks() ? 2 | draw.between(0, 1) : draw.between(0, 1))
                .u32(says.largestManaged())
                .length(draw.length())
                .address(says.hugeTreeAddress())
                .length(draw.length())
                .address(draw.anyAddress());
        for (int i = 0; i < 8; i++) {
            bytes.length(draw.length());
        }
        bytes.u16(says.width())
                .length(says.startBlockSize(), says.largestDirect())
                .u16(says.heapBits(), draw.u16())
                .address(says.rootAddress())
                .u16(says.rootRows());
        if (says.filters().length > 0) {
            bytes.length(says.rootStoredSize()).u32(says.rootFilterMask());
        }
        HeaderWriters.raw(bytes, says.filters()).checksum();
        int size = bytes.size();
        return new Written(bytes, says, c -> {
            if (FractalHeapHeader.fullSize(c.copy()) != size) {
                throw new AssertionError("another size than " + size);
            }
            return FractalHeapHeader.parse(c, says.address(), true);
        });
    }

    private static int width(int bits) {
        return (bits + 7) / 8;
    }

    private static long offset(Draw draw, FractalHeapHeader heap) {
        int width = width(heap.heapBits());
        return draw.between(0L, width == 8 ? Long.MAX_VALUE : (1L << (8 * width)) - 1);
    }

    private static Written direct(Draw draw) {
        FractalHeapHeader heap = heap(draw);
        long offset = offset(draw, heap);
        MessageBytes bytes = draw.bytes().text("FHDB").u8(0).address(heap.address());
        HeaderWriters.number(bytes, offset, width(heap.heapBits()));
        int field = bytes.size();
        bytes.zeros(heap.checksumBlocks() ? 4 : 0);
        int head = bytes.size();
        byte[] object = draw.junk(draw.between(0, 40));
        int gap = draw.between(0, 20);
        HeaderWriters.raw(HeaderWriters.raw(bytes, draw.junk(gap)), object);
        byte[] whole = bytes.toArray();
        if (heap.checksumBlocks()) {
            int sum = Lookup3.hash(whole, 0, whole.length);
            for (int i = 0; i < 4; i++) {
                whole[field + i] = (byte) (sum >> (8 * i));
            }
        }
        return new Written(
                HeaderWriters.raw(draw.bytes(), whole), HexFormat.of().formatHex(object), whole.length, c -> {
                    Cursor all = c.copy();
                    FractalHeapDirectBlock block = FractalHeapDirectBlock.parse(
                            all.bytes(all.remaining()), draw.origin(), MessageBytes.ADDRESS, heap, offset, true);
                    return Written.parts(block.object(head + gap, object.length));
                });
    }

    private static Written indirect(Draw draw) {
        FractalHeapHeader heap = heap(draw);
        while (heap.width() > 16) {
            heap = heap(draw);
        }
        FractalHeapHeader of = heap;
        long offset = offset(draw, of);
        int rows = draw.between(1, 12);
        // Rows 0 and 1 have the starting size, each further row twice that of the one before.
        int directRows = Long.numberOfTrailingZeros(of.largestDirect() / of.startBlockSize()) + 2;
        MessageBytes bytes = draw.bytes().text("FHIB").u8(0).address(of.address());
        HeaderWriters.number(bytes, offset, width(of.heapBits()));
        List<FractalHeapIndirectBlock.Entry> says = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < of.width(); column++) {
                boolean filtered = row < directRows && of.filters().length > 0;
                FractalHeapIndirectBlock.Entry entry = new FractalHeapIndirectBlock.Entry(
                        draw.anyAddress(), filtered ? draw.length() : Cursor.UNDEFINED, filtered ? draw.i32() : 0);
                bytes.address(entry.address());
                if (filtered) {
                    bytes.length(entry.storedSize()).u32(entry.filterMask());
                }
                says.add(entry);
            }
        }
        int size = bytes.checksum().size();
        return new Written(bytes, says, c -> {
            if (FractalHeapIndirectBlock.size(of, rows, draw.origin()) != size) {
                throw new AssertionError("another size than " + size);
            }
            FractalHeapIndirectBlock block = FractalHeapIndirectBlock.parse(c, of, rows, offset, true);
            List<FractalHeapIndirectBlock.Entry> found = new ArrayList<>();
            for (int i = 0; i < rows * of.width(); i++) {
                found.add(block.entry(i));
            }
            return found;
        });
    }

    private static Written fixedHeader(Draw draw) {
        FixedArrayHeader says = new FixedArrayHeader(
                draw.address(), draw.between(0, 1), draw.u8(), draw.between(0, 30), draw.length(), draw.anyAddress());
        MessageBytes bytes = draw.bytes()
                .text("FAHD")
                .u8(0, says.client(), says.elementSize(), says.pageBits())
                .length(says.elements())
                .address(says.blockAddress())
                .checksum();
        return new Written(bytes, says, c -> FixedArrayHeader.parse(c, says.address(), true));
    }

    /** A data block of more elements than a page has. */
    private static Written pageBits(Draw draw) {
        int bits = draw.between(0, 10);
        long elements = (1L << bits) + draw.between(1, 500);
        long pages = (elements + (1L << bits) - 1) >> bits;
        FixedArrayHeader header =
                new FixedArrayHeader(draw.address(), draw.between(0, 1), draw.u8(), bits, elements, draw.address());
        byte[] says = draw.junk((int) (pages + 7) / 8);
        MessageBytes bytes = draw.bytes().text("FADB").u8(0, header.client()).address(header.address());
        HeaderWriters.raw(bytes, says).checksum();
        int size = bytes.size();
        return new Written(bytes, says, c -> {
            if (header.prefixSize(draw.origin()) != size) {
                throw new AssertionError("another size than " + size);
            }
            return header.parsePageBits(c, true);
        });
    }

    /** Powers of two, and no fewer super blocks than the index block replaces. */
    private static ExtensibleArrayHeader extensible(Draw draw) {
        int maxBits = draw.between(1, 60);
        int leastElements = draw.between(0, Math.min(7, maxBits));
        int superBlocks = 1 + maxBits - leastElements;
        int leastBlocks = draw.between(0, Math.min(7, superBlocks / 2));
        int inIndex = draw.u8();
        return new ExtensibleArrayHeader(
                draw.address(),
                draw.between(0, 1),
                draw.u8(),
                maxBits,
                inIndex,
                1 << leastElements,
                1 << leastBlocks,
                draw.between(0, 30),
                draw.between(0L, Math.min(inIndex + (1L << maxBits), Draw.most(draw.lengths()))),
                draw.anyAddress());
    }

    private static Written extensibleHeader(Draw draw) {
        ExtensibleArrayHeader says = extensible(draw);
        MessageBytes bytes = draw.bytes()
                .text("EAHD")
                .u8(0, says.client(), says.elementSize(), says.maxBits(), says.indexElements())
                .u8(says.leastElements(), says.leastBlocks(), says.pageBits())
                .length(draw.length(), draw.length(), draw.length(), draw.length(), says.elements(), draw.length())
                .address(says.indexBlock())
                .checksum();
        return new Written(bytes, says, c -> ExtensibleArrayHeader.parse(c, says.address(), true));
    }

    private static long[] addresses(Draw draw, int count) {
        return draw.some(count, count, draw::anyAddress).stream()
                .mapToLong(i -> i)
                .toArray();
    }

    private static int log2(int power) {
        return Integer.numberOfTrailingZeros(power);
    }

    private static Written indexBlock(Draw draw) {
        ExtensibleArrayHeader header = extensible(draw);
        byte[] elements = draw.junk(header.indexElements() * header.elementSize());
        // Data blocks of the first 2 * log2(least blocks) super blocks, of which u has 2^(u/2); the rest by address.
        int direct = 0;
        int directSuperBlocks = 2 * log2(header.leastBlocks());
        for (int u = 0; u < directSuperBlocks; u++) {
            direct += 1 << (u / 2);
        }
        int superBlocks = 1 + header.maxBits() - log2(header.leastElements()) - directSuperBlocks;
        long[] dataBlocks = addresses(draw, direct);
        long[] supers = addresses(draw, superBlocks);
        MessageBytes bytes = draw.bytes().text("EAIB").u8(0, header.client()).address(header.address());
        HeaderWriters.raw(bytes, elements).address(dataBlocks).address(supers).checksum();
        int size = bytes.size();
        return new Written(
                bytes, new ExtensibleArrayBlocks.IndexBlock(draw.cursor(elements), dataBlocks, supers), c -> {
                    if (header.indexBlockSize(draw.origin()) != size) {
                        throw new AssertionError("another size than " + size);
                    }
                    return ExtensibleArrayBlocks.IndexBlock.parse(c, header, true);
                });
    }

    /** Of small super blocks: u has 2^(u/2) data blocks of least * 2^((u+1)/2) elements. */
    private static Written superBlock(Draw draw) {
        ExtensibleArrayHeader header = extensible(draw);
        int u = draw.between(0, 12);
        int blocks = 1 << (u / 2);
        long elements = (long) header.leastElements() << ((u + 1) / 2);
        long page = 1L << header.pageBits();
        long pages = elements > page ? elements / page : 0;
        byte[] bits = draw.junk((int) (blocks * ((pages + 7) / 8)));
        long[] dataBlocks = addresses(draw, blocks);
        MessageBytes bytes = draw.bytes().text("EASB").u8(0, header.client()).address(header.address());
        HeaderWriters.number(bytes, draw.between(0, 100), width(header.maxBits()));
        HeaderWriters.raw(bytes, bits).address(dataBlocks).checksum();
        int size = bytes.size();
        return new Written(bytes, new ExtensibleArrayBlocks.SuperBlock(bits, dataBlocks), c -> {
            if (header.superBlockSize(u, draw.origin()) != size) {
                throw new AssertionError("another size than " + size);
            }
            return ExtensibleArrayBlocks.SuperBlock.parse(c, header, u, true);
        });
    }
}
