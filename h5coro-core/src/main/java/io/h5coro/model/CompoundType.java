// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;

/**
 * A record of members (class 6).
 *
 * @param size bytes of one record in the file, holes included
 * @param members the members in the order of the file
 */
public record CompoundType(int size, List<Member> members) implements ElementType {
    /**
     * A member of a compound.
     *
     * @param storedName its name: the text leads to this member alone
     * @param offset its first byte in the record
     * @param type its type
     */
    public record Member(StoredText storedName, int offset, ElementType type) {
        /** A member whose name is UTF-8. */
        public Member(String name, int offset, ElementType type) {
            this(StoredText.of(name), offset, type);
        }

        /** Its name as text. */
        public String name() {
            return storedName.text();
        }
    }

    /** Copies the list. */
    public CompoundType {
        members = List.copyOf(members);
    }

    /**
     * The index of the member of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public int indexOf(String name) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("compound has no member '" + name + "'");
    }
}
