// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.MessageBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file put together from structures, with gaps of junk between them: the space of a file whose widths, versions and
 * order of structures one seed draws. Confined to one thread.
 */
final class OddFile {
    /** Room for every superblock: 160 bytes. */
    private static final int FIRST = 160;

    private final Draw draw;
    private byte[] file = new byte[1 << 12];
    private int end = FIRST;

    OddFile(Draw draw) {
        this.draw = draw;
    }

    Draw draw() {
        return draw;
    }

    /** Takes space for a structure whose address others need before it is written. */
    long reserve(int size) {
        byte[] gap = draw.junk(draw.between(0, 7));
        grow(gap.length + size);
        System.arraycopy(gap, 0, file, end, gap.length);
        end += gap.length + size;
        return end - size;
    }

    private void grow(int more) {
        if (end + more > file.length) {
            file = Arrays.copyOf(file, 2 * (end + more));
        }
    }

    void place(long address, byte[] bytes) {
        if (address + bytes.length > end) {
            throw new IllegalArgumentException("structure of " + bytes.length + " bytes at " + address);
        }
        System.arraycopy(bytes, 0, file, (int) address, bytes.length);
    }

    long put(byte[] bytes) {
        long address = reserve(bytes.length);
        place(address, bytes);
        return address;
    }

    long put(MessageBytes structure) {
        return put(structure.toArray());
    }

    /**
     * A message of an object header.
     *
     * @param type its code
     * @param body its bytes, version 1's padding not included
     */
    record Message(int type, MessageBytes body) {}

    /** Writes an object header of either version, its messages in up to three chunks; gives its address. */
    long header(List<Message> messages) {
        return draw.flag() ? oldHeader(messages) : newHeader(messages);
    }

    /** A version 1 chunk; each body padded to 8. */
    private MessageBytes oldChunk(List<Message> messages) {
        MessageBytes chunk = draw.bytes();
        for (Message message : messages) {
            int padding = (8 - message.body.size() % 8) % 8;
            chunk.u16(message.type, message.body.size() + padding).u8(0).zeros(3);
            chunk.add(message.body).zeros(padding);
        }
        return chunk;
    }

    private long oldHeader(List<Message> messages) {
        List<Message> first = new ArrayList<>(messages);
        int count = messages.size();
        if (messages.size() > 1 && draw.flag()) {
            int cut = draw.between(1, messages.size() - 1);
            MessageBytes rest = oldChunk(messages.subList(cut, messages.size()));
            long at = put(rest);
            first = new ArrayList<>(messages.subList(0, cut));
            first.add(new Message(0x10, draw.bytes().address(at).length(rest.size())));
            count++;
        }
        MessageBytes chunk = oldChunk(first);
        return put(draw.bytes().u8(1, 0).u16(count).u32(1, chunk.size(), 0).add(chunk));
    }

    private MessageBytes newChunk(List<Message> messages, boolean indexes) {
        MessageBytes chunk = draw.bytes();
        for (Message message : messages) {
            chunk.u8(message.type).u16(message.body.size()).u8(0);
            if (indexes) {
                chunk.u16(draw.u16());
            }
            chunk.add(message.body);
        }
        return chunk;
    }

    private long newHeader(List<Message> messages) {
        boolean indexes = draw.flag();
        List<Message> first = new ArrayList<>(messages);
        for (int more = draw.between(0, 2); more > 0 && first.size() > 1; more--) {
            int cut = draw.between(1, first.size() - 1);
            MessageBytes rest = draw.bytes().text("OCHK").add(newChunk(first.subList(cut, first.size()), indexes));
            rest.zeros(draw.between(0, 3)).checksum();
            long at = put(rest);
            first = new ArrayList<>(first.subList(0, cut));
            first.add(new Message(0x10, draw.bytes().address(at).length(rest.size())));
        }
        MessageBytes chunk = newChunk(first, indexes);
        int least = chunk.size() < 256 ? 0 : 1;
        int width = draw.between(least, 3);
        boolean times = draw.flag();
        boolean phases = draw.flag();
        MessageBytes header =
                draw.bytes().text("OHDR").u8(2, width | (indexes ? 4 : 0) | (phases ? 0x10 : 0) | (times ? 0x20 : 0));
        if (times) {
            header.u32(1, 2, 3, 4);
        }
        if (phases) {
            header.u16(8, 6);
        }
        HeaderWriters.number(header, chunk.size(), 1 << width);
        return put(header.add(chunk).checksum());
    }

    /**
     * The whole file.
     *
     * @param root the root group's header
     * @param k the nodes' K of old groups and of chunk trees, or null for a superblock that has none
     */
    byte[] toArray(long root, int @org.jspecify.annotations.Nullable [] k) {
        MessageBytes block = draw.bytes().u8(0x89).text("HDF").u8(13, 10, 26, 10);
        if (k == null) {
            block.u8(draw.between(2, 3), draw.offsets(), draw.lengths(), 0).address(0, -1, end, root);
            block.checksum();
        } else {
            block.u8(1, 0, 0, 0, 0, draw.offsets(), draw.lengths(), 0)
                    .u16(k[0], k[1])
                    .u32(0);
            block.u16(k[2], 0).address(0, -1, end, -1);
            block.length(0).address(root).u32(0, 0).zeros(16);
        }
        place(0, block.toArray());
        return Arrays.copyOf(file, end);
    }
}
