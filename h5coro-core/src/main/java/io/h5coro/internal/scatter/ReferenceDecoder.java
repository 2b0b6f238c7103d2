// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.Attempt;
import io.h5coro.model.DataSelection;
import io.h5coro.model.FileId;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Converts references.
 *
 * <pre>
 * object          O address; 0 and all ones for nil
 * region          O + 4 heap reference; its object: O address, then a selection
 * of HDF5 1.12    1 kind (2 object, 3 region, 4 attribute; 0 nil), 1 flags (bit 0: in another file), then
 *                 for an object of this file: 1 length of the token, token (its address);
 *                 for all others: 4 bytes of the object, heap reference; its object: 1 length of the token, token,
 *                 [2 length, name of the file], for a region: 4 bytes, 4 rank, selection; for an attribute: 2 length,
 *                     name
 * </pre>
 *
 * <p>Confined to one task.
 *
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5Tref.c">H5Tref.c</a>, H5Rint.c
 */
final class ReferenceDecoder {
    private static final int KIND_OLD_REGION = 1;
    private static final int KIND_OBJECT = 2;
    private static final int KIND_REGION = 3;
    private static final int KIND_ATTRIBUTE = 4;
    private static final int FLAG_EXTERNAL = 1;

    /** About what an error takes that is kept in the place of a reference. */
    private static final int BYTES_PER_FAILURE = 2048;

    private final ElementDecoder decoder;
    private final HeapObjects heap;

    ReferenceDecoder(ElementDecoder decoder, HeapObjects heap) {
        this.decoder = decoder;
        this.heap = heap;
    }

    /** Whether a reference of HDF5 1.12 is completed in the heap. */
    static boolean refersToHeap(byte[] bytes, int at) {
        return bytes[at] != KIND_OBJECT || (bytes[at + 1] & FLAG_EXTERNAL) != 0;
    }

    List<Reference> decode(ReferenceType type, Column column) {
        Cursor.Origin origin = heap.origin();
        int least = switch (type.kind()) {
            case OBJECT -> origin.sizeOfOffsets();
            case REGION -> origin.sizeOfOffsets() + Integer.BYTES;
            case REVISED_OBJECT, REVISED_REGION, ATTRIBUTE -> HeapReference.REVISED_HEAD + 1;
        };
        if (type.size() < least) {
            throw decoder.malformed("references of " + type.size() + " bytes, expected " + least);
        }
        Reference[] references = new Reference[column.count()];
        Pending pending = new Pending();
        for (int i = 0; i < references.length; i++) {
            int element = i;
            references[i] = readable(() -> inline(type, column, element, pending));
        }
        complete(references, pending);
        FileId home = decoder.home();
        for (int i = 0; i < references.length && home != null; i++) {
            references[i] = references[i].from(home);
        }
        return Arrays.asList(references);
    }

    /** What an element says by itself: all of a reference, or its place in the heap. */
    private Reference inline(ReferenceType type, Column column, int element, Pending pending) {
        Cursor.Origin origin = heap.origin();
        int at = column.at(element);
        Cursor cursor = new Cursor(column.bytes(), at, at + type.size(), origin, at);
        return switch (type.kind()) {
            case OBJECT -> object(cursor);
            case REGION -> region(element, HeapReference.read(column.bytes(), at, origin), pending);
            case REVISED_OBJECT, REVISED_REGION, ATTRIBUTE -> revised(element, cursor, pending);
        };
    }

    /** A reference; one that cannot be read does not keep the others from being given. */
    private Reference readable(Supplier<Reference> reading) {
        Attempt<Reference> attempt = Attempt.of(reading);
        return attempt.failure().map(this::unreadable).orElseGet(attempt::get);
    }

    private Reference unreadable(H5Exception failure) {
        decoder.claim(BYTES_PER_FAILURE);
        return Reference.unreadable(decoder.here(failure));
    }

