// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import org.jspecify.annotations.Nullable;

/**
 * A member of a group: a name and what it leads to. Immutable.
 *
 * <pre>{@code
 * for (Link link : file.inspect("/gt1l/heights").links().values()) {
 *     System.out.println(link);
 * }
 * }</pre>
 */
public sealed interface Link permits Link.Hard, Link.Soft, Link.External, Link.UserDefined {
    /** The {@link #creationOrder()} in a group that does not track it. */
    long NO_ORDER = -1;

    /** Returns the name in the group, as the file stores it: its bytes and the text that they are shown as. */
    StoredText storedName();

    /** Returns the name in the group as text, {@link StoredText#text()}. It is unique within the group. */
    default String name() {
        return storedName().text();
    }

    /** Returns the place in the order of creation, or {@link #NO_ORDER}. */
    long creationOrder();

    /**
     * A link to an object of the same file.
     *
     * @param storedName name in the group
     * @param creationOrder place in the order of creation, or {@link #NO_ORDER}
     * @param address header of the object, relative to the base address of its file
     * @param home file of the group and of the object; null for the file that is asked for the object
     */
    record Hard(
            StoredText storedName,
            long creationOrder,
            long address,
            @Nullable FileId home) implements Link {
        /** Makes a link that is followed in whatever file is asked for the object. */
        public Hard(StoredText storedName, long creationOrder, long address) {
            this(storedName, creationOrder, address, null);
        }
    }

    /**
     * A link to a path of the same file, which may lead nowhere.
     *
     * @param storedName name in the group
     * @param creationOrder place in the order of creation, or {@link #NO_ORDER}
     * @param storedTarget path, absolute or relative to the link's group
     */
    record Soft(StoredText storedName, long creationOrder, StoredText storedTarget) implements Link {
        /** Returns the path that the link leads to, as text. */
        public String target() {
            return storedTarget.text();
        }
    }

    /**
     * A link to a path of another file.
     *
     * @param storedName name in the group
     * @param creationOrder place in the order of creation, or {@link #NO_ORDER}
     * @param storedFile name of the other file, as this file states it
     * @param storedTarget path in the other file
     */
    record External(StoredText storedName, long creationOrder, StoredText storedFile, StoredText storedTarget)
            implements Link {
        /** Returns the name of the other file, as text. */
        public String file() {
            return storedFile.text();
        }

        /** Returns the path in the other file, as text. */
        public String target() {
            return storedTarget.text();
        }
    }

    /**
     * A link of a kind that an application defined. It cannot be followed.
     *
     * @param storedName name in the group
     * @param creationOrder place in the order of creation, or {@link #NO_ORDER}
     * @param linkType number of the kind, 65 to 255
     */
    record UserDefined(StoredText storedName, long creationOrder, int linkType) implements Link {}
}
