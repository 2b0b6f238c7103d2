// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.cache.Purpose;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.file.HeapFilters;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.index.ChunkIndexes;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.Descriptors;
import io.h5coro.internal.resolve.ObjectCatalog;
import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.internal.walk.HdfFile;
import io.h5coro.internal.walk.RawFile;
import io.h5coro.model.Link;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Where the structures of a file begin and end: each read of metadata is noted as the parsers ask for it, before the
 * cache makes blocks of it; chunks as their index tells them; other data as they are requested; and the collections of
 * global heaps by their signatures. Confined to one thread.
 */
final class StructureBoundaries implements BlockCache {
    private final byte[] file;
    private final NavigableSet<Integer> boundaries = new TreeSet<>();

    private StructureBoundaries(byte[] file) {
        this.file = file;
    }

    /** Offsets in {@code [0, length]}, ascending. */
    static NavigableSet<Integer> of(byte[] file) {
        StructureBoundaries found = new StructureBoundaries(file);
        quietly(found::metadata);
        found.collections();
        CountingRangeReader counting = new CountingRangeReader(MemoryRangeReader.of("boundaries", file));
        PublicCalls.all(counting, ReadObject.options().gapBytes(0).build(), PublicCalls.Extent.VALUES, () -> {});
        for (ByteRange range : counting.ranges()) {
            // Whole blocks are reads of metadata, which are known more closely.
            if (range.offset() % 512 != 0 || range.length() % 512 != 0) {
                found.note(range.offset(), range.length());
            }
        }
        return found.boundaries;
    }

    private void note(long offset, long length) {
        if (offset >= 0 && length >= 0 && offset <= file.length - length) {
            boundaries.add((int) offset);
            boundaries.add((int) (offset + length));
        }
    }

    @Override
    public byte[] read(long position, int length) {
        if (position > file.length - length) {
            throw new io.h5coro.error.MalformedFileException(io.h5coro.error.Where.source("boundaries"), "file ends");
        }
        note(position, length);
        return Arrays.copyOfRange(file, (int) position, (int) position + length);
    }

    @Override
    public int blockBytes() {
        return 1;
    }

    @Override
    public byte[] cached(long position, int length) {
        return read(position, length);
    }

    @Override
    public CompletableFuture<Void> coming(Collection<ByteRange> ranges) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void prefetch(Collection<ByteRange> ranges, Purpose purpose) {
        // All bytes are here.
    }

    private void metadata() {
        RawFile raw = new RawFile(
                this,
                () -> file.length,
                "boundaries",
                ReadOptions.builder().allowUnclosed(true).build());
        HdfFile open = HdfFile.open(raw, new HeapFilters(FilterRegistry.builtIn()));
        ObjectCatalog catalog = new ObjectCatalog(open);
        Descriptors descriptors = new Descriptors(open);
        Deque<ResolvedObject> objects = new ArrayDeque<>(List.of(catalog.root()));
        Set<Long> seen = new HashSet<>();
        while (!objects.isEmpty() && seen.size() < 1000) {
            ResolvedObject object = objects.remove();
            if (!seen.add(object.header().address())) {
                continue;
            }
            quietly(() -> descriptors.attributes(object));
            if (ObjectCatalog.isDataset(object.header())) {
                quietly(() -> chunks(open, descriptors.dataset(object)));
            }
            quietly(() -> {
                for (Link link : catalog.links(object)) {
                    quietly(() -> objects.add(catalog.resolve(object.child(link.name()))));
                }
            });
        }
    }

    private void chunks(HdfFile open, DatasetDescriptor dataset) {
        if (dataset.layout() instanceof Layout.Chunked chunked) {
            long[] last = new long[chunked.chunkShape().length];
            for (int d = 0; d < last.length; d++) {
                last[d] = Math.max(0, dataset.space().shape().dimension(d) - 1) / chunked.chunkShape()[d];
            }
            for (ChunkRecord chunk : ChunkIndexes.of(open.space(), dataset).find(new long[last.length], last)) {
                note(open.space().base() + chunk.address(), chunk.storedSize());
            }
        }
    }

    private void collections() {
        for (int at = 0; at + 16 <= file.length; at += 8) {
            if (file[at] == 'G' && file[at + 1] == 'C' && file[at + 2] == 'O' && file[at + 3] == 'L') {
                int length = (file[at + 8] & 0xff) | (file[at + 9] & 0xff) << 8 | (file[at + 10] & 0xff) << 16;
                note(at, length);
            }
        }
    }

    private static void quietly(Runnable step) {
        try {
            step.run();
        } catch (H5Exception unreadable) {
            // What cannot be read has no boundaries that are known.
        }
    }
}
