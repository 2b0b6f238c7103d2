// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.SoughtName;
import io.h5coro.internal.format.Attempt;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.message.AttributeMessage;
import io.h5coro.internal.format.message.DataspaceMessage;
import io.h5coro.internal.format.message.DatatypeMessage;
import io.h5coro.internal.format.message.ExternalFileList;
import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.FillValueMessage;
import io.h5coro.internal.format.message.FilterPipelineMessage;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.format.message.LayoutMessage;
import io.h5coro.internal.format.message.SharedReference;
import io.h5coro.internal.walk.AttributeReader;
import io.h5coro.internal.walk.AttributeReader.StoredAttribute;
import io.h5coro.internal.walk.HdfFile;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.internal.walk.ObjectHeaders;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.FileInfo.FileSpaceInfo;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ObjectInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts the messages of a header together: what a dataset, an attribute or a committed datatype is. Thread-safe. */
public final class Descriptors {
    /** What the library uses where neither superblock nor extension says (HDF5_BTREE_SNODE_IK_DEF). */
    private static final int DEFAULT_GROUP_INTERNAL_K = 16;

    /** Likewise (H5F_CRT_SYM_LEAF_DEF). */
    private static final int DEFAULT_GROUP_LEAF_K = 4;

    /** Likewise (HDF5_BTREE_CHUNK_IK_DEF). */
    private static final int DEFAULT_CHUNK_INTERNAL_K = 32;

    private final HdfFile file;
    private final ObjectHeaders headers;
    private final AttributeReader attributes;

    /** Descriptors of a file's objects. */
    public Descriptors(HdfFile file) {
        this.file = file;
        this.headers = file.headers();
        this.attributes = new AttributeReader(file);
    }

    /**
     * The descriptor of a dataset. Blocks only for messages in continuations or shared with other headers. The virtual
     * dataset's extent is that of its header.
     *
     * @throws NotFoundException when the object is not a dataset
     * @throws H5Exception when a message is missing, malformed or not supported; it names the object's path
     */
    public DatasetDescriptor dataset(ResolvedObject object) {
        ObjectHeader header = object.header();
        if (!ObjectCatalog.isDataset(header)) {
            throw new NotFoundException(where(object.path()), "is not a dataset");
        }
        try {
            Dataspace space = DataspaceMessage.parse(required(header, RawMessage.DATASPACE));
            ElementType type = DatatypeMessage.parse(required(header, RawMessage.DATATYPE));
            refuseImplausible(type, header);
            Layout layout = layout(header);
            if (layout instanceof Layout.Chunked chunked
                    && chunked.chunkShape().length != space.shape().rank()) {
                throw malformed(
                        header,
                        "chunks of rank " + chunked.chunkShape().length + " in a dataset of rank "
                                + space.shape().rank());
            }
            List<FilterDescription> filters = headers.body(header, RawMessage.FILTERS)
                    .map(FilterPipelineMessage::parse)
                    .orElse(List.of());
            return new DatasetDescriptor(
                    object.path(), header.address(), space, type, layout, filters, fill(header, layout));
        } catch (H5Exception e) {
            throw e.in(object.path());
        }
    }

    /** A contiguous layout whose header also has a list of external files is stored in these. */
    private Layout layout(ObjectHeader header) {
        Layout layout = LayoutMessage.parse(required(header, RawMessage.LAYOUT));
        if (!(layout instanceof Layout.Contiguous)) {
            return layout;
        }
        Optional<Cursor> external = headers.body(header, RawMessage.EXTERNAL_FILES);
        return external.isPresent() ? new Layout.External(ExternalFileList.parse(external.get())) : layout;
    }

    /** The new message counts where a header has both. */
    private FillValue fill(ObjectHeader header, Layout layout) {
        Optional<Cursor> message = headers.body(header, RawMessage.FILL);
        return message.map(FillValueMessage::parse)
                .or(() -> headers.body(header, RawMessage.FILL_OLD).map(FillValueMessage::parseOld))
                .orElseGet(() -> FillValue.absent(layout));
    }

