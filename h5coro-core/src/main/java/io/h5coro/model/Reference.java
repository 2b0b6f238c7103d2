// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import io.h5coro.error.H5Exception;
import org.jspecify.annotations.Nullable;

/**
 * A reference as the file stores it; {@code H5Coro.dereference} gives the object. Knows the file that it was read from,
 * so that it leads to the right object also where a link into another file led to it.
 *
 * @param address address of the referenced object's header, relative to the base address of its file; {@link #NIL} for
 *     a reference that refers to nothing
 * @param region what is selected of a dataset; null for a reference to an object or attribute. Its blocks are given by
 *     their corners; it is {@link DataSelection.Regular} only where blocks go on without end
 * @param attribute name of the attribute; null unless one is referenced
 * @param file name of another file that holds the object, as {@code home} states it; null for {@code home} itself
 * @param home the file that the reference was read from; null for the file that is asked to follow it
 * @param failure why the file's bytes are no reference; null when they are. The reference is then one of its own kind,
 *     neither nil nor to an object: what it refers to is a typed error when it is asked for
 */
public record Reference(
        long address,
        @Nullable DataSelection region,
        @Nullable String attribute,
        @Nullable String file,
        @Nullable FileId home,
        @Nullable H5Exception failure) {
    /** The address of nothing. */
    public static final long NIL = -1;

    /** A reference in whatever file is asked to follow it. */
    public Reference(long address, @Nullable DataSelection region, @Nullable String attribute, @Nullable String file) {
        this(address, region, attribute, file, null, null);
    }

    /** A reference to nothing. */
    public static Reference nil() {
        return new Reference(NIL, null, null, null);
    }

    /** What stands in the place of a reference and is none. */
    public static Reference unreadable(H5Exception failure) {
        return new Reference(0, null, null, null, null, failure);
    }

    /** A reference to an object of whatever file is asked to follow it. */
    public static Reference object(long address) {
        return new Reference(address, null, null, null);
    }

    /** The same reference as one that was read from a file; one to nothing stays as it is. */
    public Reference from(@Nullable FileId file) {
        return isNil() ? this : new Reference(address, region, attribute, this.file, file, failure);
    }

    /**
     * Address of the referenced object's header, relative to the file's base address, or {@link #NIL}.
     *
     * @throws H5Exception the {@link #failure()}, when there is one
     */
    @Override
    public long address() {
        if (failure != null) {
            throw failure;
        }
        return address;
    }

    /**
     * What is selected of a dataset; null for a reference to an object or attribute.
     *
     * @throws H5Exception the {@link #failure()}, when there is one
     */
    @Override
    public @Nullable DataSelection region() {
        if (failure != null) {
            throw failure;
        }
        return region;
    }

    /** Whether it refers to nothing; one that cannot be read does not. */
    public boolean isNil() {
        return address == NIL;
    }

    /**
     * "nil", "object 0x320", "region of 0x320", "attribute 'unit' of 0x320" with the file's name, or why it is
     * unreadable.
     */
    @Override
    public String toString() {
        if (failure != null) {
            return "unreadable (" + failure.problem() + ")";
        }
        if (isNil()) {
            return "nil";
        }
        String what = attribute != null
                ? "attribute '" + VisibleText.of(attribute, StringArray.START) + "' of "
                : region != null ? "region of " : "object ";
        String where = file == null ? "" : " in " + VisibleText.of(file, StringArray.START);
        return what + "0x" + Long.toHexString(address) + where;
    }
}
