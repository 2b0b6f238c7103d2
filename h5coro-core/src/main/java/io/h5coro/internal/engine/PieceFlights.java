// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.filter.Span;
import io.h5coro.internal.cache.DecodedChunks;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.prepare.Piece;
import io.h5coro.internal.prepare.PieceKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The pieces on their way to the calls of one open file, and the decoded chunks that are kept: who wants a piece that
 * another call fetches waits for that, so that it is fetched and decoded once. Bounded by the pieces of the calls under
 * way. Thread-safe.
 */
final class PieceFlights {
    private final ConcurrentMap<PieceKey, PieceFlight> underWay = new ConcurrentHashMap<>();
    private final DecodedChunks kept;

    /** Calls that have ended and fetch what others wait for. */
    private final Set<CallFetch> ended = ConcurrentHashMap.newKeySet();

    PieceFlights(DecodedChunks kept) {
        this.kept = kept;
    }

    /** Those of a file. */
    static PieceFlights of(SourceFile file) {
        return file.kept(PieceFlights.class, f -> new PieceFlights(f.chunks()));
    }

    /**
     * Starts a flight; false when there is one of the same piece, which its user has then joined.
     *
     * <p>A flight that is found but has ended cannot be joined. It is removed, and the new one tries again.
     *
     * @param flight a new flight, led by the user's call
     * @param user what joins a known flight
     */
    boolean start(PieceFlight flight, Wanted user) {
        while (true) {
            PieceFlight known = underWay.putIfAbsent(flight.key(), flight);
            if (known == null) {
                return true;
            }
            if (known.join(user)) {
                return false;
            }
            boolean unused = underWay.remove(flight.key(), known);
        }
    }

    /**
     * A decoded chunk that was kept; null when there is none. Asked by whoever has started a flight: all that was kept
     * before is seen, so no chunk is fetched again that is here.
     */
    @Nullable
    Span kept(PieceFlight flight) {
        byte[] chunk = flight.piece().isEncoded() ? kept.get(flight.key()) : null;
        return chunk == null ? null : Span.of(chunk);
    }

    /** Whether a piece needs no request. */
    boolean isKept(Piece piece) {
        return piece.isEncoded() && kept.has(piece.key());
    }

    /** Ends a flight whose piece is decoded, and keeps it for other reads when it was used in part. */
    List<Wanted> end(PieceFlight flight, CallFetch by, Span plain) {
        return removed(flight, flight.end(by, () -> kept.keep(flight.key(), plain)));
    }

    /** Ends a flight that nobody waits for; false when somebody does. */
    boolean endDropped(PieceFlight flight) {
        boolean dropped = flight.endDropped();
        if (dropped) {
            boolean unused = underWay.remove(flight.key(), flight);
        }
        return dropped;
    }

    /** Ends a flight that failed. */
    List<Wanted> end(PieceFlight flight, CallFetch by) {
        return removed(flight, flight.end(by, null));
    }

    /** A call has ended: what it fetches, or waits for of others that have ended, may be wanted no more. */
    void ended(CallFetch call) {
        boolean unused = ended.add(call);
        unused = ended.removeIf(CallFetch::giveUpUnwanted);
    }

    private List<Wanted> removed(PieceFlight flight, List<Wanted> users) {
        if (!users.isEmpty()) {
            boolean unused = underWay.remove(flight.key(), flight);
        }
        return users;
    }

    /** Gives a flight up; who leads it now, or null when nobody needs to do anything. */
    @Nullable
    CallFetch giveUp(PieceFlight flight, CallFetch by) {
        return switch (flight.giveUp(by)) {
            case INHERITED -> flight.leader();
            case ENDED -> {
                boolean unused = underWay.remove(flight.key(), flight);
                yield null;
            }
            case OTHERS -> null;
        };
    }

    /** How often a piece under way is waited for. */
    int users() {
        return underWay.values().stream().mapToInt(PieceFlight::users).sum();
    }
}
