// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import org.jspecify.annotations.Nullable;

/**
 * A member of a group: a name and what it leads to.
 */
public sealed interface Link permits Link.Hard, Link.Soft, Link.External, Link.UserDefined {
    /** Creation order of a group that does not track it. */
    long NO_ORDER = -1;

    /** The name in its group: bytes and text. */
    StoredText storedName();

    /** The name in its group as text, which leads to this link: {@link StoredText#text()}. */
    default String name() {
        return storedName().text();
    }

    /** The place in the order of creation, or {@link #NO_ORDER}. */
    long creationOrder();

    /**
     * A link to an object of the file.
     *
     * @param storedName its name
     * @param creationOrder place in the order of creation, or {@link #NO_ORDER}
     * @param address the object's header, relative to the base address of its file
     * @param home the file of the group and of the object; null for the file that is asked for the object
     */
    record Hard(
            StoredText storedName,
            long creationOrder,
            long address,
            @Nullable FileId home) implements Link {
        /** A link in whatever file is asked for the object. */
        public Hard(StoredText storedName, long creationOrder, long address) {
            this(storedName, creationOrder, address, null);
        }
    }

    /**
     * A link to a path of the file, which may lead nowhere.
     *
     * @param storedName its name
     * @param creationOrder place in the order of creation, or {@link #NO_ORDER}
     * @param storedTarget absolute, or relative to the link's group
     */
    record Soft(StoredText storedName, long creationOrder, StoredText storedTarget) implements Link {
        /** The path that it leads to, as text. */
        public String target() {
            return storedTarget.text();
        }
    }

    /**
     * A link to a path of another file.
     *
     * @param storedName its name
     * @param creationOrder place in the order of creation, or {@link #NO_ORDER}
     * @param storedFile the other file's name, as written
     * @param storedTarget the path in it
     */
    record External(StoredText storedName, long creationOrder, StoredText storedFile, StoredText storedTarget)
            implements Link {
        /** The other file's name, as text. */
        public String file() {
            return storedFile.text();
        }

        /** The path in the other file, as text. */
        public String target() {
            return storedTarget.text();
        }
    }

    /**
     * A link of a kind that an application defined.
     *
     * @param storedName its name
     * @param creationOrder place in the order of creation, or {@link #NO_ORDER}
     * @param linkType its number, 65 to 255
     */
    record UserDefined(StoredText storedName, long creationOrder, int linkType) implements Link {}
}
