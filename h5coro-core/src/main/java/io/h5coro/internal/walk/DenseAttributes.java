// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.Lookup3;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.message.AttributeInfo;
import io.h5coro.internal.format.message.AttributeMessage;
import io.h5coro.internal.walk.AttributeReader.StoredAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Attributes in a fractal heap, found by the hash of their names through a B-tree of version 2 whose records (type 8) are
 * {@code heap id(8) message flags(1) creation order(4) hash(4)}. A shared attribute's id is one of the heap of shared
 * messages (H5Adense.c).
 */
final class DenseAttributes {
    private static final int BY_NAME = 8;
    private static final int HEAP_ID_BYTES = 8;
    private static final int HASH_AT = HEAP_ID_BYTES + 1 + 4;
    private static final int SHARED = 0x02;
    private static final long NO_ORDER = 0xffffffffL;

    private final HdfFile file;
    private final AttributeInfo info;

    DenseAttributes(HdfFile file, AttributeInfo info) {
        this.file = file;
        this.info = info;
    }

    @SuppressWarnings("ArrayRecordComponent") // made from a record and used once
    private record Entry(byte[] id, boolean shared, long creationOrder) {}

    Optional<StoredAttribute> find(String name) {
        byte[] bytes = Names.bytes(name);
        int hash = Lookup3.hash(bytes, 0, bytes.length);
        List<Entry> entries = new ArrayList<>();
        index().find(
                        record -> Integer.compareUnsigned(record.seek(HASH_AT).i32(), hash),
                        record -> entries.add(entry(record)));
        return read(entries).stream()
                .filter(a -> a.message().name().equals(name))
                .findFirst();
    }

    List<StoredAttribute> all() {
        List<Entry> entries = new ArrayList<>();
        index().all(record -> entries.add(entry(record)));
        return read(entries);
    }

    private BTree2 index() {
        return BTree2.open(file.space(), info.nameIndex(), BY_NAME);
    }

    private Entry entry(Cursor record) {
        byte[] id = record.seek(0).bytes(HEAP_ID_BYTES);
        boolean shared = (record.u8() & SHARED) != 0;
        long order = record.u32();
        return new Entry(id, shared, info.tracksOrder() && order != NO_ORDER ? order : -1);
    }

    /** The attributes of some entries, in their order. */
    private List<StoredAttribute> read(List<Entry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        FractalHeap heap = file.heap(info.heapAddress());
        MetadataBudget budget = new MetadataBudget(file.space(), "attributes of an object");
        StoredAttribute[] found = new StoredAttribute[entries.size()];
        List<Integer> own = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            if (!entries.get(i).shared()) {
                own.add(i);
            }
        }
        heap.objects(own.stream().map(i -> entries.get(i).id()).toList(), (i, body) -> {
            found[own.get(i)] = attribute(entries.get(own.get(i)), body, budget);
        });
        for (int i = 0; i < found.length; i++) {
            Entry entry = entries.get(i);
            if (entry.shared()) {
                found[i] = attribute(entry, file.shared().body(RawMessage.ATTRIBUTE, entry.id()), budget);
            }
        }
        return Arrays.asList(found);
    }

    private static StoredAttribute attribute(Entry entry, Cursor body, MetadataBudget budget) {
        budget.spend(body.remaining());
        return new StoredAttribute(AttributeMessage.parse(body), entry.creationOrder());
    }
}
