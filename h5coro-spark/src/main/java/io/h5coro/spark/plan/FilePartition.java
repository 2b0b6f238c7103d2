// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.plan;

import io.h5coro.spark.read.Piece;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/** The pieces of a task, in the order of the files. Immutable. */
public record FilePartition(List<Piece> pieces) implements InputPartition {
    /** Copies the list. */
    public FilePartition {
        pieces = List.copyOf(pieces);
    }

    @Override
    public String toString() {
        return pieces.size() + " pieces from " + pieces.get(0).file();
    }
}
