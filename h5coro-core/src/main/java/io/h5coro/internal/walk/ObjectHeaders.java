// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.cache.Purpose;
import io.h5coro.internal.cache.Recent;
import io.h5coro.internal.format.ObjectHeaderChunk;
import io.h5coro.internal.format.ObjectHeaderChunk.Continuation;
import io.h5coro.internal.format.ObjectHeaderPrefix;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.message.SharedReference;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads object headers: chunk 0, then all continuations of a chunk together. Thread-safe. */
public final class ObjectHeaders {
    /*
     * Round trips of one header: chunk 0 in one, all its continuations together in a second, theirs in a third. Most
     * objects have none or one level of them. A caller that begins several headers before it completes the first shares
     * these round trips between them.
     */

    /**
     * First read of a header. Nearly all chunk 0s of files that libhdf5 wrote are shorter (the 1.8 format allocates by
     * need, the old one 256 to 512 bytes), and the block cache reads more than that anyway.
     */
    static final int FIRST_READ = 512;

    private static final String CONTINUATION = "object header continuation";

    /** Headers of committed datatypes kept; files have few of them. */
    private static final int KEPT_SHARED = 64;

    private final Recent<ObjectHeader> sharedHeaders = new Recent<>(KEPT_SHARED);
    private final FileSpace file;
    private final SharedMessages shared;

    /** Headers of a file whose shared messages, if it has any, are in a table. */
    public ObjectHeaders(FileSpace file, SharedMessages shared) {
        this.file = file;
        this.shared = shared;
    }

    /** Asks for the heads of several headers, in one wave. Does not block. */
    public void prefetch(List<Long> addresses) {
        List<ByteRange> ranges = new ArrayList<>(addresses.size());
        for (long address : addresses) {
            if (address >= 0 && address < file.end()) {
                ranges.add(new ByteRange(address, Math.min(FIRST_READ, file.end() - address)));
            }
        }
        file.prefetch(ranges, "object header");
    }

    /** Reads a header with all its chunks. */
    public ObjectHeader read(long address) {
        return begin(address).complete();
    }

    /**
     * Reads chunk 0 of a header and asks for its continuations, without waiting for them: {@link ObjectHeader} says
     * what that obliges to.
     */
    public ObjectHeader begin(long address) {
        file.check(address, 1, "object header");
        file.prefetch(
                List.of(new ByteRange(address, Math.min(FIRST_READ, file.end() - address))),
                Purpose.HEADER,
                "object header");
        Cursor head = file.readUpTo(address, FIRST_READ, "object header");
        ObjectHeaderPrefix prefix = ObjectHeaderPrefix.parse(head);
        List<RawMessage> leading = new ArrayList<>();
        List<Continuation> next = readFirst(head, prefix, leading);
        check(address, prefix, leading);
        if (next.isEmpty()) {
            return new ObjectHeader(address, prefix, leading, null);
        }
        List<ByteRange> ranges = new ArrayList<>();
        for (Continuation continuation : next) {
            ranges.add(file.range(continuation.address(), continuation.length(), CONTINUATION));
        }
        boolean oldGroup = has(leading, RawMessage.SYMBOL_TABLE) && !has(leading, RawMessage.LINK_INFO);
        boolean leads = oldGroup || has(leading, RawMessage.LINK_INFO) || has(leading, RawMessage.LAYOUT);
        file.prefetch(ranges, leads ? Purpose.ASIDE : Purpose.POINTER, CONTINUATION);
        Where where = new Where(file.origin().source(), null, address);
        return new ObjectHeader(address, prefix, leading, new ObjectHeader.Rest(where, () -> {
            List<RawMessage> rest = continued(prefix, next);
            check(address, prefix, rest);
            if (oldGroup && has(rest, RawMessage.LINK_INFO)) {
                throw malformed(address, "object header with a symbol table and, in a continuation, link info");
            }
            return rest;
        }));
    }

    private static boolean has(List<RawMessage> messages, int type) {
        return messages.stream().anyMatch(m -> m.type() == type);
    }

    /** The messages of continuations, and of those that they continue in. */
    private List<RawMessage> continued(ObjectHeaderPrefix prefix, List<Continuation> first) {
        List<RawMessage> messages = new ArrayList<>();
        List<Continuation> next = new ArrayList<>(first);
        Set<Long> visited = new HashSet<>();
        MetadataBudget budget = new MetadataBudget(file, "object header");
        while (!next.isEmpty()) {
            List<ByteRange> ranges = new ArrayList<>();
            for (Continuation continuation : next) {
                if (!visited.add(continuation.address())) {
                    throw malformed(continuation.address(), "object header reaches this continuation twice");
                }
                budget.spend(continuation.length());
                ranges.add(file.range(continuation.address(), continuation.length(), CONTINUATION));
            }
            next.clear();
            for (Cursor chunk : file.readAll(ranges, CONTINUATION)) {
                next.addAll(readContinuation(chunk, prefix, messages));
            }
        }
        return messages;
    }

