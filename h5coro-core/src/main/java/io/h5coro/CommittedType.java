// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.model.ElementType;
import io.h5coro.model.ObjectInfo;
import java.util.List;
import java.util.Optional;

/** A datatype with a name of its own. */
public final class CommittedType implements H5Object {
    private final Handles file;
    private final ResolvedObject object;

    CommittedType(Handles file, ResolvedObject object) {
        this.file = file;
        this.object = object;
    }

    /** The type. */
    public ElementType type() {
        return file.descriptors().type(object);
    }

    @Override
    public String path() {
        return object.path();
    }

    @Override
    public long address() {
        return object.header().address();
    }

    @Override
    public ObjectInfo info() {
        return file.info(object);
    }

    @Override
    public List<Attribute> attributes() {
        return file.attributes(object);
    }

    @Override
    public Optional<Attribute> attribute(String name) {
        return file.attribute(object, name);
    }

    @Override
    public String toString() {
        return "datatype " + path();
    }
}
