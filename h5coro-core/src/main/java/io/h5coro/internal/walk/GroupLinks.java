// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.model.Link;
import io.h5coro.model.StoredText;
import io.h5coro.storage.ByteRange;
import java.util.List;
import java.util.Optional;

/** The links of one group, however they are stored. Look-ups block on metadata reads. */
interface GroupLinks {
    /** The link whose name has these bytes. */
    Optional<Link> find(StoredText name);

    /**
     * All links in the order in which they are stored: of their names, of the header's messages, or of the names'
     * hashes.
     */
    List<Link> all();

    /** The same in the order that takes least; it may be any. */
    default List<Link> unordered() {
        return all();
    }

    /**
     * Where the links of those members begin that are known to be groups before their headers are read.
     *
     * @return ranges in the file, to be read ahead
     */
    default List<ByteRange> memberTables() {
        return List.of();
    }
}
