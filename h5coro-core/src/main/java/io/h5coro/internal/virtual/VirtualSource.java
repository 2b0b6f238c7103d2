// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import io.h5coro.error.NotFoundException;
import io.h5coro.internal.file.RequestResolver;
import io.h5coro.internal.file.ResolvedRequest;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.model.DatasetRequest;
import java.util.Optional;

/**
 * A dataset that a virtual one looks into.
 *
 * @param file its file
 * @param descriptor with the extent of now
 */
record VirtualSource(SourceFile file, DatasetDescriptor descriptor) {
    /** Where a source is: a file, "." for the same one, and a path in it. */
    record Name(String file, String dataset) {
        @Override
        public String toString() {
            return dataset + " of " + (file.equals(".") ? "this file" : file);
        }
    }

    /**
     * Finds a source; blocks.
     *
     * @param depth how many virtual datasets led here
     * @return empty when file or dataset do not exist
     * @throws NotFoundException when not even the group exists in which the dataset would be, as in libhdf5
     */
    static Optional<VirtualSource> find(SourceFile file, Name name, int depth) {
        Optional<SourceFile> named =
                name.file().equals(".") ? Optional.of(file) : file.named().file(name.file());
        if (named.isEmpty() || name.dataset().isEmpty()) {
            return Optional.empty();
        }
        RequestResolver resolver = named.get().requests();
        ResolvedRequest found;
        try {
            found = resolver.resolve(DatasetRequest.of(name.dataset()));
        } catch (NotFoundException missing) {
            int slash = name.dataset().lastIndexOf('/');
            if (slash > 0 && !resolver.exists(name.dataset().substring(0, slash))) {
                throw missing;
            }
            return Optional.empty();
        }
        if (!(found instanceof ResolvedRequest.Dataset dataset)) {
            return Optional.empty();
        }
        dataset.confirm();
        SourceFile linked = dataset.owner();
        SourceFile owner = linked == null ? named.get() : linked;
        DatasetDescriptor descriptor = dataset.descriptor();
        return Optional.of(new VirtualSource(
                owner,
                descriptor.layout() instanceof Layout.Virtual
                        ? VirtualDataset.of(owner, descriptor, depth + 1).descriptor()
                        : descriptor));
    }
}
