// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import io.h5coro.sim.World;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The way of one request: connection, time to the head, the body in portions, with the one fault that was drawn for it.
 * It ends once, whatever comes first: its end, a break, or the client's cancel.
 */
final class Serving implements Transfer {
    /** Shortest stall: the product's time-outs of an attempt are 30 s. */
    private static final long STALL_NANOS = 35_000_000_000L;

    /** Times after which clients give an attempt up. */
    private static final long SHORT_WAIT_NANOS = 2_000_000_000L;

    private static final long LONG_WAIT_NANOS = 30_000_000_000L;

    /** Most portions of a body: each is an event. */
    private static final int MOST_PORTIONS = 5;

    /** Portions of a body that drips, and the longest pause between two. */
    private static final int DRIPS = 40;

    private static final long DRIP_NANOS = 20_000_000_000L;

    private final SimStore store;
    private final World world;
    private final Asked asked;
    private final Hearing client;
    private final SplittableRandom chance;
    private final @Nullable FaultKind fate;
    private final long number;
    private final long askedBytes;

    private @Nullable Answer answer;
    private boolean over;
    private boolean inBody;
    /** Portions that the client wants and has not got. */
    private long wanted;
    /** What is to be done as soon as the client wants a portion; null while a portion is on its way. */
    private @Nullable Runnable waiting;
    /** How much of the body has come. */
    private int sent;
    /** Where the body breaks off, stalls or goes wrong; its length when it does not. */
    private int turn;

    Serving(SimStore store, Asked asked, Hearing client) {
        this.store = store;
        this.world = store.world();
        this.asked = asked;
        this.client = client;
        this.chance = new SplittableRandom(world.chance().nextLong());
        this.fate = store.weather().draw(chance).orElse(null);
        this.askedBytes = asked.range().map(r -> r.end() - r.start()).orElse(0L);
        store.figures().starts(asked, askedBytes);
        store.stirs();
        this.number = store.figures().started();
    }

    Transfer begin() {
        world.note("#" + number + " " + asked.shown());
        long connect = store.takeIdle() ? 0 : store.network().connect().toNanos();
        long reply = store.network().firstByteNanos(chance);
        if (store.windows().left(FaultKind.SLOW_PREFIX, asked.prefix()) > 0) {
            store.meet(FaultKind.SLOW_PREFIX);
            reply *= 20;
        }
        long there = connect + reply / 2;
        long back = Math.max(1, reply - reply / 2);
        if (is(FaultKind.UNREACHABLE)) {
            later(there, () -> breakOff(new ConnectException("Connection refused"), FaultKind.UNREACHABLE));
        } else if (is(FaultKind.RESET_BEFORE)) {
            later(there, () -> breakOff(new SocketException("Connection reset"), FaultKind.RESET_BEFORE));
        } else if (is(FaultKind.GARBLED)) {
            later(there, () -> breakOff(new ProtocolException("Invalid status line"), FaultKind.GARBLED));
        } else if (is(FaultKind.STALL_BEFORE)) {
            store.meet(FaultKind.STALL_BEFORE);
            later(there + stallNanos(), () -> arrive(back));
        } else {
            later(there, () -> arrive(back));
        }
        return this;
    }

    private boolean is(FaultKind kind) {
        return fate == kind;
    }

    private long stallNanos() {
        return STALL_NANOS + chance.nextLong(3 * STALL_NANOS);
    }

    /** Shorter than anybody waits, or a little longer than one of the usual times. */
    private long heldNanos() {
        long[] from = {0, SHORT_WAIT_NANOS, LONG_WAIT_NANOS};
        return from[chance.nextInt(from.length)] + 1 + chance.nextLong(SHORT_WAIT_NANOS);
    }

    /** An event of this request, which waits for the end of a partition, and happens only while it is not over. */
    private void later(long nanos, Runnable event) {
        world.after(nanos, () -> {
            if (over) {
                return;
            }
            long cut = store.windows().left(FaultKind.PARTITION, "");
            if (cut > 0) {
                store.meet(FaultKind.PARTITION);
                later(cut + 1 + chance.nextLong(100_000_000L), event);
            } else {
                event.run();
            }
        });
    }