    /** References that are completed in the heap, in the order of elements. */
    private static final class Pending {
        private final List<Integer> elements = new ArrayList<>();
        private final List<Integer> kinds = new ArrayList<>();
        private final List<Boolean> external = new ArrayList<>();
        private final List<HeapReference> places = new ArrayList<>();

        void add(int element, int kind, boolean isExternal, HeapReference place) {
            elements.add(element);
            kinds.add(kind);
            external.add(isExternal);
            places.add(place);
        }
    }

    private void complete(Reference[] references, Pending pending) {
        if (pending.places.isEmpty()) {
            return;
        }
        heap.objects(
                pending.places.stream().mapToLong(HeapReference::collection).toArray(),
                pending.places.stream().mapToLong(HeapReference::index).toArray(),
                new HeapObjects.Receiver() {
                    @Override
                    public void take(int i, Cursor object) {
                        references[pending.elements.get(i)] =
                                readable(() -> completed(pending.kinds.get(i), pending.external.get(i), object));
                    }

                    @Override
                    public void failed(int i, H5Exception why) {
                        references[pending.elements.get(i)] = unreadable(why);
                    }
                });
    }

    private static Reference object(Cursor cursor) {
        long address = cursor.address();
        return address == 0 || address == Cursor.UNDEFINED ? Reference.nil() : Reference.object(address);
    }

    /** A reference that {@link #complete} replaces, or nil. */
    private static Reference region(int element, HeapReference place, Pending pending) {
        if (!place.isNil()) {
            pending.add(element, KIND_OLD_REGION, false, place);
        }
        return Reference.nil();
    }

    private Reference revised(int element, Cursor cursor, Pending pending) {
        int kind = cursor.u8();
        boolean external = (cursor.u8() & FLAG_EXTERNAL) != 0;
        if (kind == KIND_OBJECT && !external) {
            return Reference.object(own(cursor, token(cursor)));
        }
        cursor.u32();
        HeapReference place = new HeapReference(cursor.address(), cursor.u32());
        if (kind == 0 && place.isNil()) {
            return Reference.nil();
        }
        if (kind < KIND_OBJECT || kind > KIND_ATTRIBUTE || place.isNil()) {
            throw decoder.malformed("reference of kind " + kind + (place.isNil() ? " to a nil object" : ""));
        }
        pending.add(element, kind, external, place);
        return Reference.nil();
    }

    /** A reference from its object in the heap; the cursor is at the object's start. */
    private Reference completed(int kind, boolean external, Cursor cursor) {
        if (kind == KIND_OLD_REGION) {
            long address = cursor.address();
            if (address == Cursor.UNDEFINED) {
                throw decoder.malformed("region of an object without an address");
            }
            return new Reference(address, RegionParser.parse(cursor, 0, decoder), null, null);
        }
        long token = token(cursor);
        long address = external ? checked(token, token) : own(cursor, token);
        @Nullable String file = external ? cursor.text(cursor.u16()) : null;
        @Nullable DataSelection region = null;
        @Nullable String attribute = null;
        if (kind == KIND_REGION) {
            cursor.u32();
            long rank = cursor.u32();
            region = RegionParser.parse(cursor, rank, decoder);
        } else if (kind == KIND_ATTRIBUTE) {
            attribute = cursor.text(cursor.u16());
        }
        return new Reference(address, region, attribute, file);
    }

    /** The place of an object of this file; a token is an address as the file stores it. */
    private long own(Cursor cursor, long token) {
        return checked(token, cursor.origin().addresses().place(token));
    }

    private long checked(long token, long place) {
        if (place < 0) {
            throw decoder.malformed("object token 0x" + Long.toHexString(token) + ", which is no address");
        }
        return place;
    }

    private long token(Cursor cursor) {
        int length = cursor.u8();
        if (length == 0 || length > Long.BYTES) {
            throw decoder.unsupported("object token of " + length + " bytes");
        }
        return cursor.unsigned(length);
    }
}
