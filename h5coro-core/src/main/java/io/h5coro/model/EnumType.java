// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;
import java.util.Optional;

/**
 * Named whole numbers (class 8). h5py's booleans are the enumeration FALSE = 0, TRUE = 1 of one byte.
 *
 * @param base the type of the numbers
 * @param members the names and their numbers in the order of the file
 */
public record EnumType(IntegerType base, List<Member> members) implements ElementType {
    /**
     * A named number.
     *
     * @param storedName its name
     * @param value its number, widened as the base type says; an unsigned 64-bit number has its bits in the long
     */
    public record Member(StoredText storedName, long value) {
        /** A number with a name that is UTF-8. */
        public Member(String name, long value) {
            this(StoredText.of(name), value);
        }

        /** Its name as text. */
        public String name() {
            return storedName.text();
        }
    }

    /** Copies the list. */
    public EnumType {
        members = List.copyOf(members);
    }

    @Override
    public int size() {
        return base.size();
    }

    /**
     * The name of a number: of the first member that has it.
     *
     * @param bits the number as {@link H5Array#getBits(int)} gives it: widened as the base type says
     * @return empty when no member has this number
     */
    public Optional<String> nameOf(long bits) {
        for (Member member : members) {
            if (member.value() == bits) {
                return Optional.of(member.name());
            }
        }
        return Optional.empty();
    }

    /** Whether it is h5py's boolean: one byte, exactly FALSE = 0 and TRUE = 1. */
    public boolean isBoolean() {
        return base.size() == 1
                && members.size() == 2
                && members.contains(new Member("FALSE", 0))
                && members.contains(new Member("TRUE", 1));
    }
}
