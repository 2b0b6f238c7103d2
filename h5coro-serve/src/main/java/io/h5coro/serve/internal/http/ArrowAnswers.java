// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.export.Export;
import io.h5coro.model.DatasetRequest;
import io.h5coro.serve.internal.root.OpenFiles.Lease;
import io.h5coro.serve.internal.root.Place;
import io.h5coro.serve.internal.root.ServedFile;
import io.h5coro.serve.internal.wire.WireException;
import io.h5coro.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers with a table as a stream of Arrow IPC: {@code object} names a column, and may stand several times;
 * {@code group} names a group whose datasets are columns; {@code slice} is that of all columns. Thread-safe.
 */
final class ArrowAnswers {
    static final String TYPE = "application/vnd.apache.arrow.stream";

    private static final int MOST_COLUMNS = 1000;

    private final Service service;

    ArrowAnswers(Service service) {
        this.service = service;
    }

    @SuppressWarnings("try") // a place to read is held while the answer is made
    void answer(Place place, QueryText query, Answer answer) throws IOException, StorageException {
        ServedFile file = service.roots().file(place);
        if (!file.isHdf5()) {
            throw new WireException(415, "the file is not HDF5: " + place);
        }
        Export export = Export.to("arrows").withBudgetBytes(service.limits().windowBytes());
        try (Turns.Turn turn = service.turn(answer);
                Lease lease = service.files().open(file)) {
            List<DatasetRequest> columns = new ArrayList<>();
            for (String object : query.all("object")) {
                columns.add(column(object));
            }
            for (String group : query.all("group")) {
                columns.addAll(export.group(lease.file(), group).requests());
            }
            if (columns.isEmpty() || columns.size() > MOST_COLUMNS) {
                throw new WireException(400, "which columns? ?object=PATH, or ?group=PATH");
            }
            answer.type(TYPE);
            export.write(lease.file(), sliced(columns, query.all("slice")), answer);
        }
    }

    private static DatasetRequest column(String object) {
        try {
            return DatasetRequest.of(object);
        } catch (IllegalArgumentException e) {
            throw new WireException(400, "a column is the path of a dataset");
        }
    }

    private static List<DatasetRequest> sliced(List<DatasetRequest> columns, List<String> slices) {
        if (slices.isEmpty()) {
            return columns;
        }
        if (slices.size() > 1) {
            throw new WireException(400, "one slice is that of all columns");
        }
        try {
            DatasetRequest parsed = DatasetRequest.parse("/x[" + slices.get(0) + "]");
            return columns.stream()
                    .map(column ->
                            new DatasetRequest(column.name(), column.path(), null, parsed.slices(), column.target()))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new WireException(400, "the slice is not start:stop for each dimension");
        }
    }
}
