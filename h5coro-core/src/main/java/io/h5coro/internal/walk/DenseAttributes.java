// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.Lookup3;
import io.h5coro.internal.format.Attempt;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.message.AttributeInfo;
import io.h5coro.internal.walk.AttributeReader.StoredAttribute;
import io.h5coro.model.StoredText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Attributes in a fractal heap, found by the hash of their names through a B-tree of version 2 whose records (type 8)
 * are {@code heap id(8) message flags(1) creation order(4) hash(4)}. A shared attribute's id is one of the heap of
 * shared messages (H5Adense.c).
 */
final class DenseAttributes {
    private static final int BY_NAME = 8;
    private static final int HEAP_ID_BYTES = 8;

    /** Where the hash stands in a record: behind heap id, message flags and creation order. */
    private static final int HASH_AT = HEAP_ID_BYTES + 1 + 4;

    /** Message flag: the heap id is one of the heap of shared messages. */
    private static final int SHARED = 0x02;

    /** Creation order of an attribute whose object does not track it. */
    private static final long NO_ORDER = 0xffffffffL;

    private final HdfFile file;
    private final AttributeInfo info;

    DenseAttributes(HdfFile file, AttributeInfo info) {
        this.file = file;
        this.info = info;
    }

    /**
     * One record of the index.
     *
     * @param id heap id of the attribute message
     * @param shared whether the id belongs to the heap of shared messages
     * @param creationOrder place in the order of creation; -1 when it is not tracked
     */
    @SuppressWarnings("ArrayRecordComponent") // made from a record and used once
    private record Entry(byte[] id, boolean shared, long creationOrder) {}

    /** The attribute of a name; one that has the name's hash and cannot be read is taken for it. */
    Optional<StoredAttribute> find(StoredText name) {
        byte[] bytes = name.bytes();
        int hash = Lookup3.hash(bytes, 0, bytes.length);
        List<Entry> entries = new ArrayList<>();
        HeapAhead ahead = HeapAhead.first(file, info.heapAddress());
        index().find(
                        record -> Integer.compareUnsigned(record.seek(HASH_AT).i32(), hash),
                        record -> entries.add(entry(record)),
                        ahead::step);
        List<StoredAttribute> found = read(entries);
        Optional<StoredAttribute> named =
                found.stream().filter(a -> a.hasName(name)).findFirst();
        return named.or(() -> found.stream().filter(a -> !a.isNamed()).findFirst());
    }

    /** All attributes in the order in which the tree was read; blocks. */
    List<StoredAttribute> all() {
        List<Entry> entries = new ArrayList<>();
        HeapAhead ahead = HeapAhead.all(file, info.heapAddress());
        index().all(record -> entries.add(entry(record)), ahead::step);
        return read(entries);
    }

    /** Opens the index of names. The one by creation order is not needed: each record holds its order. */
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
        Map<Integer, Cursor> own = own(heap, entries);
        MetadataBudget budget = new MetadataBudget(file.space(), "attributes of an object");
        List<StoredAttribute> found = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            Cursor known = own.get(found.size());
            Attempt<Cursor> body = Attempt.of(() -> known != null ? known : one(heap, entry));
            if (body.failure().isEmpty()) {
                budget.spend(body.get().remaining());
            }
            found.add(StoredAttribute.parse(body, entry.creationOrder(), found.size()));
        }
        return found;
    }

    /** The messages that are in the object's own heap by the place of their entries, up to one that cannot be read. */
    private Map<Integer, Cursor> own(FractalHeap heap, List<Entry> entries) {
        List<Integer> places = IntStream.range(0, entries.size())
                .filter(i -> !entries.get(i).shared())
                .boxed()
                .toList();
        Map<Integer, Cursor> bodies = new HashMap<>();
        MetadataBudget budget = new MetadataBudget(file.space(), "attributes of an object");
        Optional<H5Exception> unused = Attempt.of(() -> {
                    List<byte[]> ids =
                            places.stream().map(i -> entries.get(i).id()).toList();
                    heap.objects(ids, (i, body) -> {
                        budget.spend(body.remaining());
                        bodies.put(places.get(i), body);
                    });
                    return bodies;
                })
                .failure();
        return bodies;
    }

    private Cursor one(FractalHeap heap, Entry entry) {
        return entry.shared() ? file.shared().body(RawMessage.ATTRIBUTE, entry.id()) : heap.object(entry.id());
    }
}
