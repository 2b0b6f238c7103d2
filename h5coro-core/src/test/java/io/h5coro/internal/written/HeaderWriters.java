// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.format.CacheImage;
import io.h5coro.internal.format.DriverInfo;
import io.h5coro.internal.format.ObjectHeaderChunk;
import io.h5coro.internal.format.ObjectHeaderPrefix;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.SelectionParser;
import io.h5coro.internal.format.Superblock;
import io.h5coro.model.DataSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What stands at the start of a file and of an object, and selections. */
final class HeaderWriters {
    private static final int UNUSED = 0;

    private HeaderWriters() {}

    static Map<String, Written.Writer> all() {
        return Map.of(
                "superblock 0, 1", HeaderWriters::oldSuperblock,
                "superblock 2, 3", HeaderWriters::superblock,
                "driver information block", HeaderWriters::driverBlock,
                "driver information message", HeaderWriters::driverMessage,
                "object header 1", HeaderWriters::oldHeader,
                "object header 2", HeaderWriters::header,
                "object header chunk 1", draw -> chunk(draw, true),
                "object header chunk 2", draw -> chunk(draw, false),
                "metadata cache image", HeaderWriters::cacheImage,
                "selection", HeaderWriters::selection);
    }

    private static Cursor.Origin prefix() {
        return new Cursor.Origin(MessageBytes.SOURCE, 8, 8);
    }

    private static Written oldSuperblock(Draw draw) {
        int version = draw.between(0, 1);
        int leaf = draw.between(1, 0xffff);
        int internal = draw.between(1, 0xffff);
        int chunk = draw.between(1, 0xffff);
        int flags = draw.i32();
        long base = draw.anyAddress();
        long end = draw.anyAddress();
        long driver = draw.anyAddress();
        long root = draw.anyAddress();
        boolean cached = draw.flag();
        long tree = draw.anyAddress();
        long heap = draw.anyAddress();
        MessageBytes bytes = draw.bytes()
                .u8(0x89, 'H', 'D', 'F', 13, 10, 26, 10, version, 0, 0, UNUSED, 0)
                .u8(draw.offsets(), draw.lengths(), UNUSED)
                .u16(leaf, internal)
                .u32(flags);
        if (version == 1) {
            bytes.u16(chunk, UNUSED);
        }
        bytes.address(base, draw.anyAddress(), end, driver)
                .length(draw.length())
                .address(root);
        bytes.u32(cached ? 1 : draw.any(0, 2)).u32(UNUSED);
        int start = bytes.size();
        if (cached) {
            bytes.address(tree, heap);
        }
        bytes.zeros(Math.max(0, 16 - (bytes.size() - start)));
        Superblock says = new Superblock(
                version,
                0,
                0,
                0,
                draw.offsets(),
                draw.lengths(),
                leaf,
                internal,
                version == 1 ? chunk : 32,
                flags,
                base,
                Cursor.UNDEFINED,
                end,
                driver,
                root,
                cached ? tree : Cursor.UNDEFINED,
                cached ? heap : Cursor.UNDEFINED);
        return superblock(bytes, says);
    }

    private static Written superblock(Draw draw) {
        int version = draw.between(2, 3);
        int flags = draw.u8();
        long base = draw.anyAddress();
        long extension = draw.anyAddress();
        long end = draw.anyAddress();
        long root = draw.anyAddress();
        MessageBytes bytes = draw.bytes()
                .u8(0x89, 'H', 'D', 'F', 13, 10, 26, 10, version, draw.offsets(), draw.lengths(), flags)
                .address(base, extension, end, root)
                .checksum();
        return superblock(
                bytes,
                new Superblock(
                        version,
                        0,
                        0,
                        0,
                        draw.offsets(),
                        draw.lengths(),
                        0,
                        0,
                        0,
                        flags,
                        base,
                        extension,
                        end,
                        Cursor.UNDEFINED,
                        root,
                        Cursor.UNDEFINED,
                        Cursor.UNDEFINED));
    }

    /** The parser of superblocks takes an array, and leaves no cursor that could show how much it has read. */
    private static Written superblock(MessageBytes bytes, Superblock says) {
        return new Written(bytes, says, bytes.size(), c -> {
            Cursor all = c.copy();
            return Superblock.parse(all.bytes(all.remaining()), prefix(), MessageBytes.ADDRESS, true);
        });
    }

    private static Written driverBlock(Draw draw) {
        byte[] information = draw.junk(draw.between(0, 60));
        MessageBytes bytes = draw.bytes().u8(0).zeros(3).u32(information.length).text("NCSAmult");
        return new Written(
                raw(bytes, information),
                new DriverInfo(DriverInfo.MULTI, draw.cursor(information)),
                DriverInfo::parseBlock);
    }

