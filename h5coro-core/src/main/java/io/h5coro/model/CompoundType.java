// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;

/**
 * A record of named members (class 6). Immutable.
 *
 * <pre>{@code
 * if (file.dataset("/gt1l/heights/h_ph").type() instanceof CompoundType compound) {
 *     for (CompoundType.Member member : compound.members()) {
 *         System.out.println(member.name() + " " + member.type().shortName());
 *     }
 * }
 * }</pre>
 *
 * @param size bytes of one record in the file, holes included
 * @param members the members in the order of the file
 */
public record CompoundType(int size, List<Member> members) implements ElementType {
    /**
     * One member of a record.
     *
     * @param storedName name; its text is unique within the record
     * @param offset first byte within the record
     * @param type type of the member's values
     */
    public record Member(StoredText storedName, int offset, ElementType type) {
        /** Makes a member whose name is UTF-8 in the file. */
        public Member(String name, int offset, ElementType type) {
            this(StoredText.of(name), offset, type);
        }

        /** Returns the name as text. */
        public String name() {
            return storedName.text();
        }
    }

    /** Copies the list. */
    public CompoundType {
        members = List.copyOf(members);
    }

    /**
     * Returns the index of a member in {@link #members()}.
     *
     * @param name as {@link Member#name()} gives it
     * @throws IllegalArgumentException when there is no member of that name
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
