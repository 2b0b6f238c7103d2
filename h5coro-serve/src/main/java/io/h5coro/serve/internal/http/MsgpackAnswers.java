// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.Dataset;
import io.h5coro.H5Object;
import io.h5coro.model.ReadStatistics;
import io.h5coro.serve.internal.root.Directory;
import io.h5coro.serve.internal.root.OpenFiles.Lease;
import io.h5coro.serve.internal.root.Place;
import io.h5coro.serve.internal.root.ServedFile;
import io.h5coro.serve.internal.wire.ObjectWriter;
import io.h5coro.serve.internal.wire.ValueReader;
import io.h5coro.serve.internal.wire.WireException;
import io.h5coro.serve.internal.wire.WireRequest;
import io.h5coro.storage.StorageException;
import java.io.IOException;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/** Answers in the protocol of hdfstream. Thread-safe. */
final class MsgpackAnswers {
    static final String TYPE = "application/x-msgpack";

    private final Service service;

    MsgpackAnswers(Service service) {
        this.service = service;
    }

    void answer(Place place, WireRequest request, Answer answer) throws IOException, StorageException {
        answer.type(TYPE);
        MessagePacker packer = MessagePack.newDefaultPacker(answer);
        if (request.object() == null) {
            path(place, packer);
        } else {
            ServedFile file = service.roots().file(place);
            if (!file.isHdf5()) {
                throw new WireException(415, "the file is not HDF5: " + place);
            }
            object(file, request, answer, packer);
        }
        packer.flush();
    }

    private void path(Place place, MessagePacker packer) throws IOException, StorageException {
        Object found = service.roots().find(place);
        if (found instanceof Directory directory) {
            PathWriter.directory(packer, directory);
        } else {
            PathWriter.file(packer, (ServedFile) found);
        }
    }

    @SuppressWarnings("try") // a place to read is held while the answer is made
    private void object(ServedFile file, WireRequest request, Answer answer, MessagePacker packer) throws IOException {
        try (Turns.Turn turn = service.turn(answer);
                Lease lease = service.files().open(file)) {
            try {
                String path = String.valueOf(request.object());
                H5Object object = lease.file().object(path.isEmpty() ? "/" : path);
                ValueReader values =
                        new ValueReader(lease.file(), service.limits().windowBytes());
                if (request.slices() == null) {
                    new ObjectWriter(packer, request, values).write(object);
                } else if (object instanceof Dataset dataset) {
                    ValueReader.Values read = values.read(dataset, request.slices());
                    statistics(answer, read.statistics());
                    read.write(packer);
                } else {
                    throw new WireException(400, "only datasets have slices");
                }
            } catch (io.h5coro.error.ObjectChangedException e) {
                lease.forget();
                throw e;
            }
        }
    }

    /** What the read took, for the page; answers of several windows have begun before that is known. */
    private static void statistics(Answer answer, @org.jspecify.annotations.Nullable ReadStatistics read) {
        if (read != null) {
            answer.header(
                    "H5coro-Read",
                    "requests=" + read.requests() + ", bytes=" + read.bytesFetched() + ", chunks=" + read.chunks()
                            + ", nanos=" + read.nanos());
        }
    }
}
