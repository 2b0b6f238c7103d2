// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.internal.engine.ResolvedRequest;
import io.h5coro.internal.resolve.AttributeDescriptor;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.util.OptionalLong;

/** A named value of an object. Immutable, thread-safe. */
public final class Attribute {
    private final OpenFile file;
    private final AttributeDescriptor descriptor;

    Attribute(OpenFile file, AttributeDescriptor descriptor) {
        this.file = file;
        this.descriptor = descriptor;
    }

    /** Its name. */
    public String name() {
        return descriptor.name();
    }

    /** Its extent. */
    public Dataspace dataspace() {
        return descriptor.space();
    }

    /** The lengths of its dimensions. */
    public Shape shape() {
        return descriptor.space().shape();
    }

    /** The type of its elements. */
    public ElementType type() {
        return descriptor.type();
    }

    /** Header of the committed datatype that it shares; empty when its type is its own. */
    public OptionalLong committedType() {
        return descriptor.committedType() < 0 ? OptionalLong.empty() : OptionalLong.of(descriptor.committedType());
    }

    /** Place in the order of creation; empty where it is not tracked. */
    public OptionalLong creationOrder() {
        return descriptor.creationOrder() < 0 ? OptionalLong.empty() : OptionalLong.of(descriptor.creationOrder());
    }

    /**
     * Its values; of a null dataspace an array of shape (0,).
     *
     * @throws io.h5coro.error.H5Exception when they cannot be decoded, or refer to a heap that cannot be read
     */
    public H5Array read() {
        return file.read(descriptor);
    }

    /** This attribute as what a request turned out to ask for. */
    ResolvedRequest resolved() {
        return Requests.values(descriptor, file);
    }

    @Override
    public String toString() {
        return descriptor.path() + " " + shape() + " " + type();
    }
}
