// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.internal.engine.Call;
import io.h5coro.internal.engine.Reads;
import io.h5coro.internal.file.Description;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.file.SourceObject;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.grid.Box;
import io.h5coro.internal.grid.BoxPair;
import io.h5coro.internal.grid.RowRanges;
import io.h5coro.internal.grid.Selection;
import io.h5coro.internal.resolve.AttributeDescriptor;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.Descriptors;
import io.h5coro.internal.resolve.LevelWalk;
import io.h5coro.internal.resolve.Met;
import io.h5coro.internal.resolve.ObjectCatalog;
import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.internal.scatter.CallerMemory;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.internal.scatter.ReusedMemory;
import io.h5coro.internal.virtual.VirtualBoxes;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.Destination;
import io.h5coro.model.ElementType;
import io.h5coro.model.FileId;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Link;
import io.h5coro.model.ObjectInfo;
import io.h5coro.model.Reference;
import io.h5coro.model.Shape;
import io.h5coro.model.WalkOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Makes the handles of an open file's objects, and does their reads. Thread-safe. */
final class Handles {
    /** Members whose headers are read together: half of those that are kept, so that each is still there. */
    private static final int LISTED_TOGETHER = 2048;

    private final SourceFile file;
    private final Description description;

    Handles(SourceFile file) {
        this.file = file;
        this.description = new Description(file);
    }

    SourceFile file() {
        return file;
    }

    /** Does a call of an object, or a part of one of the file; see {@link SourceFile#within}. */
    <T extends @Nullable Object> T within(Supplier<T> call) {
        return file.within(call);
    }

    Description description() {
        return description;
    }

    ObjectCatalog catalog() {
        return file.catalog();
    }

    Descriptors descriptors() {
        return file.descriptors();
    }

    ReadPromise read(List<DatasetRequest> requests) {
        return new ReadPromise(Reads.start(file, requests), file.source());
    }

    /** Starts to read into memory of the caller. */
    Map<DatasetRequest, CompletableFuture<Destination.Filled>> readInto(Map<DatasetRequest, Destination> destinations) {
        Map<DatasetRequest, CallerMemory> memories = new LinkedHashMap<>();
        destinations.forEach((request, memory) -> memories.put(request, new CallerMemory(memory, false)));
        Call call = Reads.start(file, memories);
        Map<DatasetRequest, CompletableFuture<Destination.Filled>> filled = new LinkedHashMap<>();
        memories.forEach((request, memory) -> filled.put(request, filled(call, request, memory)));
        return filled;
    }

    /** A future that is done once nobody writes to the memory any more. */
    private static CompletableFuture<Destination.Filled> filled(
            Call call, DatasetRequest request, CallerMemory memory) {
        CompletableFuture<Destination.Filled> filled = new CompletableFuture<>();
        CompletableFuture<H5Array> own =
                Objects.requireNonNull(call.future(Objects.requireNonNull(call.nameOf(request))));
        CompletableFuture<H5Array> unused = own.whenComplete((array, failure) -> memory.close(() -> call.handOut(() -> {
            if (failure == null) {
                filled.complete(memory.filled());
            } else {
                filled.completeExceptionally(failure);
            }
        })));
        return filled;
    }

    RowBlocks blocks(Dataset dataset, DatasetRequest request, BlockOptions options) {
        Where where = Where.object(source(), request.path());
        if (request.attribute() != null || request.slices().size() > 1 || request.selection() != null) {
            throw new SelectionException(
                    where,
                    "only a dataset or one slice of it is read in blocks"
                            + (request.selection() == null ? "" : ", not " + request.selection()));
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
                (long) dataset.type().size() * (ResultBuffer.isAlone(dataset.type()) ? 1 : 2));
        Hyperslab slice =
                request.slices().isEmpty() ? Hyperslab.all() : request.slices().get(0);
        ElementType type = dataset.type();
        boolean reuses = options.reusesMemory() && request.field() == null && ResultBuffer.isDirect(type);
        Shape shape = rows.shape();
        ReusedMemory memory = new ReusedMemory(type);
        return new RowBlocks(
                where,
                part -> {
                    long length =
                            reuses ? Selection.of(shape, List.of(part), where).elementCount() : Long.MAX_VALUE;
                    return length > JavaArray.MOST ? reading(request, part) : reading(request, part, memory, length);
                },
                new RowRanges(rows, slice, options),
                options);
    }

    /** Starts to read another slice of what a request names. */
    private RowBlocks.Reading reading(DatasetRequest request, Hyperslab slice) {
        ReadPromise promise = read(List.of(new DatasetRequest(
                request.name(), request.path(), null, List.of(slice), request.target(), request.field())));
        return new RowBlocks.Reading() {
            @Override
            public H5Array get() {
                return promise.get(request.name());
            }

            @Override
            public void cancel() {
                promise.cancel();
            }
        };
    }

