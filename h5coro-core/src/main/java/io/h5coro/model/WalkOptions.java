// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Objects;

/**
 * How far a walk through a file goes, in which order, and what it reads of each object besides its kind. Immutable.
 *
 * <pre>{@code
 * group.walk(WalkOptions.all().depth(2).withAttributes())
 *         .forEach(member -> System.out.println(member.path() + " " + member.attributes()));
 * }</pre>
 *
 * @param depth levels below the group where the walk starts: 0 for that group alone, 1 for its members too
 * @param order of the links of a group
 * @param reversed whether the last link of a group comes first
 * @param attributes whether the attributes of each object are read
 * @param descriptors whether shape, type and storage of each dataset are read
 */
public record WalkOptions(int depth, Order order, boolean reversed, boolean attributes, boolean descriptors) {
    private static final WalkOptions ALL = new WalkOptions(Integer.MAX_VALUE, Order.NAME, false, false, false);

    /** The order of the links of one group. */
    public enum Order {
        /** Ascending order of the names' bytes. */
        NAME,
        /** The order of creation in groups that track it, {@link #NAME} in others. */
        CREATION,
        /** The order in which the file stores them: libhdf5's native order. */
        STORED
    }

    /**
     * A walk.
     *
     * @throws IllegalArgumentException when the depth is negative
     */
    public WalkOptions {
        Objects.requireNonNull(order);
        if (depth < 0) {
            throw new IllegalArgumentException("a walk of depth " + depth);
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
        return new WalkOptions(levels, order, reversed, attributes, descriptors);
    }

    /** Returns the same walk in another order. */
    public WalkOptions order(Order other) {
        return new WalkOptions(depth, other, reversed, attributes, descriptors);
    }

    /** Returns the same walk with the links of each group the other way round. */
    public WalkOptions backwards() {
        return new WalkOptions(depth, order, !reversed, attributes, descriptors);
    }

    /** Returns the same walk that also reads the attributes of each object, together with those of its level. */
    public WalkOptions withAttributes() {
        return new WalkOptions(depth, order, reversed, true, descriptors);
    }

    /** Returns the same walk that also reads shape, type and storage of each dataset, together with its level. */
    public WalkOptions withDescriptors() {
        return new WalkOptions(depth, order, reversed, attributes, true);
    }
}