    /** The request is at the server: the answer is that of the object as it is now. */
    private void arrive(long back) {
        Answer made = new Answering(store, asked, fate, chance).answer();
        answer = made;
        turn = turnOf(made);
        world.note("#" + number + " " + made.status() + (fate == null ? "" : " " + fate));
        later(back, () -> head(made));
    }

    /** Where a body changes its manner. */
    private int turnOf(Answer made) {
        boolean turns = is(FaultKind.RESET_WITHIN) || is(FaultKind.SHORT_BODY) || is(FaultKind.STALL_WITHIN);
        int length = made.body().length();
        return turns && length > 0 ? chance.nextInt(length) : length;
    }

    private void head(Answer made) {
        inBody = true;
        store.transferring(1);
        client.head(made.status(), made.headers());
        if (!over) {
            next(made);
        }
    }

    /** Goes on with the body when the client wants it; the end needs no demand. */
    private void next(Answer made) {
        int length = asked.isHead() ? 0 : made.body().length();
        if (sent == length) {
            end();
        } else if (sent == turn) {
            turn(made);
        } else if (wanted == 0) {
            waiting = () -> portion(made);
        } else {
            portion(made);
        }
    }

    /** The body has come to the place where its fault is. */
    private void turn(Answer made) {
        turn = made.body().length();
        if (is(FaultKind.RESET_WITHIN)) {
            later(1, () -> breakOff(new SocketException("Connection reset"), FaultKind.RESET_WITHIN));
        } else if (is(FaultKind.SHORT_BODY)) {
            String text = made.isAnnounced()
                    ? "fixed content-length: " + made.body().length() + ", bytes received: " + sent
                    : "EOF reached while reading";
            later(1, () -> breakOff(new IOException(text), FaultKind.SHORT_BODY));
        } else {
            store.meet(FaultKind.STALL_WITHIN);
            later(stallNanos(), () -> next(made));
        }
    }

    private void portion(Answer made) {
        waiting = null;
        wanted--;
        boolean drips = is(FaultKind.DRIP) && made.faithful();
        int most = Math.max(1, made.body().length() / (drips ? DRIPS : MOST_PORTIONS));
        int whole = turn - sent;
        int size = drips ? Math.min(whole, most) : Math.min(whole, most + chance.nextInt(whole));
        long nanos = store.network().transferNanos(size, store.transferring());
        if (drips) {
            store.meet(FaultKind.DRIP);
            nanos += chance.nextLong(DRIP_NANOS);
        }
        later(Math.max(1, nanos), () -> {
            int from = made.body().start() + sent;
            sent += size;
            store.figures().sends(size);
            if (made.faithful() && made.status() == 206) {
                store.figures().tells(asked);
            }
            if (is(FaultKind.HELD) && made.faithful() && client.held(heldNanos())) {
                store.meet(FaultKind.HELD);
            }
            client.bytes(
                    ByteBuffer.wrap(made.body().array(), from, size).slice().asReadOnlyBuffer());
            if (!over) {
                next(made);
            }
        });
    }

    private void end() {
        boolean late = is(FaultKind.LATE_END) && answer != null && answer.faithful();
        if (!late) {
            finish();
            return;
        }
        store.meet(FaultKind.LATE_END);
        later(1 + chance.nextLong(2_000_000_000L), this::finish);
    }

    private void finish() {
        over();
        store.giveIdle();
        client.end();
    }

    private void breakOff(IOException why, FaultKind kind) {
        store.meet(kind);
        world.note("#" + number + " breaks: " + kind);
        store.figures().breaks();
        over();
        client.broken(why);
    }

    private void over() {
        over = true;
        waiting = null;
        if (inBody) {
            store.transferring(-1);
        }
        store.figures().ends(askedBytes);
        store.stirs();
    }

    @Override
    public void request(long portions) {
        wanted = wanted + portions < 0 ? Long.MAX_VALUE : wanted + portions;
        Runnable next = waiting;
        if (next != null && wanted > 0) {
            next.run();
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            world.note("#" + number + " is cancelled");
            store.figures().cancels();
            over();
        }
    }
}