    private static Written driverMessage(Draw draw) {
        byte[] information = draw.junk(draw.between(0, 60));
        MessageBytes bytes = draw.bytes().u8(0).text("NCSAfami").u16(information.length);
        return new Written(
                raw(bytes, information),
                new DriverInfo(DriverInfo.FAMILY, draw.cursor(information)),
                DriverInfo::parseMessage);
    }

    static MessageBytes raw(MessageBytes bytes, byte[] more) {
        for (byte b : more) {
            bytes.u8(b);
        }
        return bytes;
    }

    private static Written oldHeader(Draw draw) {
        int messages = draw.u16();
        long references = draw.u32();
        long size = draw.u32();
        MessageBytes bytes = draw.bytes().u8(1, draw.u8()).u16(messages).u32(references, size, draw.u32());
        return new Written(
                bytes,
                new ObjectHeaderPrefix(1, 0, messages, references, -1, -1, -1, 16, size),
                ObjectHeaderPrefix::parse);
    }

    private static Written header(Draw draw) {
        int flags = draw.between(0, 0x3f);
        MessageBytes bytes = draw.bytes().text("OHDR").u8(2, flags);
        long modified = (flags & 0x20) == 0 ? -1 : draw.u32();
        if (modified >= 0) {
            bytes.u32(draw.u32(), modified, draw.u32(), draw.u32());
        }
        int compact = (flags & 0x10) == 0 ? -1 : draw.u16();
        int dense = (flags & 0x10) == 0 ? -1 : draw.u16();
        if (compact >= 0) {
            bytes.u16(compact, dense);
        }
        int width = 1 << (flags & 3);
        long size = draw.between(0L, width == 8 ? Long.MAX_VALUE : (1L << (8 * width)) - 1);
        number(bytes, size, width);
        return new Written(
                bytes,
                new ObjectHeaderPrefix(2, flags, -1, 1, modified, compact, dense, bytes.size(), size),
                ObjectHeaderPrefix::parse);
    }

    static MessageBytes number(MessageBytes bytes, long value, int width) {
        for (int i = 0; i < width; i++) {
            bytes.u8((int) (value >> (8 * i)) & 0xff);
        }
        return bytes;
    }

    private static Written chunk(Draw draw, boolean old) {
        boolean indexes = !old && draw.flag();
        MessageBytes bytes = draw.bytes();
        List<RawMessage> messages = new ArrayList<>();
        List<ObjectHeaderChunk.Continuation> continuations = new ArrayList<>();
        for (int left = draw.between(0, 6); left > 0; left--) {
            boolean continuation = draw.between(0, 3) == 0;
            int type = continuation ? RawMessage.CONTINUATION : draw.any(0, 1, 3, 5, 8, 12, 0x17, 0x40);
            int flags = draw.any(0, 1, 2, 4, 8, 0x10, 0x30, 0x40, 0x80);
            int index = indexes ? draw.u16() : -1;
            ObjectHeaderChunk.Continuation to =
                    new ObjectHeaderChunk.Continuation(draw.address(), Math.max(1, draw.length()));
            MessageBytes target = draw.bytes().address(to.address()).length(to.length());
            byte[] body = continuation ? target.toArray() : draw.junk(draw.between(0, 40));
            if (old) {
                bytes.u16(type, body.length).u8(flags).zeros(3);
            } else {
                bytes.u8(type).u16(body.length).u8(flags);
                number(bytes, index, indexes ? 2 : 0);
            }
            raw(bytes, body);
            if (continuation) {
                continuations.add(to);
            } else if (type != 0) {
                messages.add(new RawMessage(type, flags, index, draw.cursor(body)));
            }
        }
        int gap = draw.between(0, old ? 7 : indexes ? 5 : 3);
        return new Written(
                bytes.zeros(gap),
                new ObjectHeaderChunk(messages, continuations),
                gap,
                c -> old ? ObjectHeaderChunk.parseV1(c) : ObjectHeaderChunk.parseV2(c, indexes));
    }

