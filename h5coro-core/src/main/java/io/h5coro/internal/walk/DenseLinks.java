// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.Lookup3;
import io.h5coro.internal.format.message.LinkInfo;
import io.h5coro.internal.format.message.LinkMessage;
import io.h5coro.model.Link;
import io.h5coro.model.StoredText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Links in a fractal heap, found by the hash of their names through a B-tree of version 2 whose records (type 5) are
 * {@code hash(4) heap id(7)}.
 */
final class DenseLinks implements GroupLinks {
    private static final int BY_NAME = 5;
    private static final int HEAP_ID_BYTES = 7;

    private final HdfFile file;
    private final LinkInfo info;

    DenseLinks(HdfFile file, LinkInfo info) {
        this.file = file;
        this.info = info;
    }

    /** {@inheritDoc} Reads the links of the same hash only: mostly one. */
    @Override
    public Optional<Link> find(StoredText name) {
        byte[] bytes = name.bytes();
        int hash = Lookup3.hash(bytes, 0, bytes.length);
        List<byte[]> ids = new ArrayList<>();
        index().find(record -> Integer.compareUnsigned(record.i32(), hash), record -> ids.add(heapId(record)));
        return read(ids).stream().filter(link -> link.storedName().equals(name)).findFirst();
    }

    @Override
    public List<Link> all() {
        List<Integer> hashes = new ArrayList<>();
        List<byte[]> ids = new ArrayList<>();
        index().all(record -> {
            hashes.add(record.i32());
            ids.add(heapId(record));
        });
        List<Link> links = read(ids);
        // The tree's nodes come level by level, its records are in the order of hash and name.
        return IntStream.range(0, links.size())
                .boxed()
                .sorted((a, b) -> {
                    int byHash = Integer.compareUnsigned(hashes.get(a), hashes.get(b));
                    return byHash != 0
                            ? byHash
                            : links.get(a)
                                    .storedName()
                                    .compareBytes(links.get(b).storedName());
                })
                .map(links::get)
                .toList();
    }

    /** Opens the index of names; the head of the tree comes from the block cache after the first time. */
    private BTree2 index() {
        return BTree2.open(file.space(), info.nameIndex(), BY_NAME);
    }

    /** A copy, since a record's bytes are those of its node. */
    private static byte[] heapId(Cursor record) {
        return record.seek(4).bytes(HEAP_ID_BYTES);
    }

    /** The links of some heap ids, in the order of the ids. */
    private List<Link> read(List<byte[]> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Link[] links = new Link[ids.size()];
        MetadataBudget budget = new MetadataBudget(file.space(), "links of a group");
        file.heap(info.heapAddress()).objects(ids, (i, body) -> {
            budget.spend(body.remaining());
            links[i] = LinkMessage.parse(body);
        });
        return Arrays.asList(links);
    }
}
