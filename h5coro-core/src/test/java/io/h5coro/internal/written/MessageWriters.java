// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.format.message.AttributeInfo;
import io.h5coro.internal.format.message.AttributeMessage;
import io.h5coro.internal.format.message.DataspaceMessage;
import io.h5coro.internal.format.message.ExternalFileList;
import io.h5coro.internal.format.message.FileSpaceInfoMessage;
import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.FillValueMessage;
import io.h5coro.internal.format.message.FilterPipelineMessage;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.format.message.LayoutMessage;
import io.h5coro.internal.format.message.LinkInfo;
import io.h5coro.internal.format.message.LinkMessage;
import io.h5coro.internal.format.message.SharedReference;
import io.h5coro.internal.format.message.SymbolTableMessage;
import io.h5coro.model.Dataspace;
import io.h5coro.model.FileInfo.FileSpaceInfo;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.Link;
import io.h5coro.model.Shape;
import io.h5coro.model.StoredText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Bodies of header messages. */
final class MessageWriters {
    private MessageWriters() {}

    static Map<String, Written.Writer> all() {
        Map<String, Written.Writer> all = new TreeMap<>();
        all.put("attribute info", MessageWriters::attributeInfo);
        all.put("attribute", MessageWriters::attribute);
        all.put("dataspace", MessageWriters::dataspace);
        all.put("external data files", MessageWriters::externalFiles);
        all.put("file space info", MessageWriters::fileSpace);
        all.put("fill value", MessageWriters::fill);
        all.put("fill value, old", MessageWriters::oldFill);
        all.put("filter pipeline", MessageWriters::filters);
        all.put("layout 1, 2", MessageWriters::oldLayout);
        all.put("layout 3 to 5", MessageWriters::layout);
        all.put("link info", MessageWriters::linkInfo);
        all.put("link", MessageWriters::link);
        all.put("shared message", MessageWriters::shared);
        all.put("symbol table", MessageWriters::symbolTable);
        return all;
    }

    private static Written attributeInfo(Draw draw) {
        int flags = draw.between(0, 3);
        AttributeInfo says =
                new AttributeInfo((flags & 1) != 0, (flags & 2) != 0, draw.anyAddress(), draw.anyAddress());
        MessageBytes bytes = draw.bytes().u8(0, flags);
        if (says.tracksOrder()) {
            bytes.u16(draw.u16());
        }
        bytes.address(says.heapAddress(), says.nameIndex());
        if (says.indexesOrder()) {
            bytes.address(draw.anyAddress());
        }
        return new Written(bytes, says, AttributeInfo::parse);
    }

    private static Written linkInfo(Draw draw) {
        int flags = draw.between(0, 3);
        LinkInfo says = new LinkInfo((flags & 1) != 0, (flags & 2) != 0, draw.anyAddress(), draw.anyAddress());
        MessageBytes bytes = draw.bytes().u8(0, flags);
        if (says.tracksOrder()) {
            bytes.u64(draw.between(0L, Long.MAX_VALUE));
        }
        bytes.address(says.heapAddress(), says.nameIndex());
        if (says.indexesOrder()) {
            bytes.address(draw.anyAddress());
        }
        return new Written(bytes, says, LinkInfo::parse);
    }

    private static Written attribute(Draw draw) {
        int version = draw.between(1, 3);
        int flags = draw.between(0, version == 1 ? 0xff : 3);
        StoredText name = draw.name();
        byte[] type = draw.junk(draw.between(0, 50));
        byte[] space = draw.junk(draw.between(0, 50));
        byte[] data = draw.junk(draw.between(0, 50));
        MessageBytes bytes = draw.bytes().u8(version, flags).u16(name.length() + 1, type.length, space.length);
        if (version == 3) {
            bytes.u8(draw.between(0, 1));
        }
        HeaderWriters.raw(bytes, name.bytes()).u8(0);
        int align = version == 1 ? 8 : 1;
        bytes.zeros((align - (name.length() + 1) % align) % align);
        byte[] fullType = java.util.Arrays.copyOf(type, (type.length + align - 1) / align * align);
        byte[] fullSpace = java.util.Arrays.copyOf(space, (space.length + align - 1) / align * align);
        HeaderWriters.raw(HeaderWriters.raw(HeaderWriters.raw(bytes, fullType), fullSpace), data);
        boolean flagged = version > 1;
        return new Written(
                bytes,
                new AttributeMessage(
                        name,
                        new AttributeMessage.Part(flagged && (flags & 1) != 0, draw.cursor(fullType)),
                        new AttributeMessage.Part(flagged && (flags & 2) != 0, draw.cursor(fullSpace)),
                        draw.cursor(data)),
                AttributeMessage::parse);
    }

