// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.driver.MountedFile;
import io.h5coro.internal.engine.Freshness;
import io.h5coro.internal.engine.HeapFilters;
import io.h5coro.internal.engine.ReadEngine;
import io.h5coro.internal.engine.ReadEnvironment;
import io.h5coro.internal.engine.WorkPools;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.Superblock;
import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.index.ChunkRecord;
import io.h5coro.internal.index.RecentIndexes;
import io.h5coro.internal.indexcache.IndexSession;
import io.h5coro.internal.resolve.AttributeDescriptor;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.Descriptors;
import io.h5coro.internal.resolve.MemoryLimit;
import io.h5coro.internal.resolve.ObjectCatalog;
import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.internal.walk.HdfFile;
import io.h5coro.internal.walk.VirtualMappings;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Dataspace;
import io.h5coro.model.FileInfo;
import io.h5coro.model.FillInfo;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ObjectInfo;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.storage.RangeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all objects of one open file share. Thread-safe. */
final class OpenFile {
    private final ObjectCatalog catalog;
    private final Descriptors descriptors;
    private final RecentIndexes indexes;
    private final ReadEngine engine;
    private final ForeignFiles files;

    OpenFile(
            MountedFile mounted,
            IndexSession session,
            FilterRegistry filters,
            ForeignFiles files,
            Freshness freshness) {
        this.files = files;
        RangeReader reader = mounted.reader();
        ReadOptions options = files.registry().options();
        HdfFile file;
        try {
            file = MemoryLimit.within(
                    Where.source(reader.source()),
                    () -> HdfFile.open(
                            session.metadata(),
                            () -> reader.size().orElse(0),
                            reader.source(),
                            options,
                            new HeapFilters(filters),
                            mounted.addresses()));
        } catch (RuntimeException | Error e) {
            session.blocks().close();
            throw e;
        }
        this.catalog = new ObjectCatalog(file, files);
        this.descriptors = new Descriptors(file);
        this.indexes = new RecentIndexes(file.space());
        this.engine = new ReadEngine(
                new ReadEnvironment(
                        reader,
                        session.blocks(),
                        file.space(),
                        new Requests(catalog, files.registry()),
                        indexes::of,
                        filters,
                        files,
                        files.registry().hedging(),
                        freshness,
                        files.registry().totals()),
                WorkPools.create(options.decodeThreads(), reader.profile()));
    }

    ObjectCatalog catalog() {
        return catalog;
    }

    Descriptors descriptors() {
        return descriptors;
    }

    ReadPromise read(List<DatasetRequest> requests) {
        return new ReadPromise(
                engine.start(requests), catalog.file().space().origin().source());
    }

    RowBlocks blocks(Dataset dataset, DatasetRequest request, BlockOptions options) {
        Where where = Where.object(source(), request.path());
        if (request.attribute() != null || request.slices().size() > 1) {
            throw new SelectionException(where, "only a dataset or one slice of it is read in blocks");
        }
        Dataspace space = dataset.dataspace();
        long chunkRows = dataset.chunks()
                .filter(chunk -> chunk.rank() > 0)
                .map(chunk -> chunk.dimension(0))
                .orElse(1L);
        RowRanges.Rows rows = new RowRanges.Rows(
                where,
                space.kind() == Dataspace.Kind.NULL ? Shape.of(0) : space.shape(),
                Math.max(1, chunkRows),
                (long) dataset.type().size() * (ResultBuffer.isDirect(dataset.type()) ? 1 : 2));
        Hyperslab slice =
                request.slices().isEmpty() ? Hyperslab.all() : request.slices().get(0);
        return new RowBlocks(this, request, new RowRanges(rows, slice, options), options);
    }

    String source() {
        return catalog.file().space().origin().source();
    }

    ReadEngine engine() {
        return engine;
    }

    /** The file that holds an object. */
    OpenFile owner(ResolvedObject object) {
        return object.catalog() == catalog ? this : files.registry().of(object.catalog());
    }

    /** The file of a name that this one states; empty when it does not exist. */
    Optional<OpenFile> named(String name) {
        return files.openFile(name);
    }