    /** Starts to read another slice of what a request names into memory that is used again. */
    private RowBlocks.Reading reading(DatasetRequest request, Hyperslab slice, ReusedMemory memory, long length) {
        Destination into = memory.take((int) length);
        CallerMemory guarded = new CallerMemory(into, true);
        DatasetRequest part = new DatasetRequest(
                request.name(), request.path(), null, List.of(slice), request.target(), request.field());
        ReadPromise promise = new ReadPromise(Reads.start(file, Map.of(part, guarded)), file.source());
        return new RowBlocks.Reading() {
            @Override
            public H5Array get() {
                return promise.get(part);
            }

            @Override
            public void cancel() {
                promise.cancel();
            }

            @Override
            public void release() {
                memory.give(into);
            }
        };
    }

    String source() {
        return file.source();
    }

    /** Returns the handles of the file that holds an object. */
    Handles owner(ResolvedObject object) {
        return object.catalog() == file.catalog()
                ? this
                : new Handles(file.named().set().of(object.catalog()));
    }

    FileId id() {
        return file.id();
    }

    /**
     * Returns the handles of the file that an address belongs to: this one, one that is open because this one names it,
     * or one that names lead to.
     *
     * @param meant null for this one
     * @throws NotFoundException when it does not exist, or is neither of these
     */
    Handles at(@Nullable FileId meant) {
        if (meant == null || meant.equals(id())) {
            return this;
        }
        Optional<SourceFile> open = file.named().set().open(meant);
        if (open.isPresent()) {
            return new Handles(open.get());
        }
        Handles at = this;
        if (meant.opened().equals(source())) {
            for (String name : meant.names()) {
                at = at.named(name);
            }
        }
        if (!at.id().equals(meant)) {
            throw new NotFoundException(
                    Where.source(source()),
                    "an address in " + meant + ", which is neither this file nor one that it names");
        }
        return at;
    }

    /**
     * Returns the handles of a file that this one names.
     *
     * @throws NotFoundException when it does not exist
     */
    Handles named(String name) {
        return file.named()
                .file(name)
                .map(Handles::new)
                .orElseThrow(() ->
                        new NotFoundException(Where.source(source()), "names a file that does not exist, " + name));
    }

    /** The links of a group of this file, which know that it is this one. */
    List<Link> links(ResolvedObject group) {
        return catalog().links(group).stream().map(this::own).toList();
    }

    /** The same in the order in which they are stored. */
    List<Link> storedLinks(ResolvedObject group) {
        return catalog().storedLinks(group).stream().map(this::own).toList();
    }

    /** The link of a name in a group of this file. */
    Optional<Link> link(ResolvedObject group, String name) {
        return catalog().link(group, name).map(this::own);
    }

    private Link own(Link link) {
        return link instanceof Link.Hard hard
                ? new Link.Hard(hard.storedName(), hard.creationOrder(), hard.address(), id())
                : link;
    }

    H5Object object(ResolvedObject object) {
        Handles owner = owner(object);
        return owner.object(object, null, OptionalLong.empty());
    }

    /** An object of this file, and what its header and its index say of it as a dataset when that is known. */
    private H5Object object(ResolvedObject object, @Nullable DatasetDescriptor dataset, OptionalLong storedBytes) {
        if (file.catalog().isGroup(object.header())) {
            return new Group(this, object);
        }
        if (ObjectCatalog.isDataset(object.header())) {
            return new Dataset(this, new SourceObject(file, object, dataset), storedBytes);
        }
        if (object.header().has(RawMessage.DATATYPE)) {
            return new CommittedType(this, object);
        }
        throw new NotFoundException(
                new Where(
                        file.source(),
                        object.path(),
                        file.space().base() + object.header().address()),
                "object header is neither a group's, nor a dataset's, nor a datatype's");
    }

    /** Returns the boxes of the sources of a virtual dataset of this file. */
    List<Dataset.SourceBox> sourceBoxes(DatasetDescriptor virtual) {
        List<Dataset.SourceBox> boxes = new ArrayList<>();
        for (VirtualBoxes.Part part : VirtualBoxes.of(file, virtual)) {
            Handles owner = part.file() == file ? this : new Handles(part.file());
            DatasetDescriptor found = part.source();
            Dataset source = new Dataset(owner, owner.catalog().at(found.headerAddress(), found.path()));
            for (BoxPair pair : part.boxes()) {
                Box own = pair.first();
                Box there = pair.second();
                int rank = found.space().shape().rank();
                boxes.add(new Dataset.SourceBox(
                        numbers(own.start()),
                        Shape.of(own.count()),
                        source,
                        numbers(Arrays.copyOf(there.start(), rank)),
                        Shape.of(Arrays.copyOf(there.count(), rank))));
            }
        }
        return boxes;
    }

