// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.format.message.ExternalFileList;
import io.h5coro.model.DatasetStorage;
import java.util.ArrayList;
import java.util.List;

/** Reads the names of external raw data files. */
public final class ExternalFiles {
    private ExternalFiles() {}

    /** The pieces of a list with their files' names. */
    public static List<DatasetStorage.Piece> pieces(FileSpace file, ExternalFileList list) {
        LocalHeap heap = LocalHeap.read(file, list.heapAddress());
        List<DatasetStorage.Piece> pieces = new ArrayList<>(list.slots().size());
        for (ExternalFileList.Slot slot : list.slots()) {
            pieces.add(new DatasetStorage.Piece(heap.text(slot.nameOffset()).text(), slot.fileOffset(), slot.size()));
        }
        return pieces;
    }
}
