// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.driver.MountedFile;
import io.h5coro.internal.fetch.Hedging;
import io.h5coro.internal.file.FileSet;
import io.h5coro.internal.file.Freshness;
import io.h5coro.internal.file.Means;
import io.h5coro.internal.file.NamedFiles;
import io.h5coro.internal.file.ResolvedRequest;
import io.h5coro.internal.file.SharedResources;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.format.Superblock;
import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.index.ChunkIndex;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.internal.index.RecentIndexes;
import io.h5coro.internal.indexcache.IndexFolders;
import io.h5coro.internal.indexcache.IndexSession;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.ObjectCatalog;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.internal.walk.HdfFile;
import io.h5coro.internal.walk.ObjectHeaders;
import io.h5coro.internal.walk.SharedMessages;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.FileId;
import io.h5coro.model.FileInfo.FileSpaceInfo;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.machine.Machine;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;

/** Datasets that are laid out by hand in a byte array, without any HDF5 metadata. */
public final class MemoryFile {
    static final FilterDescription DEFLATE = new FilterDescription(1, "deflate", false, new int[] {6});

    /** Address 0 is nil to some structures, so data start behind it. */
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private final Map<String, ResolvedRequest> objects = new HashMap<>();
    private final Map<String, List<ChunkRecord>> chunks = new HashMap<>();

    private FilterRegistry filters = FilterRegistry.builtIn();

    public MemoryFile() {
        bytes.writeBytes(new byte[64]);
    }

    /** Appends bytes and gives their address. */
    public long append(byte[] data) {
        long address = bytes.size();
        bytes.writeBytes(data);
        return address;
    }

    /** Takes other filters than the built-in ones. */
    MemoryFile filters(FilterRegistry registry) {
        filters = registry;
        return this;
    }

    int size() {
        return bytes.size();
    }

    public MemoryFile contiguous(String path, ElementType type, Shape shape, long address) {
        return dataset(path, type, shape, new Layout.Contiguous(address, -1), List.of(), FillValue.zeros());
    }

    MemoryFile dataset(
            String path,
            ElementType type,
            Shape shape,
            Layout layout,
            List<FilterDescription> filters,
            FillValue fill) {
        return object(
                path,
                new ResolvedRequest.Dataset(new DatasetDescriptor(
                        path, objects.size() + 1L, Dataspace.simple(shape), type, layout, filters, fill)));
    }

    MemoryFile object(String path, ResolvedRequest object) {
        objects.put(path, object);
        return this;
    }

    /** A chunked dataset; its chunks are added with {@link #chunk}. */
    public MemoryFile chunked(String path, ElementType type, Shape shape, long[] chunk, FilterDescription... filters) {
        return chunked(path, type, shape, chunk, FillValue.zeros(), filters);
    }

    public MemoryFile chunked(
            String path, ElementType type, Shape shape, long[] chunk, FillValue fill, FilterDescription... filters) {
        chunks.put(path, new ArrayList<>());
        Layout layout = new Layout.Chunked(chunk, new Layout.BTree1Index(0), true);
        return dataset(path, type, shape, layout, List.of(filters), fill);
    }

    public MemoryFile chunk(String path, byte[] stored, int filterMask, long... coordinate) {
        chunks.get(path).add(new ChunkRecord(coordinate, append(stored), stored.length, filterMask));
        return this;
    }

    MemoryFile record(String path, ChunkRecord record) {
        chunks.get(path).add(record);
        return this;
    }

    static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater();
        deflater.setInput(plain);
        deflater.finish();
        byte[] buffer = new byte[2 * plain.length + 100];
        int length = deflater.deflate(buffer);
        deflater.end();
        return java.util.Arrays.copyOf(buffer, length);
    }

    /** An open file. */
    public record Open(SourceFile file, RangeBlockCache cache, CountingRangeReader counting) implements AutoCloseable {
        /** Starts a call. */
        public Call start(List<DatasetRequest> requests) {
            return Reads.start(file, requests);
        }

        @Override
        public void close() {
            file.close();
        }
    }

    public Open open(ReadOptions options) {
        return open(options, reader -> reader);
    }

    /** Opens it through a reader that goes between the memory and the counter. */
    public Open open(ReadOptions options, UnaryOperator<RangeReader> between) {
        byte[] all = bytes.toByteArray();
        return open(options, between.apply(MemoryRangeReader.of("memory", all)), all.length);
    }

    /** Opens what a reader of so many bytes reads, in place of what was appended. */
    Open open(ReadOptions options, RangeReader reader, long end) {
        CountingRangeReader counting = new CountingRangeReader(reader);
        IndexSession session = IndexSession.open(counting, options, new IndexFolders(Machine.ofThisProcess()));
        FileSet set =
                new FileSet("memory", new Means(options, filters, SharedResources.ofThisProcess()), Hedging.none());
        SourceFile.Opening opening = new SourceFile.Opening(
                new MountedFile(counting, AddressMap.SAME),
                session,
                filters,
                new NamedFiles(FileId.opened("memory"), FileResolver.none(), set),
                Freshness.certain());
        SourceFile file = new SourceFile(
                opening,
                new ObjectCatalog(unread(session.blocks(), end, options)),
                this::find,
                new RecentIndexes(dataset -> index(dataset.path())));
        return new Open(file, session.blocks(), counting);
    }

    /** What would be known of the file once its superblock was read, if it had one. */
    private static HdfFile unread(RangeBlockCache cache, long size, ReadOptions options) {
        FileSpace space =
                new FileSpace(cache, new Cursor.Origin("memory", 8, 8), new FileSpace.Extent(0, size), options);
        SharedMessages shared = (type, heapId) -> {
            throw new AssertionError("there are no messages");
        };
        Superblock superblock = new Superblock(3, 0, 0, 0, 8, 8, 0, 0, 0, 0, 0, -1, size, -1, -1, -1, -1);
        return new HdfFile(
                superblock,
                space,
                new ObjectHeaders(space, shared),
                shared,
                (pipeline, mask, stored, plainSize) -> stored,
                null,
                FileSpaceInfo.defaults());
    }

    private ResolvedRequest find(DatasetRequest request) {
        ResolvedRequest object = objects.get(request.path());
        if (object == null) {
            throw new NotFoundException(Where.object("memory", request.path()), "does not exist");
        }
        return object;
    }

    private ChunkIndex index(String path) {
        return (box, receiver) -> {
            for (ChunkRecord record : chunks.get(path)) {
                if (box.contains(record.coordinate())) {
                    receiver.chunk(record.coordinate(), record.address(), record.storedSize(), record.filterMask());
                }
            }
        };
    }
}
