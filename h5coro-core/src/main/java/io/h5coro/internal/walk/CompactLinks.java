// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.message.LinkMessage;
import io.h5coro.model.Link;
import io.h5coro.model.StoredText;
import java.util.List;
import java.util.Optional;

/**
 * Links that are messages of the group's header. Immutable. A look-up parses all of them: libhdf5 keeps at most eight
 * links in a header unless told otherwise.
 */
final class CompactLinks implements GroupLinks {
    private final ObjectHeader header;

    CompactLinks(ObjectHeader header) {
        this.header = header;
    }

    @Override
    public Optional<Link> find(StoredText name) {
        return all().stream().filter(link -> link.storedName().equals(name)).findFirst();
    }

    @Override
    public List<Link> all() {
        return header.all(RawMessage.LINK).stream()
                .map(message -> LinkMessage.parse(message.cursor()))
                .toList();
    }
}
