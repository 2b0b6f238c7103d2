// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.format.Superblock;
import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.index.ChunkIndex;
import io.h5coro.internal.index.ChunkIndexes;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.MemoryLimit;
import io.h5coro.internal.walk.HdfFile;
import io.h5coro.internal.walk.VirtualMappings;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Dataspace;
import io.h5coro.model.FileInfo;
import io.h5coro.model.FillInfo;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** What an open file says of itself and its datasets, in the words of its users. Thread-safe; blocks on metadata. */
public final class Description {
    /**
     * An index that may be more than this part of the cache is not read ahead. Nodes may be half empty, and what is
     * read beside others is given up at half of the cache.
     */
    private static final int INDEX_PART = 4;

    /** Of a chunk in a version 1 B-tree, besides its place: size, filter mask, offset in the element, address. */
    private static final int NODE_ENTRY_BYTES = 24;

    private final SourceFile file;

    /** Describes a file. */
    public Description(SourceFile file) {
        this.file = file;
    }

    /** How a dataset's values are stored. */
    public DatasetStorage storage(DatasetDescriptor dataset) {
        Layout layout = dataset.layout();
        if (layout instanceof Layout.Compact compact) {
            return new DatasetStorage.Compact(compact.data().length);
        }
        if (layout instanceof Layout.Contiguous contiguous) {
            return new DatasetStorage.Contiguous(
                    contiguous.address(), contiguous.size() >= 0 ? contiguous.size() : valueBytes(dataset));
        }
        if (layout instanceof Layout.Chunked chunked) {
            return new DatasetStorage.Chunked(Shape.of(chunked.chunkShape()), index(chunked.index()));
        }
        if (layout instanceof Layout.External external) {
            return new DatasetStorage.External(file.descriptors().externalPieces(external.files()));
        }
        return new DatasetStorage.Virtual(VirtualMappings.read(file.space(), (Layout.Virtual) layout));
    }

    /** Bytes of all elements as the file's type has them. */
    private long valueBytes(DatasetDescriptor dataset) {
        try {
            return Math.multiplyExact(
                    dataset.space().elementCount(), dataset.type().size());
        } catch (ArithmeticException overflow) {
            throw new MalformedFileException(
                    Where.object(file.source(), dataset.path()),
                    "values of shape " + dataset.space().shape() + " have more than 2^63 - 1 bytes",
                    overflow);
        }
    }

    private static DatasetStorage.Index index(Layout.Index index) {
        if (index instanceof Layout.BTree1Index) {
            return DatasetStorage.Index.BTREE_1;
        }
        if (index instanceof Layout.SingleChunkIndex) {
            return DatasetStorage.Index.SINGLE;
        }
        if (index instanceof Layout.ImplicitIndex) {
            return DatasetStorage.Index.IMPLICIT;
        }
        if (index instanceof Layout.FixedArrayIndex) {
            return DatasetStorage.Index.FIXED_ARRAY;
        }
        return index instanceof Layout.ExtensibleArrayIndex
                ? DatasetStorage.Index.EXTENSIBLE_ARRAY
                : DatasetStorage.Index.BTREE_2;
    }

    /**
     * Bytes that its values take in the file. Blocks on the whole index of a chunked dataset.
     *
     * @return 0 for a virtual dataset, and for a contiguous one of which nothing was written
     */
    public long storedBytes(DatasetDescriptor dataset) {
        Layout layout = dataset.layout();
        if (layout instanceof Layout.Compact compact) {
            return compact.data().length;
        }
        if (layout instanceof Layout.Contiguous contiguous) {
            long stated = contiguous.size() < 0 ? valueBytes(dataset) : contiguous.size();
            return contiguous.address() < 0 ? 0 : stated;
        }
        if (layout instanceof Layout.External) {
            return valueBytes(dataset);
        }
        return layout instanceof Layout.Chunked chunked ? chunkBytes(dataset, chunked) : 0;
    }

