// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * How far a walk through a file goes, in which order, and what it reads of each object besides its kind. Immutable.
 *
 * <pre>{@code
 * WalkOptions options = WalkOptions.all().depth(2).with(WalkOptions.Detail.ATTRIBUTES);
 * group.walk(options).forEach(member -> System.out.println(member.path() + " " + member.attributes()));
 * }</pre>
 *
 * @param depth levels below the group where the walk starts: 0 for that group alone, 1 for its members too
 * @param order of the links of a group
 * @param reversed whether the last link of a group comes first
 * @param mostLinks of a group whose groups are entered; those in a group with more links are met only
 * @param details what is read of each object, together with that of the other objects of its level
 */
public record WalkOptions(int depth, Order order, boolean reversed, int mostLinks, Set<Detail> details) {
    private static final WalkOptions ALL =
            new WalkOptions(Integer.MAX_VALUE, Order.NAME, false, Integer.MAX_VALUE, Set.of());

    /** The order of the links of one group. */
    public enum Order {
        /** Ascending order of the names' bytes. */
        NAME,
        /** The order of creation in groups that track it, {@link #NAME} in others. */
        CREATION,
        /** The order in which the file stores them: libhdf5's native order. */
        STORED
    }

    /** What a walk reads of an object besides its header. */
    public enum Detail {
        /** The attributes of each object. */
        ATTRIBUTES,
        /** Shape, type and storage of each dataset. */
        DESCRIPTORS,
        /** What {@link io.h5coro.Dataset#storedBytes()} needs: the whole chunk index of each dataset. */
        STORED_BYTES
    }

    /**
     * A walk.
     *
     * @throws IllegalArgumentException when the depth or the number of links is negative
     */
    public WalkOptions {
        Objects.requireNonNull(order);
        Set<Detail> copy = EnumSet.noneOf(Detail.class);
        copy.addAll(details);
        details = Collections.unmodifiableSet(copy);
        if (depth < 0) {
            throw new IllegalArgumentException("a walk of depth " + depth);
        }
        if (mostLinks < 0) {
            throw new IllegalArgumentException("a walk of groups with " + mostLinks + " links");
        }
    }

    /** Returns a walk of any depth in the order of the names, of kinds only: the default. */
    public static WalkOptions all() {
        return ALL;
    }

    /**
     * Returns the same walk with another depth.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public WalkOptions depth(int levels) {
        return new WalkOptions(levels, order, reversed, mostLinks, details);
    }

    /** Returns the same walk in another order. */
    public WalkOptions order(Order other) {
        return new WalkOptions(depth, other, reversed, mostLinks, details);
    }

    /** Returns the same walk with the links of each group the other way round. */
    public WalkOptions backwards() {
        return new WalkOptions(depth, order, !reversed, mostLinks, details);
    }

    /**
     * Returns the same walk that enters no group in a group with more links than this. Such groups are met only.
     * Default: all are entered.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public WalkOptions mostLinks(int links) {
        return new WalkOptions(depth, order, reversed, links, details);
    }

    /** Returns the same walk that also reads this of each object. */
    public WalkOptions with(Detail... more) {
        Set<Detail> both = EnumSet.noneOf(Detail.class);
        both.addAll(details);
        both.addAll(Set.of(more));
        return new WalkOptions(depth, order, reversed, mostLinks, both);
    }
}
