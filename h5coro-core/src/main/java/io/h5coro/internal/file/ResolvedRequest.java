// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request turned out to ask for. */
public sealed interface ResolvedRequest {
    /**
     * A dataset, or slices of it.
     *
     * @param descriptor what its header says
     * @param owner the file which a path led into; null for the file that was asked
     * @param begun headers that this rests on, which may not be complete
     */
    record Dataset(DatasetDescriptor descriptor, @Nullable SourceFile owner, List<ObjectHeader> begun)
            implements ResolvedRequest {
        /** A dataset of the file that was asked, whose headers are complete. */
        public Dataset(DatasetDescriptor descriptor) {
            this(descriptor, null, List.of());
        }

        @Override
        public void confirm() {
            begun.forEach(ObjectHeader::complete);
        }

        @Override
        public boolean isConfirmed() {
            return begun.stream().allMatch(ObjectHeader::isComplete);
        }
    }

    /**
     * Values that are here already: an attribute.
     *
     * @param path "object path@attribute name", for messages
     * @param type type of the elements in the file
     * @param space extent
     * @param data the bytes of the elements
     * @param owner the file which a path led into; null for the file that was asked
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over by the resolver, never changed
    record Values(
            String path,
            ElementType type,
            Dataspace space,
            byte[] data,
            @Nullable SourceFile owner) implements ResolvedRequest {
        /** Values of the file that was asked. */
        public Values(String path, ElementType type, Dataspace space, byte[] data) {
            this(path, type, space, data, null);
        }
    }

    /** The file which a path led into; null for the file that was asked. */
    @Nullable
    SourceFile owner();

    /**
     * Waits for what was asked for and not needed yet: headers whose continuations may be damaged, or forbid to read
     * the object. To be called before a result is handed out, best when the data's place is known.
     */
    default void confirm() {}

    /** Whether {@link #confirm} has nothing to wait for. */
    default boolean isConfirmed() {
        return true;
    }
}
