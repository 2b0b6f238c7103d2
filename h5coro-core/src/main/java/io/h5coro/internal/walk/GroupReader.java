// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.Superblock;
import io.h5coro.internal.format.message.LinkInfo;
import io.h5coro.internal.format.message.SymbolTableMessage;
import io.h5coro.model.Link;
import java.util.List;
import java.util.Optional;

/** Reads the links of groups, in whichever of the three ways they are stored. Thread-safe. */
public final class GroupReader {
    private final HdfFile file;

    /** Groups of a file. */
    public GroupReader(HdfFile file) {
        this.file = file;
    }

    /** Whether a header is a group's. */
    public static boolean isGroup(ObjectHeader header) {
        return header.leading(RawMessage.SYMBOL_TABLE).isPresent()
                || header.has(RawMessage.LINK_INFO)
                || header.has(RawMessage.SYMBOL_TABLE);
    }

    /** Whether a group tracks the order in which its links were created. */
    public boolean tracksCreationOrder(ObjectHeader header) {
        return info(header).map(LinkInfo::tracksOrder).orElse(false);
    }

    /** The link of a name. */
    public Optional<Link> find(ObjectHeader header, String name) {
        return links(header).find(name);
    }

    /** All links in the order in which they are stored. */
    public List<Link> stored(ObjectHeader header) {
        return links(header).all();
    }

    /** All links, in ascending order of their names' bytes. */
    public List<Link> all(ObjectHeader header) {
        return stored(header).stream()
                .sorted((a, b) -> Names.compare(a.name(), b.name()))
                .toList();
    }

    private Optional<LinkInfo> info(ObjectHeader header) {
        if (header.leading(RawMessage.SYMBOL_TABLE).isPresent()
                && header.leading(RawMessage.LINK_INFO).isEmpty()) {
            return Optional.empty();
        }
        return file.headers().body(header, RawMessage.LINK_INFO).map(LinkInfo::parse);
    }

    private GroupLinks links(ObjectHeader header) {
        Optional<LinkInfo> info = info(header);
        if (info.isPresent()) {
            return info.get().heapAddress() == Cursor.UNDEFINED
                    ? new CompactLinks(header)
                    : new DenseLinks(file, info.get());
        }
        Optional<SymbolTableMessage> table =
                header.first(RawMessage.SYMBOL_TABLE).map(m -> SymbolTableMessage.parse(m.cursor()));
        return new SymbolTableLinks(file.space(), table.orElseGet(this::cachedRoot));
    }

    /** Only the root group of an old file can have its tables in the superblock alone (H5Groot.c). */
    private SymbolTableMessage cachedRoot() {
        Superblock superblock = file.superblock();
        return new SymbolTableMessage(superblock.rootBTree(), superblock.rootHeap());
    }
}
