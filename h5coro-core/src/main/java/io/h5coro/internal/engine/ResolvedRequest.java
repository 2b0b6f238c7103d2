// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;

/** What a request turned out to ask for. */
public sealed interface ResolvedRequest {
    /**
     * A dataset, or slices of it.
     *
     * @param descriptor what its header says
     */
    record Dataset(DatasetDescriptor descriptor) implements ResolvedRequest {}

    /**
     * Values that are here already: an attribute.
     *
     * @param path "object path@attribute name", for messages
     * @param type type of the elements in the file
     * @param space extent
     * @param data the bytes of the elements
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over by the resolver, never changed
    record Values(String path, ElementType type, Dataspace space, byte[] data) implements ResolvedRequest {}
}
