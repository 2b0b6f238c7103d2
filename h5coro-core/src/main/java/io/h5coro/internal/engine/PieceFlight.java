// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.filter.Span;
import io.h5coro.internal.decode.ChunkDecodeException;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.prepare.Piece;
import io.h5coro.internal.prepare.PieceKey;
import io.h5coro.internal.watch.Watch;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece on its way, for all who want it: one call leads, which means that it fetches and decodes, the others wait for
 * it. When the leader gives up before the bytes are here, another one leads. Thread-safe.
 */
final class PieceFlight {
    private final PieceKey key;
    private final Piece piece;

    private @Nullable CallFetch leader;

    /** Invariant: who wants it, in the order in which they came; empty once it has ended. */
    private List<Wanted> users;

    private boolean arrived;
    private boolean ended;

    PieceFlight(Wanted first, CallFetch leader) {
        this.key = first.piece().key();
        this.piece = first.piece();
        this.leader = leader;
        this.users = List.of(first);
    }

    PieceKey key() {
        return key;
    }

    /** The piece as its first user has it; any of them would do. */
    Piece piece() {
        return piece;
    }

    /** Decodes it, and tells of that whoever watches the file. */
    Span decode(Span stored, StageBuffers buffers, SourceFile file) throws ChunkDecodeException {
        Watch watch = file.watch();
        if (!piece.isEncoded() || !watch.isOn()) {
            return piece.decode(stored, buffers);
        }
        Watch.Decoding decoding = watch.decoding(file.source(), object());
        Span plain = piece.decode(stored, buffers);
        decoding.ended(piece.range(), piece.encodedChunks(), plain.length());
        return plain;
    }

    /** The path under which the first of those who want it asked for it. */
    private synchronized String object() {
        String path = users.isEmpty() ? null : users.get(0).read().where().object();
        return path == null ? "" : path;
    }

    /** Where pieces stand. */
    static List<ByteRange> ranges(List<PieceFlight> of) {
        return of.stream().map(flight -> flight.piece.range()).toList();
    }

    /** Adds a user; false when it has ended. */
    synchronized boolean join(Wanted user) {
        if (ended) {
            return false;
        }
        if (users.size() == 1) {
            users = new ArrayList<>(users);
        }
        users.add(user);
        return true;
    }

    synchronized int users() {
        return users.size();
    }

    /** Says that the bytes are here; false when another call leads now, or it has ended. */
    synchronized boolean arrive(CallFetch by) {
        if (leader != by || ended || arrived) {
            return false;
        }
        arrived = true;
        return true;
    }

    /** Ends it when nobody waits for it any more: they were cancelled, or failed by another piece. */
    synchronized boolean endDropped() {
        for (Wanted user : users) {
            if (!user.isDropped()) {
                return false;
            }
        }
        List<Wanted> unused = end();
        return true;
    }

    /**
     * Ends it.
     *
     * @param kept is run when one of the users used only a part, before anybody can ask for the piece again
     * @return those who wait for it; none when another call leads now, or it has ended
     */
    synchronized List<Wanted> end(CallFetch by, @Nullable Runnable kept) {
        if (leader != by || ended) {
            return List.of();
        }
        if (kept != null && users.stream().anyMatch(user -> user.piece().isUsedInPart())) {
            kept.run();
        }
        return end();
    }

    private List<Wanted> end() {
        List<Wanted> all = users;
        ended = true;
        leader = null;
        users = List.of();
        return all;
    }

    /** What became of a flight whose leader gave up. */
    enum Fate {
        /** It is another's, has arrived or has ended: nothing to do. */
        OTHERS,
        /** Nobody else wants it: it has ended. */
        ENDED,
        /** Another call leads. */
        INHERITED
    }

    /** Gives it up: the next call that wants it leads. */
    synchronized Fate giveUp(CallFetch by) {
        if (leader != by || ended || arrived) {
            return Fate.OTHERS;
        }
        List<Wanted> left = new ArrayList<>();
        for (Wanted user : users) {
            if (user.call().fetch() != by && !user.isDropped()) {
                left.add(user);
            }
        }
        if (left.isEmpty()) {
            List<Wanted> unused = end();
            return Fate.ENDED;
        }
        users = left;
        leader = left.get(0).call().fetch();
        return Fate.INHERITED;
    }

    /** Who fetches it; null once it has ended. */
    synchronized @Nullable CallFetch leader() {
        return leader;
    }
}
