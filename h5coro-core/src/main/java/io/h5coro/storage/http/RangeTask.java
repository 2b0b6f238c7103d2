// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.http.Fault.Remedy;
import io.h5coro.storage.object.Attempts;
import io.h5coro.storage.object.ErrorDocument;
import io.h5coro.storage.object.ObjectVersion;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gets one range, with as many requests as it takes: redirects, another attempt after a fault, the missing tail of a
 * body that broke off. One exchange at a time. Thread-safe.
 */
final class RangeTask {
    /**
     * How often one range renews its credentials, or finds a remembered redirect stale; more is a server that never
     * agrees.
     */
    private static final int MAX_RENEWALS = 3;

    /** A server may send less than asked; pieces from this size on do not count as faults. */
    private static final int FAIR_PIECE_BYTES = 1 << 16;

    private final HttpRangeReader reader;
    private final SharedClient.Live client;
    private final ByteRange range;
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
    private final Attempts attempts;
    private volatile long deadlineNanos;

    /** The array is written by the sink of the one exchange that is not over. */
    @GuardedBy("this")
    private byte @Nullable [] bytes;

    @GuardedBy("this")
    private int filled;

    @GuardedBy("this")
    private int renewals;

    @GuardedBy("this")
    private boolean slotTaken;

    @GuardedBy("this")
    private boolean ended;

    @GuardedBy("this")
    private @Nullable Exchange exchange;

    @GuardedBy("this")
    private @Nullable CompletableFuture<Void> pause;

    RangeTask(HttpRangeReader reader, SharedClient.Live client, ByteRange range) {
        this.reader = reader;
        this.client = client;
        this.range = range;
        this.attempts = new Attempts(reader.limits());
        // Whoever completes the future from outside, as by cancel, ends the request.
        CompletableFuture<byte[]> unused = answer.whenComplete((done, thrown) -> end());
    }

    CompletableFuture<byte[]> answer() {
        return answer;
    }

    String source() {
        return reader.source();
    }

    long stallNanos() {
        return reader.options().attemptTimeout.toNanos();
    }

