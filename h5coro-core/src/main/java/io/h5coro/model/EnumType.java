// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;

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
     * @param name its name
     * @param value its number; an unsigned 64-bit number has its bits in the long
     */
    public record Member(String name, long value) {}

    /** Copies the list. */
    public EnumType {
        members = List.copyOf(members);
    }

    @Override
    public int size() {
        return base.size();
    }

    /** Whether it is h5py's boolean: one byte, exactly FALSE = 0 and TRUE = 1. */
    public boolean isBoolean() {
        return base.size() == 1
                && members.size() == 2
                && members.contains(new Member("FALSE", 0))
                && members.contains(new Member("TRUE", 1));
    }
}