    /** Entries do not overlap: which of two is true the format does not say. */
    private static Written cacheImage(Draw draw) {
        Map<Integer, byte[]> entries = new TreeMap<>();
        int from = 0;
        for (int left = draw.between(0, 5); left > 0; left--) {
            byte[] entry = draw.junk(draw.between(1, 30));
            from += draw.between(0, 40);
            entries.put(from, entry);
            from += entry.length;
        }
        MessageBytes list = draw.bytes();
        entries.forEach((at, entry) -> {
            int parents = draw.between(0, 3);
            list.u8(draw.u8(), draw.u8(), draw.u8(), draw.u8()).u16(draw.u16(), draw.u16(), parents);
            list.u32(draw.u32()).address(at).length(entry.length);
            for (int i = 0; i < parents; i++) {
                list.address(draw.anyAddress());
            }
            raw(list, entry);
        });
        int size = 6 + draw.lengths() + 4 + list.size() + 4;
        MessageBytes bytes =
                draw.bytes().text("MDCI").u8(0, draw.u8()).length(size).u32(entries.size());
        bytes.add(list).checksum();
        byte[] there = draw.junk(from + 8);
        byte[] says = there.clone();
        entries.forEach((at, entry) -> System.arraycopy(entry, 0, says, at, entry.length));
        return new Written(bytes, says, c -> {
            byte[] found = there.clone();
            CacheImage.parse(c, true).overlay(0, found);
            return found;
        });
    }

    private static Written selection(Draw draw) {
        MessageBytes bytes = draw.bytes();
        int kind = draw.between(0, 3);
        bytes.u32(kind);
        DataSelection says = switch (kind) {
            case 0 -> {
                bytes.u32(draw.u32()).u64(draw.u32());
                yield new DataSelection.None();
            }
            case 1 -> points(draw, bytes);
            case 2 -> blocks(draw, bytes);
            default -> {
                bytes.u32(draw.u32()).u64(draw.u32());
                yield new DataSelection.All();
            }
        };
        return new Written(bytes, says, c -> SelectionParser.parse(c, claimed -> {}));
    }

    static DataSelection points(Draw draw, MessageBytes bytes) {
        int rank = draw.between(1, 32);
        int width = draw.flag() ? 4 : draw.any(2, 4, 8);
        boolean old = width == 4 && draw.flag();
        bytes.u32(old ? 1 : 2);
        if (old) {
            bytes.u64(draw.u32());
        } else {
            bytes.u8(width);
        }
        int count = draw.between(0, 6);
        number(bytes.u32(rank), count, width);
        return new DataSelection.Points(rank, tuples(draw, bytes, count, new int[] {rank, width, 1}));
    }

    static DataSelection blocks(Draw draw, MessageBytes bytes) {
        int rank = draw.between(1, 32);
        int version = draw.between(1, 3);
        int width = version == 1 ? 4 : version == 2 ? 8 : draw.any(2, 4, 8);
        boolean regular = version == 2 || (version == 3 && draw.flag());
        bytes.u32(version);
        switch (version) {
            case 1 -> bytes.u64(draw.u32());
            case 2 -> bytes.u8(1).u32(draw.u32());
            default -> bytes.u8(regular ? 1 : 0, width);
        }
        bytes.u32(rank);
        if (!regular) {
            int count = draw.between(0, 6);
            number(bytes, count, width);
            return new DataSelection.Blocks(rank, tuples(draw, bytes, 2 * count, new int[] {rank, width, 2}));
        }
        return regular(draw, bytes, rank, width);
    }

    private static DataSelection regular(Draw draw, MessageBytes bytes, int rank, int width) {
        List<List<Long>> of = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        long most = Draw.most(width);
        for (int d = 0; d < rank; d++) {
            long block = draw.between(0, 8) == 0 ? -1 : draw.between(1L, most);
            long count = draw.between(0, 8) == 0 ? -1 : draw.between(0L, most);
            long stride = draw.between(block < 0 ? 0 : block, most);
            long start = draw.between(0L, most);
            List<Long> four = List.of(start, stride, count, block);
            for (int i = 0; i < 4; i++) {
                of.get(i).add(four.get(i));
                number(bytes, four.get(i), width);
            }
        }
        return new DataSelection.Regular(of.get(0), of.get(1), of.get(2), of.get(3));
    }

    /** Tuples of numbers of {@code of[1]} bytes, {@code of[0]} each; of {@code of[2]} the first ones are the lowest. */
    private static List<List<Long>> tuples(Draw draw, MessageBytes bytes, int count, int[] of) {
        List<List<Long>> tuples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Long> tuple = new ArrayList<>();
            for (int d = 0; d < of[0]; d++) {
                long least = i % of[2] == 0 ? 0 : tuples.get(i - 1).get(d);
                long number = draw.between(least, Draw.most(of[1]));
                tuple.add(number);
                number(bytes, number, of[1]);
            }
            tuples.add(tuple);
        }
        return tuples;
    }
}
