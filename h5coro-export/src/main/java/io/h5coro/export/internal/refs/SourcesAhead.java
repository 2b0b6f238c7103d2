// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.Dataset;
import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ObjectId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads what the sources of virtual datasets say of themselves before it is asked for, many at a time: it is then in
 * the caches of their files. Confined to one thread, which waits for those that it starts.
 */
final class SourcesAhead {
    /** As many as the reader opens at once; more would be a burst at the storage. */
    private static final int MOST_AT_ONCE = 32;

    private final Set<ObjectId> seen = new HashSet<>();

    private SourcesAhead() {}

    /** Reads the indexes of sources, and of the sources of those that are virtual. What fails is met again later. */
    static void read(Collection<Dataset> virtual) {
        SourcesAhead ahead = new SourcesAhead();
        List<Dataset> level = ahead.unseen(virtual);
        if (level.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(MOST_AT_ONCE, work -> {
            Thread thread = new Thread(work, "h5coro-refs");
            thread.setDaemon(true);
            return thread;
        });
        try {
            while (!level.isEmpty()) {
                level = ahead.unseen(sources(threads, level));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Dataset> unseen(Collection<Dataset> datasets) {
        return datasets.stream().filter(one -> seen.add(one.id())).toList();
    }

    /** Reads the indexes of some datasets; gives the sources of those that are virtual. */
    private static List<Dataset> sources(ExecutorService threads, List<Dataset> level) throws InterruptedException {
        List<Callable<List<Dataset>>> work = new ArrayList<>();
        level.forEach(one -> work.add(() -> read(one)));
        List<Dataset> found = new ArrayList<>();
        for (Future<List<Dataset>> one : threads.invokeAll(work)) {
            try {
                found.addAll(one.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
        return found;
    }

    private static List<Dataset> read(Dataset dataset) {
        try {
            DatasetStorage storage = dataset.storage();
            if (storage instanceof DatasetStorage.Virtual) {
                return dataset.sourceBoxes().stream()
                        .map(Dataset.SourceBox::source)
                        .toList();
            }
            if (storage instanceof DatasetStorage.Chunked) {
                List<?> unused = dataset.storedChunks(Hyperslab.all());
            }
        } catch (H5Exception | ArithmeticException | IllegalArgumentException saidLater) {
            // By whoever needs it.
        }
        return List.of();
    }
}
