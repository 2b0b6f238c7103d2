// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.format.ObjectHeaderPrefix;
import io.h5coro.internal.format.RawMessage;
import java.util.List;
import java.util.Optional;

/**
 * An object header with the messages of all its chunks. Immutable.
 *
 * @param address where it starts, relative to the base address
 * @param prefix its start
 * @param messages its messages in the order of the file
 */
public record ObjectHeader(long address, ObjectHeaderPrefix prefix, List<RawMessage> messages) {
    /** Copies the list. */
    public ObjectHeader {
        messages = List.copyOf(messages);
    }

    /** The first message of a type. */
    public Optional<RawMessage> first(int type) {
        return messages.stream().filter(m -> m.type() == type).findFirst();
    }

    /** All messages of a type. */
    public List<RawMessage> all(int type) {
        return messages.stream().filter(m -> m.type() == type).toList();
    }

    /** Whether it has a message of a type. */
    public boolean has(int type) {
        return first(type).isPresent();
    }
}
