// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.DistinctTexts;
import io.h5coro.internal.bytes.SoughtName;
import io.h5coro.internal.format.Attempt;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.message.AttributeInfo;
import io.h5coro.internal.format.message.AttributeMessage;
import io.h5coro.model.StoredText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the attributes of objects, from their headers or from fractal heaps. Thread-safe. */
public final class AttributeReader {
    private final HdfFile file;

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

    /** All attributes, in ascending order of their names' bytes, those that cannot be read included. */
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
        List<StoredAttribute> compact = compact(header);
        Optional<StoredAttribute> found = name.first(bytes -> compact.stream()
                .filter(a -> a.hasName(bytes))
                .findFirst()
                .or(() -> dense(header).flatMap(attributes -> attributes.find(bytes))));
        if (found.isEmpty()) {
            compact.stream().filter(a -> !a.isNamed()).forEach(a -> a.message().get());
        }
        return found.map(a -> a.shownAs(a.name().shownAs(name.text())));
    }

    /** Whether the order in which attributes were created is tracked. */
    public boolean tracksCreationOrder(ObjectHeader header) {
        return info(header).map(AttributeInfo::tracksOrder).orElse(false);
    }

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

    private Optional<AttributeInfo> info(ObjectHeader header) {
        return file.headers().body(header, RawMessage.ATTRIBUTE_INFO).map(AttributeInfo::parse);
    }

    private Optional<DenseAttributes> dense(ObjectHeader header) {
        return info(header)
                .filter(info -> info.heapAddress() != Cursor.UNDEFINED)
                .map(info -> new DenseAttributes(file, info));
    }
}
