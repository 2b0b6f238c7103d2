// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import io.h5coro.error.H5Exception;
import org.jspecify.annotations.Nullable;

/**
 * A reference as the file stores it; {@code H5Coro.dereference} returns the object. It knows the file that it was read
 * from, so it leads to the right object also when a link led into another file. Immutable.
 *
 * <pre>{@code
 * Reference reference = Reference.object(file.dataset("/gt1l/heights/h_ph").address());
 * boolean same = reference.equals(Reference.object(file.dataset("/gt1l/heights/h_ph").address()));
 * }</pre>
 *
 * @param address header of the referenced object, relative to the base address of its file; {@link #NIL} for a
 *     reference to nothing
 * @param region selected part of a dataset; null for a reference to an object or attribute. Blocks are given by their
 *     corners; it is {@link DataSelection.Regular} only where blocks go on without end
 * @param attribute name of the attribute; null unless an attribute is referenced
 * @param file name of another file that holds the object, as {@code home} states it; null for {@code home} itself
 * @param home file that the reference was read from; null for the file that is asked to follow it
 * @param failure why the bytes in the file are not a reference; null when they are. Such a reference is neither nil nor
 *     leads to an object: {@link #address()} and {@link #region()} throw the failure
 */
public record Reference(
        long address,
        @Nullable DataSelection region,
        @Nullable String attribute,
        @Nullable String file,
        @Nullable FileId home,
        @Nullable H5Exception failure) {
    /** The address of a reference to nothing. */
    public static final long NIL = -1;

    /** Makes a reference that is followed in whatever file is asked to follow it. */
    public Reference(long address, @Nullable DataSelection region, @Nullable String attribute, @Nullable String file) {
        this(address, region, attribute, file, null, null);
    }

    /** Returns a reference to nothing. */
    public static Reference nil() {
        return new Reference(NIL, null, null, null);
    }

    /** Makes a stand-in for bytes that are not a reference. */
    public static Reference unreadable(H5Exception failure) {
        return new Reference(0, null, null, null, null, failure);
    }

    /**
     * Makes a reference to an object of whatever file is asked to follow it.
     *
     * @param address header of the object, relative to the base address
     */
    public static Reference object(long address) {
        return new Reference(address, null, null, null);
    }

    /** Returns the same reference as read from a file. A reference to nothing stays as it is. */
    public Reference from(@Nullable FileId file) {
        return isNil() ? this : new Reference(address, region, attribute, this.file, file, failure);
    }

    /**
     * Returns the address of the referenced object's header, relative to the base address of its file, or {@link #NIL}.
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
     * Returns the selected part of a dataset; null for a reference to an object or attribute.
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

    /** Returns whether the reference refers to nothing; false for one that cannot be read. */
    public boolean isNil() {
        return address == NIL;
    }

    /**
     * Returns "nil", "object 0x320", "region of 0x320" or "attribute 'unit' of 0x320" with the file's name, or why the
     * reference is unreadable.
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
