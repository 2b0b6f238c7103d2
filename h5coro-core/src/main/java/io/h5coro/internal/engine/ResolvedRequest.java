// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import org.jspecify.annotations.Nullable;

/** What a request turned out to ask for. */
public sealed interface ResolvedRequest {
    /**
     * A dataset, or slices of it.
     *
     * @param descriptor what its header says
     * @param engine that of the file which a path led into; null for the file that was asked
     */
    record Dataset(DatasetDescriptor descriptor, @Nullable ReadEngine engine) implements ResolvedRequest {
        /** A dataset of the file that was asked. */
        public Dataset(DatasetDescriptor descriptor) {
            this(descriptor, null);
        }
    }

    /**
     * Values that are here already: an attribute.
     *
     * @param path "object path@attribute name", for messages
     * @param type type of the elements in the file
     * @param space extent
     * @param data the bytes of the elements
     * @param engine that of the file which a path led into; null for the file that was asked
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over by the resolver, never changed
    record Values(
            String path,
            ElementType type,
            Dataspace space,
            byte[] data,
            @Nullable ReadEngine engine) implements ResolvedRequest {
        /** Values of the file that was asked. */
        public Values(String path, ElementType type, Dataspace space, byte[] data) {
            this(path, type, space, data, null);
        }
    }

    /** The engine of the file which a path led into; null for the file that was asked. */
    @Nullable
    ReadEngine engine();
}
