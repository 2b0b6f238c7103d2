// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.DistinctTexts;
import io.h5coro.internal.bytes.SoughtName;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.Superblock;
import io.h5coro.internal.format.message.LinkInfo;
import io.h5coro.internal.format.message.SymbolTableMessage;
import io.h5coro.model.Link;
import io.h5coro.model.StoredText;
import io.h5coro.storage.ByteRange;
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

    /** The link of a name; its text is the one that was asked for. */
    public Optional<Link> find(ObjectHeader header, SoughtName name) {
        GroupLinks links = links(header);
        return name.first(links::find)
                .map(link -> shownAs(link, link.storedName().shownAs(name.text())));
    }

    /** All links, in ascending order of their names' bytes. */
    public List<Link> all(ObjectHeader header) {
        return shown(links(header).unordered()).stream()
                .sorted((a, b) -> a.storedName().compareBytes(b.storedName()))
                .toList();
    }

    /** All links in the order in which they are stored, each under a text that leads to it. */
    public List<Link> stored(ObjectHeader header) {
        return shown(links(header).all());
    }

    private static List<Link> shown(List<Link> links) {
        DistinctTexts texts = DistinctTexts.of(links.stream().map(Link::storedName));
        return texts.keepAll()
                ? links
                : links.stream()
                        .map(link -> shownAs(link, texts.of(link.storedName())))
                        .toList();
    }

    /** Asks for the start of the links of the groups in a group, as far as its links tell where that is. */
    public void prefetchMembers(ObjectHeader header) {
        file.space().prefetch(memberTables(header), "links of groups");
    }

    /** Where the links of the groups in a group start, as far as its links tell; relative to the base address. */
    public List<ByteRange> memberTables(ObjectHeader header) {
        return links(header).memberTables();
    }

    private static Link shownAs(Link link, StoredText name) {
        if (link.name().equals(name.text())) {
            return link;
        }
        long order = link.creationOrder();
        if (link instanceof Link.Hard hard) {
            return new Link.Hard(name, order, hard.address());
        }
        if (link instanceof Link.Soft soft) {
            return new Link.Soft(name, order, soft.storedTarget());
        }
        if (link instanceof Link.External external) {
            return new Link.External(name, order, external.storedFile(), external.storedTarget());
        }
        return new Link.UserDefined(name, order, ((Link.UserDefined) link).linkType());
    }

    /** A header whose chunk 0 has a symbol table is an old-style group: it is not waited for a continuation then. */
    private Optional<LinkInfo> info(ObjectHeader header) {
        if (header.leading(RawMessage.SYMBOL_TABLE).isPresent()
                && header.leading(RawMessage.LINK_INFO).isEmpty()) {
            return Optional.empty();
        }
        return file.headers().body(header, RawMessage.LINK_INFO).map(LinkInfo::parse);
    }

    /** Chooses by what the header has: link info with a heap, link info without one, or neither. */
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
