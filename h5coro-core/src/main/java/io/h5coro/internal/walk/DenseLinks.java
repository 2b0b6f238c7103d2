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
        HeapAhead ahead = HeapAhead.first(file, info.heapAddress());
        index().find(
                        record -> Integer.compareUnsigned(record.i32(), hash),
                        record -> ids.add(heapId(record)),
                        ahead::step);
        return read(ids).stream().filter(link -> link.storedName().equals(name)).findFirst();
    }

    @Override
    public List<Link> all() {
        List<Integer> hashes = new ArrayList<>();
        return inOrder(hashes, read(ids(hashes)));
    }

    /** {@inheritDoc} In the order of the heap, which is that of their names where they were written in that. */
    @Override
    public List<Link> unordered() {
        List<Link> links = new ArrayList<>();
        read(ids(new ArrayList<>()), (i, link) -> links.add(link));
        return links;
    }

    /** The heap ids of all links; adds the hashes of their names. */
    private List<byte[]> ids(List<Integer> hashes) {
        List<byte[]> ids = new ArrayList<>();
        HeapAhead ahead = HeapAhead.all(file, info.heapAddress());
        index().all(
                        record -> {
                            hashes.add(record.i32());
                            ids.add(heapId(record));
                        },
                        ahead::step);
        return ids;
    }

    /** The tree's nodes come level by level, its records are in the order of hash and name. */
    private static List<Link> inOrder(List<Integer> hashes, List<Link> links) {
        long[] order = new long[links.size()];
        Arrays.setAll(order, i -> Integer.toUnsignedLong(hashes.get(i)) << Integer.SIZE - 1 | i);
        Arrays.sort(order);
        List<Link> sorted = new ArrayList<>(order.length);
        int same = 0;
        for (int i = 0; i < order.length; i++) {
            sorted.add(links.get((int) order[i] & Integer.MAX_VALUE));
            if (i + 1 == order.length || order[i] >>> Integer.SIZE - 1 != order[i + 1] >>> Integer.SIZE - 1) {
                sorted.subList(same, i + 1).sort((a, b) -> a.storedName().compareBytes(b.storedName()));
                same = i + 1;
            }
        }
        return sorted;
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
        Link[] links = new Link[ids.size()];
        read(ids, (i, link) -> links[i] = link);
        return Arrays.asList(links);
    }

    /** Takes the link of an id, by its place among those that are read. */
    private interface Receiver {
        void take(int index, Link link);
    }

    private void read(List<byte[]> ids, Receiver receiver) {
        if (ids.isEmpty()) {
            return;
        }
        MetadataBudget budget = new MetadataBudget(file.space(), "links of a group");
        file.heap(info.heapAddress()).objects(ids, (i, body) -> {
            budget.spend(body.remaining());
            receiver.take(i, LinkMessage.parse(body));
        });
    }
}
