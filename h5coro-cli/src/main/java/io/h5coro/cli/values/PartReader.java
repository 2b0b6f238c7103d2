// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts of datasets in their order: as many in one call as fit into the memory that is meant for it, and the next
 * ones while the caller works on these. Confined to one thread.
 */
final class PartReader<T> implements Iterator<PartReader.Read<T>>, AutoCloseable {
    /** Parts of one call at most: each costs some memory whatever its size. */
    private static final int MOST_PARTS = 1000;

    /**
     * What to read.
     *
     * @param owner whose part it is
     * @param request the part
     * @param bytes its size in memory, roughly
     */
    record Part<T>(T owner, DatasetRequest request, long bytes) {}

    /**
     * What was read.
     *
     * @param owner whose part it is
     * @param values its values; null where there is a failure
     * @param failure why there are none; null where there are
     * @param bytes its size in memory, roughly
     */
    record Read<T>(
            T owner, @Nullable H5Array values, @Nullable H5Exception failure, long bytes) {
        /** Returns the values, or throws what kept them from being read. */
        H5Array get() {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(values);
        }
    }

    private record Batch<T>(List<Part<T>> parts, ReadPromise promise) {
        Read<T> get(int i) {
            Part<T> part = parts.get(i);
            try {
                return new Read<>(part.owner(), promise.get(Integer.toString(i)), null, part.bytes());
            } catch (H5Exception e) {
                return new Read<>(part.owner(), null, e, part.bytes());
            }
        }
    }

    private final H5Coro file;
    private final Iterator<Part<T>> parts;
    private final long batchBytes;
    private @Nullable Part<T> first;
    private @Nullable Batch<T> now;
    private @Nullable Batch<T> ahead;
    private int index;

    PartReader(H5Coro file, Iterator<Part<T>> parts, long batchBytes) {
        this.file = file;
        this.parts = parts;
        this.batchBytes = batchBytes;
        this.ahead = ask();
    }

    private @Nullable Batch<T> ask() {
        List<Part<T>> asked = new ArrayList<>();
        List<DatasetRequest> requests = new ArrayList<>();
        long bytes = 0;
        while ((first != null || parts.hasNext()) && asked.size() < MOST_PARTS) {
            Part<T> part = first != null ? first : parts.next();
            first = null;
            if (!asked.isEmpty() && bytes + part.bytes() > batchBytes) {
                first = part;
                break;
            }
            bytes += part.bytes();
            requests.add(part.request().named(Integer.toString(asked.size())));
            asked.add(part);
        }
        if (asked.isEmpty()) {
            return null;
        }
        ReadPromise promise = file.readDatasets(requests);
        return new Batch<>(asked, promise);
    }

    @Override
    public boolean hasNext() {
        return (now != null && index < now.parts.size()) || ahead != null;
    }

    @Override
    public Read<T> next() {
        Batch<T> batch = now;
        if (batch == null || index == batch.parts.size()) {
            batch = ahead;
            if (batch == null) {
                throw new NoSuchElementException();
            }
            now = batch;
            index = 0;
            ahead = ask();
        }
        return batch.get(index++);
    }

    /** Gives up what is still being read. */
    @Override
    public void close() {
        if (now != null) {
            now.promise.cancel();
        }
        if (ahead != null) {
            ahead.promise.cancel();
        }
    }
}
