// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.message.AttributeInfo;
import io.h5coro.internal.format.message.AttributeMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the attributes of objects, from their headers or from fractal heaps. Thread-safe. */
public final class AttributeReader {
    /** Attributes of headers that are found by name without parsing all of them again; a header has thousands at the most. */
    private static final int KEPT_NAMES = 100_000;

    private final HdfFile file;

    /** The messages of compact attributes by name, of the headers asked last. */
    private final Recent<Map<String, RawMessage>> compactNames = new Recent<>(KEPT_NAMES);

    /** Attributes of a file's objects. */
    public AttributeReader(HdfFile file) {
        this.file = file;
    }

    /**
     * An attribute message with its place in the order of creation.
     *
     * @param message the message
     * @param creationOrder its place, or -1 where it is not tracked
     */
    public record StoredAttribute(AttributeMessage message, long creationOrder) {}

    /** All attributes, in ascending order of their names' bytes. */
    public List<StoredAttribute> all(ObjectHeader header) {
        List<StoredAttribute> found = new ArrayList<>(compact(header));
        dense(header).ifPresent(attributes -> found.addAll(attributes.all()));
        found.sort((a, b) -> Names.compare(a.message().name(), b.message().name()));
        return found;
    }

    /** The attribute of a name; of dense attributes only those with the name's hash are read. */
    public Optional<StoredAttribute> find(ObjectHeader header, String name) {
        RawMessage compact = compactNames(header).get(name);
        return compact != null
                ? Optional.of(stored(compact))
                : dense(header).flatMap(attributes -> attributes.find(name));
    }

    /** Of several messages of a name the first one counts. */
    private Map<String, RawMessage> compactNames(ObjectHeader header) {
        Map<String, RawMessage> known = compactNames.get(header.address());
        if (known == null) {
            known = new HashMap<>();
            List<RawMessage> messages = header.all(RawMessage.ATTRIBUTE);
            MetadataBudget budget = new MetadataBudget(file.space(), "attributes of an object");
            for (RawMessage raw : messages) {
                Cursor body = file.headers().body(raw);
                budget.spend(body.remaining());
                known.putIfAbsent(AttributeMessage.parse(body).name(), raw);
            }
            compactNames.put(header.address(), known, 1 + messages.size());
        }
        return known;
    }

    private StoredAttribute stored(RawMessage raw) {
        return new StoredAttribute(AttributeMessage.parse(file.headers().body(raw)), raw.creationIndex());
    }

    /** Whether the order in which attributes were created is tracked. */
    public boolean tracksCreationOrder(ObjectHeader header) {
        return info(header).map(AttributeInfo::tracksOrder).orElse(false);
    }

    private List<StoredAttribute> compact(ObjectHeader header) {
        List<StoredAttribute> found = new ArrayList<>();
        MetadataBudget budget = new MetadataBudget(file.space(), "attributes of an object");
        for (RawMessage raw : header.all(RawMessage.ATTRIBUTE)) {
            Cursor body = file.headers().body(raw);
            budget.spend(body.remaining());
            found.add(new StoredAttribute(AttributeMessage.parse(body), raw.creationIndex()));
        }
        return found;
    }

    private Optional<AttributeInfo> info(ObjectHeader header) {
        return file.headers().body(header, RawMessage.ATTRIBUTE_INFO).map(AttributeInfo::parse);
    }

    private Optional<DenseAttributes> dense(ObjectHeader header) {
        return info(header)
                .filter(info -> info.heapAddress() != Cursor.UNDEFINED)
                .map(info -> new DenseAttributes(file, info));
    }
}