    private static List<Long> numbers(long[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    H5Object objectAt(long address) {
        return object(catalog().at(address));
    }

    /** Returns what a reference of this file refers to. */
    H5Object dereference(Reference reference) {
        if (reference.isNil()) {
            throw new NotFoundException(Where.source(source()), "reference to nothing");
        }
        Handles home = at(reference.home());
        String name = reference.file();
        Handles meant = name == null ? home : home.named(name);
        return meant.objectAt(reference.address());
    }

    DatasetRequest attributeRequest(ResolvedObject object, String name) {
        return new DatasetRequest(
                object.path() + "@" + name, object.path(), name, List.of(), new SourceObject(file, object));
    }

    ObjectInfo info(ResolvedObject object) {
        return within(() -> file.descriptors().info(object));
    }

    List<Attribute> attributes(ResolvedObject object) {
        List<Attribute> attributes = new ArrayList<>();
        within(() -> file.descriptors().attributes(object))
                .forEach(listed -> attributes.add(new Attribute(this, listed)));
        return attributes;
    }

    Optional<Attribute> attribute(ResolvedObject object, String name) {
        return within(() -> file.descriptors().attribute(object, name)).map(listed -> new Attribute(this, listed));
    }

    H5Array read(AttributeDescriptor attribute) {
        return within(() -> file.decode(attribute.path(), attribute.type(), attribute.space(), attribute.data()));
    }

    /** A walk through a group of this file. */
    Stream<Group.Member> walk(ResolvedObject group, WalkOptions options) {
        LevelWalk walk = new LevelWalk(group, descriptors(), options, Description::storedBytesAhead);
        Iterator<Group.Member> members = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return walk.hasNext();
            }

            @Override
            public Group.Member next() {
                return within(() -> member(walk.next()));
            }
        };
        int order = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(members, order), false);
    }

    private Group.Member member(Met met) {
        Optional<Link> link = Optional.ofNullable(met.link()).map(this::own);
        List<Attribute> attributes =
                met.attributes().stream().map(one -> new Attribute(this, one)).toList();
        Optional<H5Object> object = Optional.empty();
        Optional<H5Exception> failure = Optional.ofNullable(met.failure());
        try {
            object = Optional.ofNullable(met.object()).map(one -> object(one, met.dataset(), met.storedBytes()));
        } catch (NotFoundException noKnownKind) {
            failure = Optional.of(noKnownKind);
        }
        return new Group.Member(met.path(), met.depth(), link, object, failure, attributes);
    }

    /** What a group holds. */
    Listing listing(String path) {
        ResolvedObject group = catalog().resolve(path);
        Map<String, Dataset> variables = new LinkedHashMap<>();
        Set<String> groups = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        List<Link> links = group.catalog().links(group);
        for (int from = 0; from < links.size(); from += LISTED_TOGETHER) {
            List<Link> together = links.subList(from, Math.min(links.size(), from + LISTED_TOGETHER));
            group.catalog().rehearse(group, together);
            int next = from + together.size();
            group.catalog().prefetch(links.subList(next, Math.min(links.size(), next + LISTED_TOGETHER)));
            for (Link link : together) {
                String name = link.name();
                Optional<H5Object> member = member(group, link);
                if (member.isPresent() && member.get() instanceof Dataset dataset) {
                    variables.put(name, dataset);
                } else if (member.isPresent() && member.get() instanceof Group) {
                    groups.add(name);
                } else {
                    others.add(name);
                }
            }
        }
        return new Listing(
                Collections.unmodifiableMap(variables),
                attributesByName(group),
                Collections.unmodifiableSet(groups),
                Collections.unmodifiableSet(others));
    }

    private Optional<H5Object> member(ResolvedObject group, Link link) {
        try {
            return Optional.of(object(group.catalog().resolve(group, link)));
        } catch (H5Exception e) {
            if (saysNothingOfTheMember(e, link)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /**
     * Whether a failure is the storage's, so that a list without the member would be wrong. An external link whose
     * file cannot or must not be opened is a member like one that leads nowhere.
     */
    private static boolean saysNothingOfTheMember(H5Exception e, Link link) {
        return e instanceof ObjectChangedException
                || e instanceof ReadAbortedException
                || (e instanceof StorageFailureException && !(link instanceof Link.External));
    }

    /** What is known of one object. */
    Inspection inspection(String path) {
        ResolvedObject object = catalog().resolve(path);
        Map<String, Link> links = new LinkedHashMap<>();
        if (object.catalog().isGroup(object.header())) {
            owner(object).links(object).forEach(link -> links.put(link.name(), link));
        }
        Optional<Inspection.Metadata> metadata = object(object) instanceof Dataset dataset
                ? Optional.of(new Inspection.Metadata(
                        dataset.dataspace(), dataset.type(), dataset.storage(), dataset.filters()))
                : Optional.empty();
        return new Inspection(Collections.unmodifiableMap(links), attributesByName(object), metadata);
    }

    private Map<String, Attribute> attributesByName(ResolvedObject object) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        owner(object).attributes(object).forEach(attribute -> attributes.put(attribute.name(), attribute));
        return Collections.unmodifiableMap(attributes);
    }
}
