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
 * A named value of an object. Immutable, thread-safe.
 *
 * <p>One whose message is damaged is among the attributes of its object all the same: it has a name, its
 * {@link #failure()} says why it cannot be read, and what asks for anything else throws that failure.
 */
public final class Attribute {
    private final Handles file;
    private final ListedAttribute listed;

    Attribute(Handles file, ListedAttribute listed) {
        this.file = file;
        this.listed = listed;
    }

    /**
     * Its name, by which {@link H5Object#attribute(String)} finds it. Where even the name cannot be read, the text
     * "(attribute 3)", counted from 0 in the order of the file, by which nothing is found.
     */
    public String name() {
        return listed.name().text();
    }

    /** Its name as the file stores it: bytes and text. */
    public StoredText storedName() {
        return listed.name();
    }

    /** Why it cannot be read; empty when its message is in order. Its values may still fail in {@link #read()}. */
    public Optional<H5Exception> failure() {
        return listed.content().failure();
    }

    /** Its extent. */
    public Dataspace dataspace() {
        return descriptor().space();
    }

    /** The lengths of its dimensions. */
    public Shape shape() {
        return descriptor().space().shape();
    }

    /** The type of its elements. */
    public ElementType type() {
        return descriptor().type();
    }

    /** Header of the committed datatype that it shares; empty when its type is its own. */
    public OptionalLong committedType() {
        long address = descriptor().committedType();
        return address < 0 ? OptionalLong.empty() : OptionalLong.of(address);
    }

    /** Place in the order of creation; empty where it is not tracked. */
    public OptionalLong creationOrder() {
        return listed.creationOrder() < 0 ? OptionalLong.empty() : OptionalLong.of(listed.creationOrder());
    }

    /**
     * Its values; of a null dataspace an array of shape (0,).
     *
     * @throws H5Exception when they cannot be decoded, or refer to a heap that cannot be read
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