    H5Object object(ResolvedObject object) {
        OpenFile owner = owner(object);
        if (owner != this) {
            return owner.object(object);
        }
        if (catalog.isGroup(object.header())) {
            return new Group(this, object);
        }
        if (ObjectCatalog.isDataset(object.header())) {
            return new Dataset(this, object);
        }
        if (object.header().has(RawMessage.DATATYPE)) {
            return new CommittedType(this, object);
        }
        throw new NotFoundException(
                new Where(
                        catalog.file().space().origin().source(),
                        object.path(),
                        catalog.file().space().base() + object.header().address()),
                "object header is neither a group's, nor a dataset's, nor a datatype's");
    }

    DatasetDescriptor descriptor(ResolvedObject object) {
        DatasetDescriptor dataset = descriptors.dataset(object);
        return dataset.layout() instanceof Layout.Virtual ? engine.settled(dataset) : dataset;
    }

    ObjectInfo info(ResolvedObject object) {
        return descriptors.info(object);
    }

    List<Attribute> attributes(ResolvedObject object) {
        List<Attribute> attributes = new ArrayList<>();
        descriptors.attributes(object).forEach(listed -> attributes.add(new Attribute(this, listed)));
        return attributes;
    }

    Optional<Attribute> attribute(ResolvedObject object, String name) {
        return descriptors.attribute(object, name).map(listed -> new Attribute(this, listed));
    }

    H5Array read(AttributeDescriptor attribute) {
        return engine.decode(attribute.path(), attribute.type(), attribute.space(), attribute.data());
    }

    DatasetStorage storage(DatasetDescriptor dataset) {
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
            return new DatasetStorage.External(descriptors.externalPieces(external.files()));
        }
        return new DatasetStorage.Virtual(VirtualMappings.read(catalog.file().space(), (Layout.Virtual) layout));
    }

    private static long valueBytes(DatasetDescriptor dataset) {
        return dataset.space().elementCount() * dataset.type().size();
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

    long storedBytes(DatasetDescriptor dataset) {
        Layout layout = dataset.layout();
        if (layout instanceof Layout.Compact compact) {
            return compact.data().length;
        }
        if (layout instanceof Layout.Contiguous contiguous) {
            return contiguous.address() < 0 ? 0 : valueBytes(dataset);
        }
        if (layout instanceof Layout.External) {
            return valueBytes(dataset);
        }
        return layout instanceof Layout.Chunked chunked ? chunkBytes(dataset, chunked) : 0;
    }

    private long chunkBytes(DatasetDescriptor dataset, Layout.Chunked chunked) {
        int rank = dataset.space().shape().rank();
        long[] last = new long[rank];
        for (int i = 0; i < rank; i++) {
            last[i] = (dataset.space().shape().dimension(i) - 1) / chunked.chunkShape()[i];
        }
        if (dataset.space().elementCount() == 0) {
            return 0;
        }
        try {
            return MemoryLimit.within(
                    Where.object(catalog.file().space().origin().source(), dataset.path()),
                    () -> indexes.of(dataset).find(new long[rank], last).stream()
                            .mapToLong(ChunkRecord::storedSize)
                            .sum());
        } catch (H5Exception e) {
            throw e.in(dataset.path());
        }
    }

    FillInfo fill(DatasetDescriptor dataset) {
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
                engine.fillValue(dataset));
    }

    private static FillInfo.State state(FillValue.State state) {
        return switch (state) {
            case DEFAULT -> FillInfo.State.DEFAULT;
            case UNDEFINED -> FillInfo.State.UNDEFINED;
            case USER_DEFINED -> FillInfo.State.USER_DEFINED;
        };
    }

    FileInfo info() {
        Superblock s = catalog.file().superblock();
        return new FileInfo(
                catalog.file().space().origin().source(),
                s.version(),
                s.freeSpaceVersion(),
                s.symbolTableVersion(),
                s.sharedHeaderVersion(),
                s.sizeOfOffsets(),
                s.sizeOfLengths(),
                descriptors.groupInternalK(),
                descriptors.groupLeafK(),
                descriptors.chunkInternalK(),
                descriptors.fileSpace(),
                catalog.file().space().base(),
                s.rootHeader());
    }
}
