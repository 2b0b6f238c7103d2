// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.model.Link;
import java.util.List;
import java.util.Optional;

/** The links of one group, however they are stored. Look-ups block on metadata reads. */
interface GroupLinks {
    /** The link of a name. */
    Optional<Link> find(String name);

    /** All links, in ascending order of their names' bytes. */
    List<Link> all();
}
