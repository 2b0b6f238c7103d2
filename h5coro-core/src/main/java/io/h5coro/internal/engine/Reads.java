// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.memory.ResultRoom;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where calls begin: reads of datasets, slices and attributes of an open file, or what they would cost. */
public final class Reads {
    private Reads() {}

    /**
     * Starts a call; does not block.
     *
     * @throws SelectionException when two requests have one name
     * @throws io.h5coro.error.ReadAbortedException when the file is closed
     */
    public static Call start(SourceFile file, List<DatasetRequest> requests) {
        return start(file, requests, ResultRoom.of(file.memory()));
    }

    /**
     * Starts a call whose results have memory of some room; does not block.
     *
     * @throws SelectionException when two requests have one name
     * @throws io.h5coro.error.ReadAbortedException when the file is closed
     */
    public static Call start(SourceFile file, List<DatasetRequest> requests, ResultRoom room) {
        List<DatasetRequest> distinct = distinct(file, requests);
        List<String> names = distinct.stream().map(DatasetRequest::name).toList();
        Call call = Call.of(
                file,
                new Call.Terms(
                        names,
                        null,
                        changed -> start(file.freshness().renewed().orElseThrow(() -> changed), distinct, room),
                        room));
        call.endAtDeadline();
        Resolution.start(file, call, distinct);
        return call;
    }

    /**
     * Finds out what a call would fetch; blocks on metadata, reads no data.
     *
     * @throws SelectionException when two requests have one name
     * @throws io.h5coro.error.ReadAbortedException when the file is closed, the deadline passes or the thread is
     *     interrupted
     */
    public static ReadPlan explain(SourceFile file, List<DatasetRequest> requests) {
        List<DatasetRequest> copy = distinct(file, requests);
        return file.within(() -> new PlanCall(file).plan(copy));
    }

    /** A copy of the requests; their names differ. */
    private static List<DatasetRequest> distinct(SourceFile file, List<DatasetRequest> requests) {
        List<DatasetRequest> copy = List.copyOf(requests);
        Set<String> names = new HashSet<>();
        for (DatasetRequest request : copy) {
            if (!names.add(request.name())) {
                throw new SelectionException(
                        Where.object(file.source(), request.path()),
                        "two requests have the name '" + request.name() + "': give them different ones");
            }
        }
        return copy;
    }
}
