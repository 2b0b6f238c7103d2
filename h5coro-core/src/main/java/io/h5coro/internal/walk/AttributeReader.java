// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.DistinctTexts;
import io.h5coro.internal.bytes.SoughtName;
import io.h5coro.internal.cache.Recent;
import io.h5coro.internal.format.Attempt;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.message.AttributeInfo;
import io.h5coro.internal.format.message.AttributeMessage;
import io.h5coro.model.StoredText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the attributes of objects, from their headers or from fractal heaps. Thread-safe. */
public final class AttributeReader {
    /**
     * Attributes of headers that are found by name without parsing all of them again; a header has thousands at the
     * most. The bound counts attributes and headers; beyond it the headers asked least recently are parsed again.
     */
    private static final int KEPT_NAMES = 100_000;

    private final HdfFile file;

    /** The messages of compact attributes by name, of the headers asked last. */
    private final Recent<CompactNames> compactNames = new Recent<>(KEPT_NAMES);

    /** Attributes of a file's objects. */
    public AttributeReader(HdfFile file) {
        this.file = file;
    }

    /**
     * An attribute message with its place in the order of creation.
     *
     * @param name its name; "(attribute 3)" when even that cannot be read
     * @param isNamed whether it is its name
     * @param creationOrder its place, or -1 where it is not tracked
     * @param message the message, or why there is none
     */
    public record StoredAttribute(
            StoredText name, boolean isNamed, long creationOrder, Attempt<AttributeMessage> message) {
        /** Parses a message. {@code place} counts the attributes of the object. */
        static StoredAttribute parse(Attempt<Cursor> body, long creationOrder, int place) {
            Attempt<AttributeMessage> message =
                    Attempt.of(() -> AttributeMessage.parse(body.get().copy()));
            Attempt<StoredText> name =
                    Attempt.of(() -> AttributeMessage.name(body.get().copy()));
            boolean named = name.failure().isEmpty();
            return new StoredAttribute(
                    named ? name.get() : StoredText.of("(attribute " + place + ")"), named, creationOrder, message);
        }

        /** The same under another text of its name. */
        StoredAttribute shownAs(StoredText text) {
            return new StoredAttribute(text, isNamed, creationOrder, message);
        }

        boolean hasName(StoredText wanted) {
            return isNamed && name.equals(wanted);
        }
    }

    /**
     * All attributes, in ascending order of their names' bytes, those that cannot be read included. Blocks. An
     * attribute that cannot be read does not keep the others from being listed.
     *
     * @throws io.h5coro.error.LimitExceededException when the messages together exceed the metadata budget
     */
    public List<StoredAttribute> all(ObjectHeader header) {
        List<StoredAttribute> found = new ArrayList<>(compact(header));
        dense(header).ifPresent(attributes -> found.addAll(attributes.all()));
        found.sort((a, b) -> a.name().compareBytes(b.name()));
        DistinctTexts texts = DistinctTexts.of(found.stream().map(StoredAttribute::name));
        found.replaceAll(a -> a.shownAs(texts.of(a.name())));
        return found;
    }

    /**
     * The attribute of a name; of dense attributes only those with the name's hash are read.
     *
     * @throws H5Exception when none that can be read has the name, and one cannot be read so far as to know its name
     */
    public Optional<StoredAttribute> find(ObjectHeader header, SoughtName name) {
        CompactNames compact = compactNames(header);
        Optional<StoredAttribute> found = name.first(bytes -> Optional.ofNullable(compact.byName.get(bytes))
                .map(this::stored)
                .or(() -> dense(header).flatMap(attributes -> attributes.find(bytes))));
        if (found.isEmpty()) {
            compact.nameless.forEach(raw -> stored(raw).message().get());
        }
        return found.map(a -> a.shownAs(a.name().shownAs(name.text())));
    }

    /**
     * The messages of the compact attributes of one header.
     *
     * @param byName of several messages of a name the first one counts
     * @param nameless those of which not even the name can be read
     */
    private record CompactNames(Map<StoredText, Place> byName, List<Place> nameless) {}

    /**
     * A message.
     *
     * @param number it counts the attributes of the object
     */
    private record Place(RawMessage message, int number) {}

    /** The names of a header's attribute messages, kept or parsed now; may wait for continuations. */
    private CompactNames compactNames(ObjectHeader header) {
        CompactNames known = compactNames.get(header.address());
        if (known == null) {
            known = new CompactNames(new HashMap<>(), new ArrayList<>());
            List<RawMessage> messages = header.all(RawMessage.ATTRIBUTE);
            MetadataBudget budget = new MetadataBudget(file.space(), "attributes of an object");
            for (RawMessage raw : messages) {
                Place place = new Place(raw, known.byName.size() + known.nameless.size());
                Attempt<Cursor> body = Attempt.of(() -> file.headers().body(raw));
                if (body.failure().isEmpty()) {
                    budget.spend(body.get().remaining());
                }
                Attempt<StoredText> name = Attempt.of(() -> AttributeMessage.name(body.get()));
                if (name.failure().isEmpty()) {
                    known.byName.putIfAbsent(name.get(), place);
                } else {
                    known.nameless.add(place);
                }
            }
            compactNames.put(header.address(), known, 1 + messages.size());
        }
        return known;
    }

    /** Parses one message. Shared ones may block. */
    private StoredAttribute stored(Place place) {
        RawMessage raw = place.message;
        return StoredAttribute.parse(Attempt.of(() -> file.headers().body(raw)), raw.creationIndex(), place.number);
    }

    /** Whether the order in which attributes were created is tracked. */
    public boolean tracksCreationOrder(ObjectHeader header) {
        return info(header).map(AttributeInfo::tracksOrder).orElse(false);
    }

    /** All attribute messages of a header in the order of the file; may wait for continuations. */
    private List<StoredAttribute> compact(ObjectHeader header) {
        List<StoredAttribute> found = new ArrayList<>();
        MetadataBudget budget = new MetadataBudget(file.space(), "attributes of an object");
        for (RawMessage raw : header.all(RawMessage.ATTRIBUTE)) {
            Attempt<Cursor> body = Attempt.of(() -> file.headers().body(raw));
            if (body.failure().isEmpty()) {
                budget.spend(body.get().remaining());
            }
            found.add(StoredAttribute.parse(body, raw.creationIndex(), found.size()));
        }
        return found;
    }

    /** Empty when all attributes are messages of the header and were never in a heap. */
    private Optional<AttributeInfo> info(ObjectHeader header) {
        return file.headers().body(header, RawMessage.ATTRIBUTE_INFO).map(AttributeInfo::parse);
    }

    /** Empty while the attributes are few enough to be messages of the header. */
    private Optional<DenseAttributes> dense(ObjectHeader header) {
        return info(header)
                .filter(info -> info.heapAddress() != Cursor.UNDEFINED)
                .map(info -> new DenseAttributes(file, info));
    }
}