    /** Current lengths whose product stays below 2^63. */
    private static Written dataspace(Draw draw) {
        int version = draw.between(1, 2);
        int rank = draw.between(0, 32);
        boolean none = version == 2 && rank == 0 && draw.flag();
        boolean maxima = draw.flag();
        int flags = maxima ? 1 : 0;
        MessageBytes bytes = draw.bytes().u8(version, rank, flags);
        if (version == 1) {
            bytes.zeros(5);
        } else {
            bytes.u8(none ? 2 : rank == 0 ? 0 : 1);
        }
        long[] lengths = new long[rank];
        long[] most = new long[rank];
        for (int d = 0; d < rank; d++) {
            lengths[d] = draw.between(0L, rank == 1 ? Draw.most(draw.lengths()) : (1L << (62 / rank)) - 1);
            lengths[d] = Math.min(lengths[d], Draw.most(draw.lengths()));
            most[d] = maxima
                    ? draw.any(Dataspace.UNLIMITED, draw.between(lengths[d], Draw.most(draw.lengths())))
                    : lengths[d];
        }
        bytes.length(lengths);
        if (maxima) {
            bytes.length(most);
        }
        Dataspace says = none
                ? Dataspace.none()
                : rank == 0 ? Dataspace.scalar() : new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(lengths), most);
        return new Written(bytes, says, DataspaceMessage::parse);
    }

    private static Written externalFiles(Draw draw) {
        List<ExternalFileList.Slot> slots =
                draw.some(0, 5, () -> new ExternalFileList.Slot(draw.length(), draw.length(), draw.anyLength()));
        int spare = draw.between(0, 3);
        long heap = draw.address();
        MessageBytes bytes = draw.bytes()
                .u8(1)
                .zeros(3)
                .u16(slots.size() + spare, slots.size())
                .address(heap);
        slots.forEach(slot -> bytes.length(slot.nameOffset(), slot.fileOffset(), slot.size()));
        int used = bytes.size();
        bytes.zeros(spare * 3 * draw.lengths());
        return new Written(bytes, new ExternalFileList(heap, slots), bytes.size() - used, ExternalFileList::parse);
    }

    private static Written fileSpace(Draw draw) {
        if (draw.flag()) {
            int strategy = draw.between(1, 4);
            long threshold = draw.length();
            MessageBytes bytes = draw.bytes().u8(0, strategy).length(threshold);
            for (int i = 0; strategy == 1 && i < 6; i++) {
                bytes.address(draw.anyAddress());
            }
            // 1.10.0's strategies: 1 all with persistence, 2 all without, 3 aggregators and file, 4 file only; the
            // threshold belongs to free-space managers (H5Pfcpl.c).
            FileSpaceInfo says = new FileSpaceInfo(
                    List.of(0, 0, 2, 3).get(strategy - 1), strategy == 1, strategy < 3 ? threshold : 1, 4096);
            return new Written(bytes, says, FileSpaceInfoMessage::parse);
        }
        FileSpaceInfo says = new FileSpaceInfo(draw.between(0, 3), draw.flag(), draw.length(), draw.length());
        MessageBytes bytes = draw.bytes()
                .u8(1, says.strategy(), says.persist() ? 1 : 0)
                .length(says.threshold(), says.pageBytes())
                .u16(draw.u16())
                .address(draw.anyAddress());
        for (int i = 0; says.persist() && i < 12; i++) {
            bytes.address(draw.anyAddress());
        }
        return new Written(bytes, says, FileSpaceInfoMessage::parse);
    }

    private static FillValue user(byte[] value, int allocation, int write) {
        return new FillValue(value, FillValue.State.USER_DEFINED, allocation, write);
    }

    private static Written fill(Draw draw) {
        int version = draw.between(1, 3);
        int allocation = draw.between(0, 3);
        int write = draw.between(0, 2);
        byte[] value = draw.junk(draw.between(1, 40));
        FillValue.State state = draw.any(FillValue.State.values());
        boolean given = state == FillValue.State.USER_DEFINED;
        MessageBytes bytes = draw.bytes().u8(version);
        if (version == 3) {
            int undefined = state == FillValue.State.UNDEFINED ? 0x10 : 0;
            boolean empty = state == FillValue.State.DEFAULT && draw.flag();
            bytes.u8(allocation | write << 2 | undefined | (given || empty ? 0x20 : 0));
            if (empty) {
                bytes.u32(0);
            }
        } else {
            // Not defined by the flag, or by a size of -1.
            boolean byFlag = state == FillValue.State.UNDEFINED && draw.flag();
            bytes.u8(allocation, write, byFlag ? 0 : 1);
            if (!byFlag && !given) {
                bytes.u32(state == FillValue.State.UNDEFINED ? -1 : 0);
            }
        }
        if (given) {
            HeaderWriters.raw(bytes.u32(value.length), value);
        }
        FillValue says = given ? user(value, allocation, write) : new FillValue(null, state, allocation, write);
        return new Written(bytes, says, FillValueMessage::parse);
    }

    private static Written oldFill(Draw draw) {
        byte[] value = draw.junk(draw.between(0, 40));
        FillValue says = value.length > 0 ? user(value, 2, 2) : new FillValue(null, FillValue.State.UNDEFINED, 2, 2);
        return new Written(HeaderWriters.raw(draw.bytes().u32(value.length), value), says, FillValueMessage::parseOld);
    }

    private static Written filters(Draw draw) {
        int version = draw.between(1, 2);
        List<FilterDescription> says = new ArrayList<>();
        MessageBytes each = draw.bytes();
        for (int left = draw.between(0, 32); left > 0; left--) {
            int id = draw.any(draw.between(0, 255), draw.between(256, 0xffff));
            boolean named = (version == 1 || id >= 256) && draw.flag();
            String name = named ? draw.name().text() : "";
            MessageBytes text = draw.bytes();
            if (named) {
                HeaderWriters.raw(text, StoredText.of(name).bytes()).u8(0);
                text.zeros(version == 1 ? (8 - text.size() % 8) % 8 : 0);
            }
            int flags = draw.u16();
            int[] values = draw.some(0, 5, draw::i32).stream().mapToInt(i -> i).toArray();
            each.u16(id);
            if (version == 1 || id >= 256) {
                each.u16(text.size());
            }
            each.u16(flags, values.length).add(text);
            for (int value : values) {
                each.u32(value);
            }
            each.zeros(version == 1 && values.length % 2 == 1 ? 4 : 0);
            says.add(new FilterDescription(id, name, (flags & 1) != 0, values));
        }
        MessageBytes bytes = draw.bytes().u8(version, says.size()).zeros(version == 1 ? 6 : 0);
        return new Written(bytes.add(each), says, FilterPipelineMessage::parse);
    }

    private static long[] dimensions(Draw draw, int count, long most) {
        long[] dimensions = new long[count];
        for (int d = 0; d < count; d++) {
            dimensions[d] = draw.between(1L, most);
        }
        return dimensions;
    }

    private static Written oldLayout(Draw draw) {
        int version = draw.between(1, 2);
        int kind = draw.between(0, 2);
        int count = draw.between(1, 33);
        long[] dimensions = dimensions(draw, count, 0xffff_ffffL);
        long address = draw.anyAddress();
        byte[] data = draw.junk(draw.between(0, 60));
        MessageBytes bytes = draw.bytes().u8(version, count, kind).zeros(5);
        if (kind != 0) {
            bytes.address(address);
        }
        bytes.u32(dimensions);
        if (kind == 0) {
            HeaderWriters.raw(bytes.u32(data.length), data);
        }
        int elementSize = kind == 2 ? 4 : 0;
        bytes.zeros(elementSize);
        Layout says = switch (kind) {
            case 0 -> new Layout.Compact(data);
            case 1 -> new Layout.Contiguous(address, -1);
            default ->
                new Layout.Chunked(
                        java.util.Arrays.copyOf(dimensions, count - 1), new Layout.BTree1Index(address), true);
        };
        return new Written(bytes, says, elementSize, LayoutMessage::parse);
    }

    private static Written layout(Draw draw) {
        int version = draw.between(3, 5);
        int kind = draw.between(0, version == 3 ? 2 : 3);
        MessageBytes bytes = draw.bytes().u8(version, kind);
        Layout says = switch (kind) {
            case 0 -> {
                byte[] data = draw.junk(draw.between(0, 60));
                HeaderWriters.raw(bytes.u16(data.length), data);
                yield new Layout.Compact(data);
            }
            case 1 -> {
                Layout.Contiguous contiguous = new Layout.Contiguous(draw.anyAddress(), draw.length());
                bytes.address(contiguous.address()).length(contiguous.size());
                yield contiguous;
            }
            case 2 -> version == 3 ? chunked3(draw, bytes) : chunked4(draw, bytes);
            default -> {
                Layout.Virtual virtual = new Layout.Virtual(draw.anyAddress(), draw.u32());
                bytes.address(virtual.heapAddress()).u32(virtual.heapIndex());
                yield virtual;
            }
        };
        return new Written(bytes, says, LayoutMessage::parse);
    }

    private static Layout chunked3(Draw draw, MessageBytes bytes) {
        int count = draw.between(2, 33);
        long[] dimensions = dimensions(draw, count, 0xffff_ffffL);
        long address = draw.anyAddress();
        bytes.u8(count).address(address).u32(dimensions);
        return new Layout.Chunked(
                java.util.Arrays.copyOf(dimensions, count - 1), new Layout.BTree1Index(address), true);
    }

    private static Layout chunked4(Draw draw, MessageBytes bytes) {
        int flags = draw.between(0, 3);
        int count = draw.between(2, 33);
        int width = draw.between(1, 8);
        long[] dimensions = dimensions(draw, count, width == 8 ? Long.MAX_VALUE : (1L << (8 * width)) - 1);
        bytes.u8(flags, count, width);
        for (long dimension : dimensions) {
            HeaderWriters.number(bytes, dimension, width);
        }
        int type = draw.between(1, 5);
        bytes.u8(type);
        long address = draw.anyAddress();
        Layout.Index index = switch (type) {
            case 1 -> {
                boolean filtered = (flags & 2) != 0;
                long size = filtered ? draw.length() : -1;
                int mask = filtered ? draw.i32() : 0;
                if (filtered) {
                    bytes.length(size).u32(mask);
                }
                yield new Layout.SingleChunkIndex(address, size, mask);
            }
            case 2 -> new Layout.ImplicitIndex(address);
            case 3 -> {
                int pageBits = draw.u8();
                bytes.u8(pageBits);
                yield new Layout.FixedArrayIndex(address, pageBits);
            }
            case 4 -> {
                bytes.u8(draw.u8(), draw.u8(), draw.u8(), draw.u8(), draw.u8());
                yield new Layout.ExtensibleArrayIndex(address);
            }
            default -> {
                bytes.u32(draw.u32()).u8(draw.u8(), draw.u8());
                yield new Layout.BTree2Index(address);
            }
        };
        bytes.address(address);
        return new Layout.Chunked(java.util.Arrays.copyOf(dimensions, count - 1), index, (flags & 1) == 0);
    }

    private static Written link(Draw draw) {
        int width = draw.between(0, 3);
        int type = draw.any(0, 0, 1, 64, draw.between(65, 255));
        boolean typed = type != 0 || draw.flag();
        boolean ordered = draw.flag();
        boolean charset = draw.flag();
        long order = ordered ? draw.between(0L, Long.MAX_VALUE) : Link.NO_ORDER;
        StoredText name = draw.name();
        MessageBytes bytes = draw.bytes().u8(1, width | (ordered ? 4 : 0) | (typed ? 8 : 0) | (charset ? 16 : 0));
        if (typed) {
            bytes.u8(type);
        }
        if (ordered) {
            bytes.u64(order);
        }
        if (charset) {
            bytes.u8(draw.between(0, 1));
        }
        HeaderWriters.number(bytes, name.length(), 1 << width);
        HeaderWriters.raw(bytes, name.bytes());
        StoredText path = draw.name();
        Link says = switch (type) {
            case 0 -> {
                long address = draw.address();
                bytes.address(address);
                yield new Link.Hard(name, order, address);
            }
            case 1 -> {
                HeaderWriters.raw(bytes.u16(path.length()), path.bytes());
                yield new Link.Soft(name, order, path);
            }
            case 64 -> {
                StoredText file = draw.name();
                bytes.u16(3 + file.length() + path.length()).u8(draw.between(0, 15));
                HeaderWriters.raw(HeaderWriters.raw(bytes, file.bytes()).u8(0), path.bytes())
                        .u8(0);
                yield new Link.External(name, order, file, path);
            }
            default -> {
                byte[] data = draw.junk(draw.between(0, 40));
                HeaderWriters.raw(bytes.u16(data.length), data);
                yield new Link.UserDefined(name, order, type);
            }
        };
        return new Written(bytes, says, LinkMessage::parse);
    }

    private static Written shared(Draw draw) {
        int version = draw.between(1, 3);
        int type = version == 3 ? draw.between(1, 2) : draw.u8();
        byte[] heapId = draw.junk(8);
        long header = draw.address();
        MessageBytes bytes = draw.bytes().u8(version, type);
        if (version == 1) {
            bytes.zeros(6).length(draw.length());
        }
        boolean inHeap = version == 3 && type == 1;
        if (inHeap) {
            HeaderWriters.raw(bytes, heapId);
        } else {
            bytes.address(header);
        }
        return new Written(
                bytes,
                inHeap ? new SharedReference(heapId, Cursor.UNDEFINED) : new SharedReference(new byte[0], header),
                SharedReference::parse);
    }

    private static Written symbolTable(Draw draw) {
        SymbolTableMessage says = new SymbolTableMessage(draw.anyAddress(), draw.anyAddress());
        return new Written(draw.bytes().address(says.btree(), says.heap()), says, SymbolTableMessage::parse);
    }
}