    /**
     * Numbers more than half of whose bits are unused are taken for damage where no checksum vouches for the header, as
     * libhdf5 does (H5T_is_numeric_with_unusual_unused_bits).
     */
    private void refuseImplausible(ElementType type, ObjectHeader header) {
        int used = type instanceof IntegerType i
                ? i.offset() + i.precision()
                : type instanceof FloatType f
                        ? f.offset() + f.precision()
                        : type instanceof BitfieldType b ? b.offset() + b.precision() : -1;
        if (header.prefix().version() == 1 && used > 0 && type.size() > 1 && 8L * type.size() > 2L * used) {
            throw malformed(header, "datatype that uses " + used + " bits of its " + type.size() + " bytes");
        }
    }

    /** The datatype of a header: a dataset's, or what a committed datatype is. */
    public ElementType type(ResolvedObject object) {
        try {
            return DatatypeMessage.parse(required(object.header(), RawMessage.DATATYPE));
        } catch (H5Exception e) {
            throw e.in(object.path());
        }
    }

    /** Header of the committed datatype that an object shares; -1 when its datatype is its own. */
    public static long committedType(ObjectHeader header) {
        return header.first(RawMessage.DATATYPE)
                .filter(RawMessage::isShared)
                .map(m -> SharedReference.parse(m.cursor()))
                .filter(r -> !r.inHeap())
                .map(SharedReference::headerAddress)
                .orElse(-1L);
    }

    /** All attributes of an object, in ascending order of their names' bytes, those that cannot be read included. */
    public List<ListedAttribute> attributes(ResolvedObject object) {
        try {
            return MemoryLimit.within(
                    where(object.path()),
                    () -> attributes.all(object.header()).stream()
                            .map(stored -> listed(object, stored))
                            .toList());
        } catch (H5Exception e) {
            throw e.in(object.path());
        }
    }

    private ListedAttribute listed(ResolvedObject object, StoredAttribute stored) {
        String path = object.path() + "@" + stored.name().text();
        return new ListedAttribute(
                path, stored.name(), stored.creationOrder(), Attempt.of(() -> descriptor(path, stored)));
    }

    /**
     * The attribute of a name.
     *
     * @throws H5Exception when it cannot be read
     */
    public Optional<ListedAttribute> attribute(ResolvedObject object, String name) {
        try {
            Optional<ListedAttribute> found = MemoryLimit.within(
                    where(object.path()),
                    () -> attributes
                            .find(object.header(), SoughtName.typed(name))
                            .map(stored -> listed(object, stored)));
            found.ifPresent(attribute -> attribute.content().get());
            return found;
        } catch (H5Exception e) {
            throw e.in(object.path() + "@" + name);
        }
    }

    /** Parses the parts of an attribute and checks that its data are all there; blocks for shared types. */
    private AttributeDescriptor descriptor(String path, StoredAttribute stored) {
        try {
            AttributeMessage message = stored.message().get();
            ElementType type = DatatypeMessage.parse(part(message.type(), RawMessage.DATATYPE));
            Dataspace space = DataspaceMessage.parse(part(message.space(), RawMessage.DATASPACE));
            long bytes = Math.multiplyExact(space.elementCount(), type.size());
            Cursor data = message.data().copy();
            if (bytes > data.remaining()) {
                throw data.malformed("attribute of " + space.elementCount() + " elements of " + type.size()
                        + " bytes with " + data.remaining() + " bytes of data");
            }
            return new AttributeDescriptor(path, space, type, committed(message), data.bytes((int) bytes));
        } catch (H5Exception e) {
            throw e.in(path);
        } catch (ArithmeticException e) {
            throw new MalformedFileException(where(path), "attribute of more than 2^63 - 1 bytes", e);
        }
    }

