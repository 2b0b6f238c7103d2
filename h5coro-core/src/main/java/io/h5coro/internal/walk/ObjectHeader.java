// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.Where;
import io.h5coro.internal.call.Turn;
import io.h5coro.internal.format.ObjectHeaderPrefix;
import io.h5coro.internal.format.RawMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An object header. Thread-safe.
 *
 * <p>The messages of chunk 0 are here; those of its continuations, which often lie megabytes away and hold attributes,
 * are waited for when a question needs them, and then kept. Since the first message of a type counts, what chunk 0
 * holds is the answer. Whoever acts on it sees to it that {@link #complete()} is called before a user sees the result:
 * damage, and messages that forbid to read the object, may stand in a continuation.
 */
public final class ObjectHeader {
    private final long address;
    private final ObjectHeaderPrefix prefix;
    private final List<RawMessage> leading;

    /** Who reads the continuations. */
    private final Turn turn = new Turn();

    /** Messages of the continuations; null when there are none, or they are here. Written by who has the turn. */
    private volatile @Nullable Rest reading;

    /** The messages of chunk 0 by type: there may be thousands of attributes between them. */
    private final Map<Integer, List<RawMessage>> leadingByType;

    private volatile @Nullable Map<Integer, List<RawMessage>> messages;

    /**
     * The messages of the continuations.
     *
     * @param where the header is, for messages
     * @param reading waits for them
     */
    record Rest(Where where, Supplier<List<RawMessage>> reading) {}

    /**
     * A header.
     *
     * @param address where it starts, relative to the base address
     * @param prefix its start
     * @param leading messages of chunk 0 in the order of the file
     * @param rest reads those of its continuations; null when it has none
     */
    ObjectHeader(long address, ObjectHeaderPrefix prefix, List<RawMessage> leading, @Nullable Rest rest) {
        this.address = address;
        this.prefix = prefix;
        this.leading = List.copyOf(leading);
        this.leadingByType = byType(this.leading);
        this.reading = rest;
        if (rest == null) {
            messages = leadingByType;
        }
    }

    private static Map<Integer, List<RawMessage>> byType(List<RawMessage> messages) {
        return messages.stream().collect(Collectors.groupingBy(RawMessage::type));
    }

    /** Where it starts, relative to the base address. */
    public long address() {
        return address;
    }

    /** Its start. */
    public ObjectHeaderPrefix prefix() {
        return prefix;
    }

    /** Waits for the continuations, unless they are here. A failure is not kept: the next call reads again. */
    public ObjectHeader complete() {
        Map<Integer, List<RawMessage>> unused = messages();
        return this;
    }

    /** Its messages by type, those of a type in the order of the file; may wait. */
    private Map<Integer, List<RawMessage>> messages() {
        Map<Integer, List<RawMessage>> known = messages;
        Rest rest = reading;
        return known != null || rest == null
                ? java.util.Objects.requireNonNull(messages)
                : turn.during(rest.where(), () -> read(rest));
    }

    private Map<Integer, List<RawMessage>> read(Rest rest) {
        Map<Integer, List<RawMessage>> known = messages;
        if (known == null) {
            List<RawMessage> all = new ArrayList<>(leading);
            all.addAll(rest.reading().get());
            known = byType(all);
            messages = known;
            reading = null;
        }
        return known;
    }

    /** The first message of a type; waits when chunk 0 has none. */
    public Optional<RawMessage> first(int type) {
        Optional<RawMessage> found = first(leadingByType, type);
        return found.isPresent() ? found : first(messages(), type);
    }

    private static Optional<RawMessage> first(Map<Integer, List<RawMessage>> messages, int type) {
        return messages.getOrDefault(type, List.of()).stream().findFirst();
    }

    /** All messages of a type; may wait. */
    public List<RawMessage> all(int type) {
        return Collections.unmodifiableList(messages().getOrDefault(type, List.of()));
    }

    /** Whether it has a message of a type; waits when chunk 0 has none. */
    public boolean has(int type) {
        return first(type).isPresent();
    }

    /** The first message of a type that chunk 0 has; never waits. */
    public Optional<RawMessage> leading(int type) {
        return first(leadingByType, type);
    }

    /** Whether nothing is waited for any more. */
    public boolean isComplete() {
        return messages != null;
    }
}
