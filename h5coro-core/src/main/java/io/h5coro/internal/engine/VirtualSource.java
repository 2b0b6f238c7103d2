// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.NotFoundException;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.model.DatasetRequest;
import java.util.Optional;

/**
 * A dataset that a virtual one looks into.
 *
 * @param engine that of its file
 * @param descriptor with the extent of now
 */
record VirtualSource(ReadEngine engine, DatasetDescriptor descriptor) {
    /** Where a source is: a file, "." for the same one, and a path in it. */
    record Name(String file, String dataset) {}

    /**
     * Finds a source; blocks.
     *
     * @param depth how many virtual datasets led here
     * @return empty when file or dataset do not exist
     * @throws NotFoundException when not even the group exists in which the dataset would be, as in libhdf5
     */
    static Optional<VirtualSource> find(ReadEngine engine, Name name, int depth) {
        Optional<ReadEngine> file = name.file().equals(".")
                ? Optional.of(engine)
                : engine.environment().files().file(name.file());
        if (file.isEmpty() || name.dataset().isEmpty()) {
            return Optional.empty();
        }
        RequestResolver resolver = file.get().environment().resolver();
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
        ReadEngine linked = dataset.engine();
        ReadEngine owner = linked == null ? file.get() : linked;
        DatasetDescriptor descriptor = dataset.descriptor();
        return Optional.of(new VirtualSource(
                owner,
                descriptor.layout() instanceof Layout.Virtual
                        ? VirtualDataset.of(owner, descriptor, depth + 1).descriptor()
                        : descriptor));
    }
}
