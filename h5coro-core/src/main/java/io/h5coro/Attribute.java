// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.resolve.AttributeDescriptor;
import io.h5coro.internal.resolve.ListedAttribute;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import io.h5coro.model.StoredText;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A named value that is attached to a group, a dataset or a committed datatype. Immutable, thread-safe.
 *
 * <p>An attribute whose header message is damaged is still listed among the attributes of its object. It has a name,
 * and {@link #failure()} says why it cannot be read; every method that needs more than the name throws that failure.
 *
 * <pre>{@code
 * String unit = file.dataset("/gt1l/heights/h_ph").attribute("units").orElseThrow().read().getString(0);
 * }</pre>
 */
public final class Attribute {
    private final Handles file;
    private final ListedAttribute listed;

    Attribute(Handles file, ListedAttribute listed) {
        this.file = file;
        this.listed = listed;
    }

    /**
     * Returns the name, by which {@link H5Object#attribute(String)} finds the attribute.
     *
     * @return the name as text; "(attribute 3)", counted from 0 in the order of the file, when even the name cannot be
     *     read. Such a text finds no attribute
     */
    public String name() {
        return listed.name().text();
    }

    /** Returns the name as the file stores it: its bytes and the text that they are shown as. */
    public StoredText storedName() {
        return listed.name();
    }

    /**
     * Returns why the attribute cannot be read.
     *
     * @return empty when the attribute's message is in order; decoding its values may still fail in {@link #read()}
     */
    public Optional<H5Exception> failure() {
        return listed.content().failure();
    }

    /**
     * Returns the extent: null, scalar or an array.
     *
     * @throws H5Exception the {@link #failure()}, when there is one
     */
    public Dataspace dataspace() {
        return descriptor().space();
    }

    /**
     * Returns the lengths of the dimensions.
     *
     * @return "()" for a single value, "(0,)" for a null dataspace
     * @throws H5Exception the {@link #failure()}, when there is one
     */
    public Shape shape() {
        return descriptor().space().shape();
    }

    /**
     * Returns the type of the elements, as the file stores them.
     *
     * @throws H5Exception the {@link #failure()}, when there is one
     */
    public ElementType type() {
        return descriptor().type();
    }

    /**
     * Returns the header address of the committed datatype that the attribute shares.
     *
     * @return relative to the base address of the attribute's file; empty when the type is stored with the attribute
     * @throws H5Exception the {@link #failure()}, when there is one
     */
    public OptionalLong committedType() {
        long address = descriptor().committedType();
        return address < 0 ? OptionalLong.empty() : OptionalLong.of(address);
    }

    /**
     * Returns the attribute's place in the order of creation.
     *
     * @return empty when the object does not track the order
     */
    public OptionalLong creationOrder() {
        return listed.creationOrder() < 0 ? OptionalLong.empty() : OptionalLong.of(listed.creationOrder());
    }

    /**
     * Reads the values. Values of variable length are fetched from their heap, so the call may block.
     *
     * @return an array of {@link #shape()}; for a null dataspace an array of shape "(0,)"
     * @throws H5Exception the {@link #failure()}, or when the values cannot be decoded or refer to a heap that cannot
     *     be read
     */
    public H5Array read() {
        return file.read(descriptor());
    }

    private AttributeDescriptor descriptor() {
        return listed.content().get();
    }

    @Override
    public String toString() {
        return listed.path()
                + failure()
                        .map(e -> " (" + e.problem() + ")")
                        .orElseGet(() -> " " + shape() + " " + type().shortName());
    }
}