    /**
     * Returns {@link #storedBytes} of a chunked dataset, read through a file of the caller's; blocks as that does.
     *
     * @return empty when it is not chunked, or when its index may be more than is read beside others: it would push
     *     them out of the cache, and be given up half way
     */
    public static OptionalLong storedBytesAhead(HdfFile file, DatasetDescriptor dataset) {
        if (!(dataset.layout() instanceof Layout.Chunked chunked)
                || INDEX_PART * indexBytes(dataset, chunked)
                        > file.space().options().cacheBytes()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(sum(ChunkIndexes.of(file.space(), dataset), lastChunk(dataset, chunked)));
    }

    /** What an index takes in which all chunks of the extent are, as a version 1 B-tree of full nodes. */
    private static double indexBytes(DatasetDescriptor dataset, Layout.Chunked chunked) {
        Shape shape = dataset.space().shape();
        double chunks = 1;
        for (int i = 0; i < shape.rank(); i++) {
            chunks *= Math.ceil((double) shape.dimension(i) / chunked.chunkShape()[i]);
        }
        return chunks * (NODE_ENTRY_BYTES + Long.BYTES * shape.rank());
    }

    private static long sum(ChunkIndex index, long[] last) {
        LongAdder sum = new LongAdder();
        index.all(last, (coordinate, address, size, mask) -> sum.add(size));
        return sum.sum();
    }

    /** The last chunk of the extent; -1 where that is empty. */
    private static long[] lastChunk(DatasetDescriptor dataset, Layout.Chunked chunked) {
        long[] last = new long[dataset.space().shape().rank()];
        for (int i = 0; i < last.length; i++) {
            last[i] = Math.floorDiv(dataset.space().shape().dimension(i) - 1, chunked.chunkShape()[i]);
        }
        return last;
    }

    /** As libhdf5 counts (H5Dget_storage_size): what the index holds, in the extent or not. */
    private long chunkBytes(DatasetDescriptor dataset, Layout.Chunked chunked) {
        long[] last = lastChunk(dataset, chunked);
        try {
            return MemoryLimit.within(
                    Where.object(file.source(), dataset.path()),
                    () -> sum(file.indexes().of(dataset), last));
        } catch (H5Exception e) {
            throw e.in(dataset.path());
        }
    }

    /** What elements that were never written are. */
    public FillInfo fill(DatasetDescriptor dataset) {
        FillValue fill = dataset.fill();
        return new FillInfo(
                state(fill.state()),
                switch (fill.allocationTime()) {
                    case 1 -> FillInfo.AllocationTime.EARLY;
                    case 2 -> FillInfo.AllocationTime.LATE;
                    case 3 -> FillInfo.AllocationTime.INCREMENTAL;
                    default -> FillInfo.AllocationTime.DEFAULT;
                },
                switch (fill.writeTime()) {
                    case 0 -> FillInfo.WriteTime.ON_ALLOCATION;
                    case 1 -> FillInfo.WriteTime.NEVER;
                    default -> FillInfo.WriteTime.IF_SET;
                },
                fillValue(dataset));
    }

    /** The element that those never written have, as an array of shape (); empty when the file states none. */
    private Optional<H5Array> fillValue(DatasetDescriptor dataset) {
        byte[] value = dataset.fill().value();
        return value == null || value.length == 0
                ? Optional.empty()
                : Optional.of(file.decode(dataset.path(), dataset.type(), Dataspace.scalar(), value));
    }

    private static FillInfo.State state(FillValue.State state) {
        return switch (state) {
            case DEFAULT -> FillInfo.State.DEFAULT;
            case UNDEFINED -> FillInfo.State.UNDEFINED;
            case USER_DEFINED -> FillInfo.State.USER_DEFINED;
        };
    }

    /**
     * What the superblock says. B-tree parameters that the superblock of a new file lacks are those of its extension,
     * or the library's defaults.
     */
    public FileInfo info() {
        Superblock s = file.catalog().file().superblock();
        return new FileInfo(
                file.source(),
                s.version(),
                s.freeSpaceVersion(),
                s.symbolTableVersion(),
                s.sharedHeaderVersion(),
                s.sizeOfOffsets(),
                s.sizeOfLengths(),
                file.descriptors().groupInternalK(),
                file.descriptors().groupLeafK(),
                file.descriptors().chunkInternalK(),
                file.descriptors().fileSpace(),
                file.space().base(),
                s.rootHeader());
    }
}
