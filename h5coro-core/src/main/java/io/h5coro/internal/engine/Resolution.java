// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.Where;
import io.h5coro.internal.file.ResolvedRequest;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.index.ValuesAhead;
import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.internal.prepare.RequestRehearsal;
import io.h5coro.internal.prepare.SourceReads;
import io.h5coro.internal.scatter.CallerMemory;
import io.h5coro.internal.virtual.Preparations;
import io.h5coro.model.DatasetRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The first half of a call, from names to prepared reads: all requests are resolved in parallel, and the call starts
 * once the last one is. What paths led to in other files is read by calls of those. Thread-safe.
 */
final class Resolution {
    private final SourceFile file;
    private final Call call;

    /** Memory of the caller, by the names of the requests that have some. */
    private final Map<String, CallerMemory> into;

    /** Requests that are neither resolved nor failed. Whoever counts it to 0 starts the call. */
    private final AtomicInteger unresolved;

    private final List<DatasetRead> prepared = Collections.synchronizedList(new ArrayList<>());

    private Resolution(SourceFile file, Call call, int requests, Map<String, CallerMemory> into) {
        this.file = file;
        this.call = call;
        this.into = into;
        this.unresolved = new AtomicInteger(requests);
    }

    /**
     * Starts to resolve; returns at once.
     *
     * <p>Each request is a task of the file's pool for metadata, where it may block.
     *
     * @param into memory of the caller, by the names of the requests that have some
     */
    static void start(SourceFile file, Call call, List<DatasetRequest> requests, Map<String, CallerMemory> into) {
        if (requests.isEmpty()) {
            call.start(List.of());
            return;
        }
        Resolution resolution = new Resolution(file, call, requests.size(), into);
        if (isBetterTogether(file, requests)) {
            call.run(file.pools().metadata(), () -> resolution.resolveTogether(requests));
        } else {
            resolution.resolve(requests);
        }
    }

    /**
     * Whether what all requests need is read ahead a level at a time: where they would wait for one another's threads,
     * and where a round trip costs more than to follow pointers twice. What is then fetched in which company depends on
     * no race.
     */
    static boolean isBetterTogether(SourceFile file, List<DatasetRequest> requests) {
        return requests.size() > file.pools().metadataThreads()
                || (requests.size() > 1 && file.reader().profile().isFar());
    }

    private void resolve(List<DatasetRequest> requests) {
        for (DatasetRequest request : requests) {
            call.run(file.pools().metadata(), () -> resolve(request));
        }
    }

    private void resolveTogether(List<DatasetRequest> requests) {
        try {
            new RequestRehearsal(file, true).read(requests);
        } finally {
            resolve(requests);
        }
    }

    /**
     * A request whose chunks are found.
     *
     * @param owner the file that it leads to
     * @param read what it needs of that
     */
    record Prepared(SourceFile owner, DatasetRead read) {}

    /**
     * Finds what a request names, and its chunks; blocks.
     *
     * @param sources take what is elsewhere
     * @param into memory for the values; null for memory of the result's own
     */
    static Prepared prepare(
            SourceFile asked, DatasetRequest request, SourceReads sources, @Nullable CallerMemory into) {
        ResolvedRequest found = asked.requests().resolve(request);
        SourceFile linked = found.owner();
        SourceFile owner = linked == null ? asked : linked;
        if (sources.isRead() && found instanceof ResolvedRequest.Dataset dataset) {
            dataset.begun().stream()
                    .reduce((before, last) -> last)
                    .ifPresent(header -> ValuesAhead.ask(owner.space(), header, request));
        }
        return new Prepared(owner, new Preparations(owner, sources, into).prepare(request, found));
    }

    private void resolve(DatasetRequest request) {
        try {
            if (!call.isAborted()) {
                Prepared found = prepare(file, request, call.sources(), into.get(request.name()));
                if (found.owner() == file) {
                    prepared.add(found.read());
                } else {
                    delegate(request.name(), found);
                }
            }
        } catch (Throwable failure) {
            call.fail(request.name(), Where.object(file.source(), request.path()), failure);
        }
        if (unresolved.decrementAndGet() == 0 && !call.isAborted()) {
            call.start(List.copyOf(prepared));
        }
    }

    /** A path led into another file. */
    private void delegate(String name, Prepared found) {
        Call part = Call.part(found.owner(), List.of(name), call.sources());
        call.delegate(name, part);
        part.start(List.of(found.read()));
    }
}
