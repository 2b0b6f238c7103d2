// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import org.jspecify.annotations.Nullable;

/**
 * A member of a group: a name and what it leads to.
 */
public sealed interface Link permits Link.Hard, Link.Soft, Link.External, Link.UserDefined {
    /** Creation order of a group that does not track it. */
    long NO_ORDER = -1;

    /** The name in its group. */
    String name();

    /** The place in the order of creation, or {@link #NO_ORDER}. */
    long creationOrder();

    /**
     * A link to an object of the file.
     *
     * @param name its name
     * @param creationOrder place in the order of creation, or {@link #NO_ORDER}
     * @param address the object's header, relative to the base address of its file
     * @param home the file of the group and of the object; null for the file that is asked for the object
     */
    record Hard(
            String name,
            long creationOrder,
            long address,
            @Nullable FileId home) implements Link {
        /** A link in whatever file is asked for the object. */
        public Hard(String name, long creationOrder, long address) {
            this(name, creationOrder, address, null);
        }
    }

    /**
     * A link to a path of the file, which may lead nowhere.
     *
     * @param name its name
     * @param creationOrder place in the order of creation, or {@link #NO_ORDER}
     * @param target absolute, or relative to the link's group
     */
    record Soft(String name, long creationOrder, String target) implements Link {}

    /**
     * A link to a path of another file.
     *
     * @param name its name
     * @param creationOrder place in the order of creation, or {@link #NO_ORDER}
     * @param file the other file's name, as written
     * @param target the path in it
     */
    record External(String name, long creationOrder, String file, String target) implements Link {}

    /**
     * A link of a kind that an application defined.
     *
     * @param name its name
     * @param creationOrder place in the order of creation, or {@link #NO_ORDER}
     * @param linkType its number, 65 to 255
     */
    record UserDefined(String name, long creationOrder, int linkType) implements Link {}
}
