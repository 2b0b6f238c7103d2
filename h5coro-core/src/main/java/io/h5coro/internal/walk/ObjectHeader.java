// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.Where;
import io.h5coro.internal.call.Turn;
import io.h5coro.internal.format.ObjectHeaderPrefix;
import io.h5coro.internal.format.RawMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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

    /** Who reads the continuations. */
    private final Turn turn = new Turn();

    /** Messages of the continuations; null when there are none, or they are here. Written by who has the turn. */
    private volatile @Nullable Rest reading;

    private final Messages leadingByType;

    private volatile @Nullable Messages messages;

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
        this.leadingByType = new Messages(leading);
        this.reading = rest;
        if (rest == null) {
            messages = leadingByType;
        }
    }

    /** Messages in ascending order of their types, those of a type as in the file: there may be thousands of them. */
    private static final class Messages {
        private final List<RawMessage> byType;

        Messages(List<RawMessage> messages) {
            RawMessage[] sorted = messages.toArray(RawMessage[]::new);
            Arrays.sort(sorted, Comparator.comparingInt(RawMessage::type));
            byType = List.of(sorted);
        }

        /** The first message of a type; null when there is none. */
        @Nullable
        RawMessage first(int type) {
            int at = begin(type);
            return at < byType.size() && byType.get(at).type() == type ? byType.get(at) : null;
        }

        List<RawMessage> all(int type) {
            return byType.subList(begin(type), begin(type + 1));
        }

        /** How many have a lower type. */
        private int begin(int type) {
            int low = 0;
            int high = byType.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (byType.get(middle).type() < type) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
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
        Messages unused = messages();
        return this;
    }

    /** All its messages; may wait. */
    private Messages messages() {
        Messages known = messages;
        Rest rest = reading;
        return known != null || rest == null
                ? java.util.Objects.requireNonNull(messages)
                : turn.during(rest.where(), () -> read(rest));
    }

    private Messages read(Rest rest) {
        Messages known = messages;
        if (known == null) {
            List<RawMessage> all = new ArrayList<>(leadingByType.byType);
            all.addAll(rest.reading().get());
            known = new Messages(all);
            messages = known;
            reading = null;
        }
        return known;
    }

    /** The first message of a type; waits when chunk 0 has none. */
    public Optional<RawMessage> first(int type) {
        Optional<RawMessage> found = leading(type);
        return found.isPresent() ? found : Optional.ofNullable(messages().first(type));
    }

    /** All messages of a type; may wait. */
    public List<RawMessage> all(int type) {
        return messages().all(type);
    }

    /** Whether it has a message of a type; waits when chunk 0 has none. */
    public boolean has(int type) {
        return leadingByType.first(type) != null || messages().first(type) != null;
    }

    /** The first message of a type that chunk 0 has; never waits. */
    public Optional<RawMessage> leading(int type) {
        return Optional.ofNullable(leadingByType.first(type));
    }

    /** Whether nothing is waited for any more. */
    public boolean isComplete() {
        return messages != null;
    }
}
