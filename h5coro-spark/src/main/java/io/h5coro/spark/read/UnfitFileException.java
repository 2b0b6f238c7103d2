// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import io.h5coro.spark.file.ListedFile;
import io.h5coro.spark.schema.ReadColumn;

/** A file whose datasets are not what the table says. The message names file, object and what was expected. */
final class UnfitFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnfitFileException(String message) {
        super(message);
    }

    static UnfitFileException of(ListedFile file, ReadColumn column, String problem) {
        return new UnfitFileException(
                file.shown() + ": " + column.object() + " (column " + column.name() + ") " + problem);
    }
}
