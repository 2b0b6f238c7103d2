// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * Maps a part of a virtual dataset to a part of a source: element i of one selection is element i of the other.
 * Immutable.
 *
 * <pre>{@code
 * if (file.dataset("/gt1l/heights/h_ph").storage() instanceof DatasetStorage.Virtual virtual) {
 *     for (VirtualMapping mapping : virtual.mappings()) {
 *         System.out.println(mapping);
 *     }
 * }
 * }</pre>
 *
 * @param storedFile name of the source's file as this file states it: "." for the same file; {@code %b} stands for the
 *     number of a block
 * @param storedDataset path of the source; {@code %b} likewise
 * @param source selected elements of the source
 * @param virtual selected elements of the virtual dataset
 */
public record VirtualMapping(
        StoredText storedFile, StoredText storedDataset, DataSelection source, DataSelection virtual) {
    /** Returns the name of the source's file as text. */
    public String file() {
        return storedFile.text();
    }

    /** Returns the path of the source as text. */
    public String dataset() {
        return storedDataset.text();
    }
}
