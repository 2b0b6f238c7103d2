// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;
import java.util.Optional;

/**
 * Named whole numbers (class 8). A boolean of h5py is the one-byte enumeration FALSE = 0, TRUE = 1. Immutable.
 *
 * <pre>{@code
 * if (file.dataset("/gt1l/heights/signal_conf_ph").type() instanceof EnumType names) {
 *     String name = names.nameOf(4).orElse("no name");
 * }
 * }</pre>
 *
 * @param base type of the numbers
 * @param members names and their numbers, in the order of the file
 */
public record EnumType(IntegerType base, List<Member> members) implements ElementType {
    /**
     * A named number.
     *
     * @param storedName name; its text is unique within the type
     * @param value number, widened as the base type says; an unsigned 64-bit number has its bits in the {@code long}
     */
    public record Member(StoredText storedName, long value) {
        /** Makes a named number whose name is UTF-8 in the file. */
        public Member(String name, long value) {
            this(StoredText.of(name), value);
        }

        /** Returns the name as text. */
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
     * Returns the name of a number. When several members have the number, the first one counts.
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

    /** Returns whether this is h5py's boolean: one byte, exactly FALSE = 0 and TRUE = 1. */
    public boolean isBoolean() {
        return base.size() == 1
                && members.size() == 2
                && members.contains(new Member("FALSE", 0))
                && members.contains(new Member("TRUE", 1));
    }
}