    private static long committed(AttributeMessage message) {
        if (!message.type().shared()) {
            return -1;
        }
        SharedReference reference = SharedReference.parse(message.type().body().copy());
        return reference.inHeap() ? -1 : reference.headerAddress();
    }

    /** The body of a part: its own bytes, or those of the message that it refers to. */
    private Cursor part(AttributeMessage.Part part, int type) {
        return part.shared()
                ? headers.shared(type, part.body().copy())
                : part.body().copy();
    }

    /**
     * The body of the first message of a type; may wait for continuations.
     *
     * @throws MalformedFileException when the header has no such message
     */
    private Cursor required(ObjectHeader header, int type) {
        return headers.body(header, type)
                .orElseThrow(() -> malformed(header, "object header without a message of type " + type));
    }

    private MalformedFileException malformed(ObjectHeader header, String problem) {
        return new MalformedFileException(
                new Where(file.space().origin().source(), null, file.space().base() + header.address()), problem);
    }

    private Where where(String path) {
        return Where.object(file.space().origin().source(), path);
    }

    /** What a header says beside the object's contents. */
    public ObjectInfo info(ResolvedObject object) {
        ObjectHeader header = object.header();
        try {
            long references = headers.body(header, RawMessage.REFERENCE_COUNT)
                    .map(Descriptors::referenceCount)
                    .orElse(header.prefix().referenceCount());
            OptionalLong modified = headers.body(header, RawMessage.MODIFIED)
                    .map(c -> OptionalLong.of(modified(c)))
                    .orElse(
                            header.prefix().modified() < 0
                                    ? OptionalLong.empty()
                                    : OptionalLong.of(header.prefix().modified()));
            return new ObjectInfo(
                    header.address(),
                    header.prefix().version(),
                    references,
                    modified,
                    headers.body(header, RawMessage.COMMENT).map(Cursor::nulTerminated),
                    attributes.tracksCreationOrder(header));
        } catch (H5Exception e) {
            throw e.in(object.path());
        }
    }

    /** Message 0x16: version 0(1) hard links(4). */
    private static long referenceCount(Cursor c) {
        c.version("object reference count message", 0, 0);
        return c.u32();
    }

    /** Message 0x12: version 1(1) 0(3) seconds since 1970(4). */
    private static long modified(Cursor c) {
        c.version("object modification time message", 1, 1);
        return c.skip(3).u32();
    }

    /** The pieces of an external file list with their files' names. */
    public List<DatasetStorage.Piece> externalPieces(ExternalFileList files) {
        return io.h5coro.internal.walk.ExternalFiles.pieces(file.space(), files);
    }

    /** Half the entries of a group B-tree node. */
    public int groupInternalK() {
        return file.superblock().version() < 2
                ? file.superblock().groupInternalK()
                : btreeK(2, DEFAULT_GROUP_INTERNAL_K);
    }

    /** Half the entries of a symbol table node. */
    public int groupLeafK() {
        return file.superblock().version() < 2 ? file.superblock().groupLeafK() : btreeK(4, DEFAULT_GROUP_LEAF_K);
    }

    /** Half the entries of a chunk B-tree node. */
    public int chunkInternalK() {
        return file.superblock().version() < 2
                ? file.superblock().chunkInternalK()
                : btreeK(0, DEFAULT_CHUNK_INTERNAL_K);
    }

    /**
     * Message 0x13: version 0(1) chunk K(2) group internal K(2) group leaf K(2).
     *
     * @param offset bytes from the version to the value
     * @param absent what to give when the file has no such message
     */
    private int btreeK(int offset, int absent) {
        return extension(RawMessage.BTREE_K)
                .map(c -> {
                    c.version("B-tree K values message", 0, 0);
                    return c.skip(offset).u16();
                })
                .orElse(absent);
    }

    private Optional<Cursor> extension(int type) {
        ObjectHeader extension = file.extension();
        return extension == null ? Optional.empty() : headers.body(extension, type);
    }

    /** How free space is managed. */
    public FileSpaceInfo fileSpace() {
        return file.fileSpace();
    }
}