    /** Whether the server has told of the object; until then silence is that of a host that is not there. */
    boolean hasEverBeenAnswered() {
        return reader.pin().size().isPresent();
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Begins, with a slot. */
    void start() {
        boolean unwanted;
        synchronized (this) {
            unwanted = ended;
            slotTaken = !unwanted;
        }
        if (unwanted) {
            reader.ended(this, client, true);
            return;
        }
        deadlineNanos = System.nanoTime() + reader.options().totalTimeout.toNanos();
        attempt();
    }

    private void attempt() {
        try {
            ByteRange asked = missing();
            if (asked.length() == 0) {
                succeed();
                return;
            }
            Access.Pass pass = reader.access().pass();
            URI shortcut = pass.shortcut();
            send(pass, shortcut == null ? pass.url() : shortcut, asked, 0);
        } catch (StorageException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(Fault.of(source(), e).failure());
        }
    }

    /** What is still to be asked for, cut at the end of the object as soon as that is known. */
    private synchronized ByteRange missing() {
        return new ByteRange(range.offset() + filled, Math.max(0, wanted() - filled));
    }

    /** The length of the range in the object, as far as its size is known. */
    private long wanted() {
        return Math.max(0, Math.min(range.end(), reader.pin().size().orElse(Long.MAX_VALUE)) - range.offset());
    }

    private void send(Access.Pass pass, URI url, ByteRange asked, int hop) {
        Exchange next = new Exchange(this, client, pass, url, asked, hop);
        synchronized (this) {
            if (ended) {
                return;
            }
            exchange = next;
        }
        next.send(reader.options(), reader.pin().condition().orElse(null));
    }

    Verdict judge(Head head) {
        return reader.rules().judge(head);
    }

    Verdict judge(Head head, ErrorDocument document) {
        return reader.rules().judge(head, document);
    }

    /** The place for the bytes of an answer, once its version is known to be the right one. */
    BodySink.Room makeRoom(Verdict.Bytes coming) throws StorageException {
        reader.check(coming.version());
        synchronized (this) {
            long wanted = wanted();
            // Without a size, no more than what comes: the end of the range may be far behind that of the object.
            long room = reader.pin().size().isPresent() ? wanted : filled + coming.lengthBytes();
            if (room > ByteRange.MOST_IN_ARRAY) {
                throw new StorageException(
                        Kind.INVALID, source() + ": the range " + range + " does not fit into one array");
            }
            if (filled + coming.lengthBytes() > room) {
                throw new StorageException(Kind.PROTOCOL, source() + ": the server sends more than the object has");
            }
            byte[] grown = bytes == null ? new byte[(int) room] : resized(bytes, (int) room);
            bytes = grown;
            return new BodySink.Room(grown, filled, (int) coming.lengthBytes(), coming.isAnnounced());
        }
    }

    private static byte[] resized(byte[] array, int length) {
        return array.length == length ? array : Arrays.copyOf(array, length);
    }

    /**
     * An exchange is over.
     *
     * @param fault what happened on the way, null for nothing
     */
    void concluded(Exchange over, Exchange.Ending ending, @Nullable Fault fault) {
        try {
            Verdict verdict = ending.verdict();
            if (verdict instanceof Verdict.Bytes came) {
                arrived(over, came, ending.reached(), fault);
            } else if (verdict instanceof Verdict.Whole whole) {
                arrivedWhole(over, whole, ending.collected(), fault);
            } else if (verdict instanceof Verdict.Ends ends) {
                endsAt(ends.sizeBytes());
            } else if (verdict instanceof Verdict.Elsewhere elsewhere) {
                follow(over, elsewhere.location());
            } else if (verdict instanceof Verdict.Refused refused) {
                recover(over, refused.fault(), 1);
            } else {
                silent(over, fault == null ? brokeOff() : fault);
            }
        } catch (StorageException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(Fault.of(source(), e).failure());
        }
    }

    /** No head came. The JDK's client has sent a request without a body once more when its connection broke before. */
    private void silent(Exchange over, Fault fault) throws StorageException {
        recover(over, fault, fault.failure().kind() == Kind.UNAVAILABLE ? 2 : 1);
    }

    private void arrived(Exchange over, Verdict.Bytes came, int reached, @Nullable Fault fault)
            throws StorageException {
        int gained;
        boolean complete;
        synchronized (this) {
            gained = reached - filled;
            filled = reached;
            complete = filled == wanted();
        }
        if (over.hop() > 0) {
            reader.access().remember(over.pass(), over.url());
        }
        if (complete) {
            succeed();
        } else if (gained == came.lengthBytes() && gained >= FAIR_PIECE_BYTES) {
            attempt();
        } else {
            recover(over, fault == null ? brokeOff() : fault, 1);
        }
    }

    /** The whole object, whose size is now known. */
    private void arrivedWhole(Exchange over, Verdict.Whole whole, byte[] body, @Nullable Fault fault)
            throws StorageException {
        if (fault != null) {
            recover(over, fault, 1);
            return;
        }
        ObjectVersion told = whole.version();
        reader.check(new ObjectVersion(OptionalLong.of(body.length), told.etag(), told.lastModified()));
        synchronized (this) {
            bytes = body;
            filled = body.length;
        }
        succeed();
    }

    private Fault brokeOff() {
        return new Fault(
                new StorageException(Kind.UNAVAILABLE, source() + ": the answer broke off"),
                Remedy.ANOTHER_ATTEMPT,
                null);
    }

    /** The object has so many bytes: all that the range has of them is here, or can be asked for. */
    private void endsAt(long size) throws StorageException {
        if (!reader.pin().acceptsSize(size)) {
            throw new StorageException(Kind.CHANGED, source() + ": the object has another size than before");
        }
        int reached;
        synchronized (this) {
            reached = filled;
        }
        if (reached > wanted()) {
            throw new StorageException(Kind.CHANGED, source() + ": the object became shorter while it was read");
        }
        attempt();
    }

    /**
     * A range that is refused without a size lies behind the end when that is known, or when the bytes before it came.
     */
    private boolean isTheEnd(Exchange over) {
        OptionalLong size = reader.pin().size();
        synchronized (this) {
            return size.isPresent() ? over.asked().offset() >= size.getAsLong() : filled > 0;
        }
    }

    private void follow(Exchange over, String location) throws StorageException {
        if (over.hop() >= reader.options().maxRedirects) {
            throw new StorageException(
                    Kind.PROTOCOL,
                    source() + ": more than " + reader.options().maxRedirects + " redirects, as in a loop");
        }
        URI next;
        try {
            next = WebAddress.redirected(over.url(), location).url();
        } catch (StorageException e) {
            // Not the cause: it may hold the address, and the address a signature.
            throw new StorageException(Kind.PROTOCOL, source() + ": redirects to what is no address on the web");
        }
        if (over.url().getScheme().equals("https") && !next.getScheme().equals("https")) {
            throw new StorageException(Kind.PROTOCOL, source() + ": redirects from https to http");
        }
        send(over.pass(), next, missing(), over.hop() + 1);
    }

    private void recover(Exchange over, Fault fault, int requests) throws StorageException {
        if (fault.failure().kind() == Kind.RANGE_REFUSED && isTheEnd(over)) {
            endsAt(reader.pin().size().orElse(over.asked().offset()));
            return;
        }
        boolean stale = over.tookShortcut() && fault.failure().kind() != Kind.CHANGED;
        if (stale && (fault.remedy() == Remedy.NONE || fault.remedy() == Remedy.RENEWAL)) {
            reader.access().forget(over.pass());
            again(mayRenew(), fault);
        } else if (fault.remedy() == Remedy.RENEWAL) {
            again(mayRenew() && reader.access().renew(over.pass()), fault);
        } else if (fault.remedy() == Remedy.NONE) {
            fail(fault.failure());
        } else {
            pauseAndTryAgain(fault, requests);
        }
    }

    private synchronized boolean mayRenew() {
        return renewals++ < MAX_RENEWALS;
    }

    private void again(boolean possible, Fault fault) {
        if (possible) {
            attempt();
        } else {
            fail(fault.failure());
        }
    }

    private void pauseAndTryAgain(Fault fault, int requests) {
        boolean unreachable = fault.remedy() == Remedy.ANOTHER_CONNECTION;
        Optional<Duration> wait =
                attempts.after(new Attempts.Setback(requests, unreachable, fault.retryAfter()), deadlineNanos);
        if (wait.isEmpty()) {
            StorageException last = fault.failure();
            fail(new StorageException(last.kind(), last.getMessage() + " (" + attempts.spent() + ")", last.getCause()));
            return;
        }
        long delayNanos = wait.get().toNanos();
        CompletableFuture<Void> next = new CompletableFuture<>();
        synchronized (this) {
            if (ended) {
                return;
            }
            pause = next;
        }
        CompletableFuture<Void> unused = next.completeOnTimeout(null, delayNanos, TimeUnit.NANOSECONDS)
                .thenRunAsync(this::attempt, client.threads());
    }

    private void succeed() {
        byte[] done;
        synchronized (this) {
            done = bytes == null ? new byte[0] : resized(bytes, filled);
        }
        reader.retries().answered();
        end();
        answer.complete(done);
    }

    /** Ends the task with a failure, unless it has ended. */
    void fail(StorageException failure) {
        end();
        answer.completeExceptionally(failure);
    }

    /** Gives up what is under way and the slot; before the future completes, whose callbacks may take their time. */
    private void end() {
        Exchange open;
        CompletableFuture<Void> waiting;
        boolean hadSlot;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            hadSlot = slotTaken;
            open = exchange;
            waiting = pause;
        }
        if (open != null) {
            open.abort();
        }
        if (waiting != null) {
            waiting.cancel(false);
        }
        reader.ended(this, client, hadSlot);
    }
}
