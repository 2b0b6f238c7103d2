// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.internal.index.EarlyLook;
import io.h5coro.internal.resolve.AttributeDescriptor;
import io.h5coro.internal.resolve.ObjectCatalog;
import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.RequestTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what requests name: a dataset, an attribute, or an attribute by a path as if it were a dataset. Thread-safe.
 */
final class Requests implements RequestResolver {
    private final ObjectCatalog catalog;
    private final FileSet files;

    Requests(ObjectCatalog catalog, FileSet files) {
        this.catalog = catalog;
        this.files = files;
    }

    /**
     * {@inheritDoc} A dataset's header may lack continuations when this returns: {@link ResolvedRequest#confirm} waits
     * for them.
     */
    @Override
    public ResolvedRequest resolve(DatasetRequest request) {
        String attribute = request.attribute();
        RequestTarget target = request.target();
        if (target instanceof SourceObject known) {
            return known.resolve(request);
        }
        if (target != null) {
            throw new NotFoundException(where(request.path()), "is not a dataset");
        }
        if (attribute != null) {
            return attribute(catalog.resolve(request.path()), attribute)
                    .orElseThrow(() -> noAttribute(request, attribute));
        }
        try {
            List<ObjectHeader> begun = new ArrayList<>();
            ResolvedObject object = catalog.begin(request.path(), begun);
            SourceFile owner = files.of(object.catalog());
            EarlyLook.ask(object.catalog().file().space(), object.header(), request);
            return new ResolvedRequest.Dataset(owner.descriptors().dataset(object), owner, begun);
        } catch (NotFoundException notAnObject) {
            return attributeByPath(request.path()).orElseThrow(() -> notAnObject);
        }
    }

    private NotFoundException noAttribute(DatasetRequest request, String attribute) {
        return new NotFoundException(
                where(request.path()), "does not exist: the object has no attribute '" + attribute + "'");
    }

    /** h5coro's way to ask for an attribute: "object path/attribute name". */
    private Optional<ResolvedRequest> attributeByPath(String path) {
        int slash = path.lastIndexOf('/');
        if (slash == path.length() - 1) {
            return Optional.empty();
        }
        try {
            return attribute(catalog.resolve(path.substring(0, slash + 1)), path.substring(slash + 1));
        } catch (NotFoundException noParent) {
            return Optional.empty();
        }
    }

    /** Blocks. The owner is the file that the object stands in, which external links may have led to. */
    private Optional<ResolvedRequest> attribute(ResolvedObject object, String name) {
        SourceFile owner = files.of(object.catalog());
        return owner.descriptors()
                .attribute(object, name)
                .map(found -> values(found.content().get(), owner));
    }

    static ResolvedRequest values(AttributeDescriptor found, SourceFile owner) {
        return new ResolvedRequest.Values(found.path(), found.type(), found.space(), found.data(), owner);
    }

    @Override
    public boolean exists(String path) {
        try {
            catalog.resolve(path);
            return true;
        } catch (NotFoundException missing) {
            return false;
        }
    }

    private Where where(String path) {
        return Where.object(catalog.file().space().origin().source(), path);
    }
}
