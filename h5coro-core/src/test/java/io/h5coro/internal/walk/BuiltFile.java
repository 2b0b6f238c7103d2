// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.FileBytes;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.ReadOptions;

/** A file with a superblock and object headers of the newest versions, put together by hand. */
public final class BuiltFile {
    private static final int SUPERBLOCK_BYTES = 48;

    private final FileBytes body = new FileBytes().zeros(SUPERBLOCK_BYTES);

    /** A message of a header: type(1) size(2) flags(1) body. */
    public static MessageBytes message(int type, MessageBytes body) {
        return message(type, 0, body);
    }

    /** The same with flags. */
    public static MessageBytes message(int type, int flags, MessageBytes body) {
        return new MessageBytes().u8(type).u16(body.size()).u8(flags).add(body);
    }

    /** A hard link as message 0x06. */
    public static MessageBytes hardLink(String name, long address) {
        return message(
                0x06, new MessageBytes().u8(1, 0, name.length()).text(name).address(address));
    }

    /** The info of a group whose links are in its header, as message 0x02. */
    public static MessageBytes group() {
        return message(0x02, new MessageBytes().u8(0, 0).address(-1, -1));
    }

    /** Appends an object header and gives its address. */
    public long header(MessageBytes... messages) {
        MessageBytes chunk = new MessageBytes();
        for (MessageBytes message : messages) {
            chunk.add(message);
        }
        MessageBytes header =
                new MessageBytes().text("OHDR").u8(2, 2).u32(chunk.size()).add(chunk);
        return append(header.checksum());
    }

    /** Appends any structure and gives its address. */
    public long append(MessageBytes structure) {
        long address = body.size();
        for (byte b : structure.toArray()) {
            body.u8(b);
        }
        return address;
    }

    /** The bytes of the file. */
    public byte[] toArray(long root, long extension) {
        MessageBytes superblock = new MessageBytes().u8(0x89).text("HDF").u8(13, 10, 26, 10, 3, 8, 8, 0);
        superblock.address(0, extension, body.size(), root).checksum();
        return body.overwrite(0, superblock.toArray()).toArray();
    }

    /** Opens it without an extension. */
    public HdfFile open(long root) {
        return open(root, -1);
    }

    /** Opens it. */
    public HdfFile open(long root, long extension) {
        byte[] bytes = toArray(root, extension);
        FixtureSpace cache = FixtureSpace.of(bytes, MessageBytes.SOURCE);
        return HdfFile.open(
                new RawFile(cache, () -> bytes.length, MessageBytes.SOURCE, ReadOptions.defaults()),
                (pipeline, mask, stored, plainSize) -> {
                    throw new UnsupportedFeatureException(Where.source(MessageBytes.SOURCE), "filtered heap");
                });
    }
}
