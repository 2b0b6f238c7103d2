// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * Which part of a virtual dataset is which part of a source. Element i of one selection is element i of the other.
 *
 * @param storedFile name of the source's file as written: "." for the same one; {@code %b} stands for the number of a
 *     block
 * @param storedDataset path of the source; likewise
 * @param source what is selected of the source
 * @param virtual what is selected of the virtual dataset
 */
public record VirtualMapping(
        StoredText storedFile, StoredText storedDataset, DataSelection source, DataSelection virtual) {
    /** The name of the source's file as text. */
    public String file() {
        return storedFile.text();
    }

    /** The path of the source as text. */
    public String dataset() {
        return storedDataset.text();
    }
}
