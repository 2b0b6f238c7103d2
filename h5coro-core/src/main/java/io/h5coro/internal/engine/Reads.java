// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.memory.ResultRoom;
import io.h5coro.internal.scatter.CallerMemory;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Where calls begin: reads of datasets, slices and attributes of an open file, or what they would cost. */
public final class Reads {
    private Reads() {}

    /**
     * Starts a call; does not block.
     *
     * @throws SelectionException when two requests are given one name, or are the same
     * @throws io.h5coro.error.ReadAbortedException when the file is closed
     */
    public static Call start(SourceFile file, List<DatasetRequest> requests) {
        return start(file, requests, ResultRoom.of(file.memory(), file.machine()));
    }

    /**
     * Starts a call whose results have memory of some room; does not block.
     *
     * @throws SelectionException when two requests are given one name, or are the same
     * @throws io.h5coro.error.ReadAbortedException when the file is closed
     */
    public static Call start(SourceFile file, List<DatasetRequest> requests, ResultRoom room) {
        Map<DatasetRequest, String> names = names(file, requests);
        Call call = Call.of(
                file,
                new Call.Terms(
                        List.copyOf(names.values()),
                        names,
                        null,
                        changed -> start(renewed(file, changed), named(names), room),
                        room));
        call.endAtDeadline();
        Resolution.start(file, call, named(names), Map.of());
        return call;
    }

    /**
     * Starts a call whose results are in memory of the caller; does not block.
     *
     * @param into the memory of each request
     * @throws SelectionException when two requests are given one name
     * @throws io.h5coro.error.ReadAbortedException when the file is closed
     */
    public static Call start(SourceFile file, Map<DatasetRequest, CallerMemory> into) {
        Map<DatasetRequest, String> names = names(file, List.copyOf(into.keySet()));
        Map<String, CallerMemory> memories = new HashMap<>();
        into.forEach((request, memory) -> memories.put(Objects.requireNonNull(names.get(request)), memory));
        ResultRoom room = ResultRoom.of(file.memory(), file.machine());
        Call call = Call.of(
                file,
                new Call.Terms(
                        List.copyOf(names.values()),
                        names,
                        null,
                        changed -> {
                            SourceFile renewed = renewed(file, changed);
                            into.values().forEach(CallerMemory::startAgain);
                            return start(renewed, into);
                        },
                        room));
        call.endAtDeadline();
        Resolution.start(file, call, named(names), memories);
        return call;
    }

    private static SourceFile renewed(SourceFile file, ObjectChangedException changed) {
        return file.freshness().renewed().orElseThrow(() -> changed);
    }

    /**
     * Finds out what a call would fetch; blocks on metadata, reads no data.
     *
     * @throws SelectionException when two requests are given one name, or are the same
     * @throws io.h5coro.error.ReadAbortedException when the file is closed, the deadline passes or the thread is
     *     interrupted
     */
    public static ReadPlan explain(SourceFile file, List<DatasetRequest> requests) {
        List<DatasetRequest> named = named(names(file, requests));
        return file.within(() -> new PlanCall(file).plan(named));
    }

    private static List<DatasetRequest> named(Map<DatasetRequest, String> names) {
        List<DatasetRequest> named = new ArrayList<>(names.size());
        names.forEach((request, name) -> named.add(request.named(name)));
        return List.copyOf(named);
    }

    /**
     * The requests, in their order, with names that all differ: those that were not given one, and would have the same,
     * are numbered.
     */
    private static Map<DatasetRequest, String> names(SourceFile file, List<DatasetRequest> requests) {
        List<DatasetRequest> copy = List.copyOf(requests);
        Map<String, Integer> unnamed = new HashMap<>();
        for (DatasetRequest request : copy) {
            if (request.hasOwnName()) {
                unnamed.merge(request.name(), 1, Integer::sum);
            }
        }
        Map<String, Integer> numbers = new HashMap<>();
        Map<DatasetRequest, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (DatasetRequest request : copy) {
            String name = request.name();
            if (request.hasOwnName() && unnamed.getOrDefault(name, 0) > 1) {
                name += " (" + numbers.merge(name, 1, Integer::sum) + ")";
            }
            if (names.putIfAbsent(request, name) != null) {
                throw clash(file, request, "the request '" + request.name() + "' is given twice");
            }
            if (!taken.add(name)) {
                throw clash(file, request, "two requests have the name '" + name + "': give them different ones");
            }
        }
        return Collections.unmodifiableMap(names);
    }

    private static SelectionException clash(SourceFile file, DatasetRequest request, String problem) {
        return new SelectionException(Where.object(file.source(), request.path()), problem);
    }
}
