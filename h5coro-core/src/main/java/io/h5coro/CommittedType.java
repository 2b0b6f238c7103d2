// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType;
import io.h5coro.model.FileId;
import io.h5coro.model.ObjectInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A datatype that has a name in the file, so that datasets and attributes can share it. Immutable, thread-safe.
 *
 * <pre>{@code
 * for (Group.Member member : file.root().walk(WalkOptions.all()).toList()) {
 *     if (member.object().orElse(null) instanceof CommittedType type) {
 *         System.out.println(member.path() + " " + type.type().shortName());
 *     }
 * }
 * }</pre>
 */
public final class CommittedType implements H5Object {
    private final Handles file;
    private final ResolvedObject object;

    /** Null until it is first asked for. */
    private volatile @Nullable ElementType type;

    CommittedType(Handles file, ResolvedObject object) {
        this.file = file;
        this.object = object;
    }

    /**
     * Returns the datatype.
     *
     * @throws io.h5coro.error.H5Exception when the datatype message is malformed or not supported
     */
    public ElementType type() {
        ElementType known = type;
        if (known == null) {
            known = file.within(() -> file.descriptors().type(object));
            type = known;
        }
        return known;
    }

    @Override
    public Optional<String> path() {
        return object.knownPath();
    }

    @Override
    public FileId file() {
        return file.id();
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
    public DatasetRequest attributeRequest(String name) {
        return file.attributeRequest(object, name);
    }

    @Override
    public String toString() {
        return "datatype " + object.path();
    }
}