    private void check(long address, ObjectHeaderPrefix prefix, List<RawMessage> messages) {
        for (RawMessage message : messages) {
            if (message.type() == RawMessage.REFERENCE_COUNT && prefix.version() == 1) {
                throw malformed(address, "object header of version 1 with a reference count message");
            }
            if (message.forbidsReading()) {
                throw new UnsupportedFeatureException(
                        where(address),
                        "header message of unknown type " + message.type() + ", marked as needed to read the object,");
            }
        }
    }

    /**
     * Reads the messages of chunk 0; blocks when it is longer than the first read.
     *
     * @param head the first read
     * @return its continuations
     */
    private List<Continuation> readFirst(Cursor head, ObjectHeaderPrefix prefix, List<RawMessage> messages) {
        int checksum = prefix.version() == 1 ? 0 : 4;
        Cursor start = head.copy();
        long address = start.position() - file.base();
        if (prefix.chunkSize() > Integer.MAX_VALUE - 64) {
            throw malformed(address, "object header of " + prefix.chunkSize() + " bytes");
        }
        long length = prefix.size() + prefix.chunkSize() + checksum;
        Cursor c =
                length <= start.remaining() ? start.slice((int) length) : file.read(address, length, "object header");
        c.skip(prefix.size());
        return prefix.version() == 1 ? addV1(c, messages) : addV2(c, prefix, messages);
    }

    /**
     * A continuation of version 1 has messages only; one of version 2 has a signature in front and a checksum behind.
     */
    private List<Continuation> readContinuation(Cursor c, ObjectHeaderPrefix prefix, List<RawMessage> messages) {
        if (prefix.version() == 1) {
            return addV1(c, messages);
        }
        c.signature("OCHK");
        return addV2(c, prefix, messages);
    }

    private static List<Continuation> addV1(Cursor c, List<RawMessage> messages) {
        ObjectHeaderChunk chunk = ObjectHeaderChunk.parseV1(c);
        messages.addAll(chunk.messages());
        return chunk.continuations();
    }

    /**
     * Compares the checksum, which covers the chunk from its signature on, before any message is parsed.
     *
     * @param c stands at the first message; starts where the chunk starts
     */
    private List<Continuation> addV2(Cursor c, ObjectHeaderPrefix prefix, List<RawMessage> messages) {
        if (c.remaining() < 4) {
            throw c.malformed("object header chunk without room for its checksum");
        }
        Cursor body = c.slice(c.remaining() - 4);
        c.checksum(file.options().verifyChecksums(), "object header chunk");
        ObjectHeaderChunk chunk = ObjectHeaderChunk.parseV2(body, prefix.tracksCreationIndexes());
        messages.addAll(chunk.messages());
        return chunk.continuations();
    }

    /** The body of a message, wherever it stands. Blocks when the message is shared. */
    public Cursor body(RawMessage message) {
        return message.isShared() ? shared(message.type(), message.cursor()) : message.cursor();
    }

    /** The body of the first message of a type. */
    public Optional<Cursor> body(ObjectHeader header, int type) {
        return header.first(type).map(this::body);
    }

    /** The body that a reference to a shared message of a type leads to. */
    public Cursor shared(int type, Cursor reference) {
        SharedReference target = SharedReference.parse(reference);
        if (target.inHeap()) {
            return shared.body(type, target.heapId());
        }
        RawMessage message = sharedHeader(target.headerAddress())
                .first(type)
                .orElseThrow(() -> malformed(
                        target.headerAddress(),
                        "object header without the message of type " + type + " that another one shares"));
        if (message.isShared()) {
            throw malformed(target.headerAddress(), "shared message of type " + type + " that is itself a reference");
        }
        return message.cursor();
    }

    /**
     * Many objects share the messages of few headers; each is parsed once. Not the same as the catalog's kept headers:
     * these are complete, and few.
     */
    private ObjectHeader sharedHeader(long address) {
        ObjectHeader known = sharedHeaders.get(address);
        if (known == null) {
            known = read(address);
            sharedHeaders.put(address, known, 1);
        }
        return known;
    }

    private Where where(long address) {
        return new Where(file.origin().source(), null, file.base() + address);
    }

    private MalformedFileException malformed(long address, String problem) {
        return new MalformedFileException(where(Math.max(0, address)), problem);
    }
}
