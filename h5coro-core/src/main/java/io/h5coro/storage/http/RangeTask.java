// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.http.Fault.Remedy;
import io.h5coro.storage.object.AnswerForm;
import io.h5coro.storage.object.Attempts;
import io.h5coro.storage.object.ErrorDocument;
import io.h5coro.storage.object.ObjectVersion;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one range with as many requests as it takes: redirects, another attempt after a fault, the missing tail of a
 * body that broke off. There is one exchange at a time. Thread-safe.
 */
final class RangeTask<T> {
    /**
     * How often one range renews its credentials, or finds a remembered redirect stale. A server that needs more never
     * agrees.
     */
    private static final int MAX_RENEWALS = 3;

    /** A server may send less than asked; pieces from this size on do not count as faults. */
    private static final int FAIR_PIECE_BYTES = 1 << 16;

    /*
     * A read of the bytes [100, 1100) of an object of 1,050 bytes:
     *   request                 answer                          then
     *   Range: bytes=100-1099   302 to another host             the same again, hop 1
     *   Range: bytes=100-1099   206, 100-1049/1050, breaks off  300 bytes are here: filled 300, a fault
     *   Range: bytes=400-1049   503, Retry-After: 2             a pause of 2 s, a fault
     *   Range: bytes=400-1049   206, 400-1049/1050              filled 950 = wanted(): done
     * The size of the object is known from the second answer on, and cuts what is asked for.
     */

    private final HttpRangeReader reader;
    private final SharedClient.Live client;
    private final ByteRange range;

    private final Wish<T> wish;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final Attempts attempts;
    /**
     * End of all attempts, on the machine's clock. Runs from {@link #start}: waiting for a slot
     * does not count.
     */
    private volatile long deadlineNanos;

    /**
     * The result so far. Invariant: the sink of the one exchange that is not over is alone in writing to it. Null
     * before the first answer with bytes.
     */
    @GuardedBy("this")
    private byte @Nullable [] bytes;

    /** How much of {@link #bytes} is final, from its start. Invariant: never falls. */
    @GuardedBy("this")
    private int filled;

    /** How often credentials were renewed or a redirect was found stale. */
    @GuardedBy("this")
    private int renewals;

    /** Whether {@link #start} ran, so that a slot is to be given back. */
    @GuardedBy("this")
    private boolean slotTaken;

    /** Invariant: changes once, from false to true; then no exchange and no pause begins. */
    @GuardedBy("this")
    private boolean ended;

    /** The latest exchange. Invariant: all earlier ones are over. */
    @GuardedBy("this")
    private @Nullable Exchange exchange;

    /** Ends the latest pause between two attempts; null before the first. */
    @GuardedBy("this")
    private @Nullable Runnable pause;

    /**
     * What is done with the answer.
     *
     * @param retries is told why another request is sent
     */
    record Wish<T>(AnswerForm<T> form, Consumer<StorageException> retries) {}

    RangeTask(HttpRangeReader reader, SharedClient.Live client, ByteRange range, Wish<T> wish) {
        this.reader = reader;
        this.client = client;
        this.range = range;
        this.wish = wish;
        this.attempts = new Attempts(client.machine(), reader.limits());
        // Completing the future from outside, for example by cancel, ends the request.
        CompletableFuture<T> unused = answer.whenComplete((done, thrown) -> end());
    }

    /** Returns the result: as many bytes of the range as the object has. Completing it from outside ends the task. */
    CompletableFuture<T> answer() {
        return answer;
    }

    String source() {
        return reader.source();
    }

    /** Returns how long the server may send nothing, in nanoseconds. */
    long stallNanos() {
        return reader.options().attemptTimeout.toNanos();
    }

    /** Returns whether the server has described the object. Until then, silence means that the host is not there. */
    boolean hasEverBeenAnswered() {
        return reader.pin().size().isPresent();
    }

    /** Returns the end of all attempts, on the machine's clock. */
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
        deadlineNanos =
                client.machine().nanoTime() + reader.options().totalTimeout.toNanos();
        attempt();
    }

    /**
     * Asks for what is missing, where redirects led before if that is known. Runs on a thread of the client, since
     * suppliers of tokens may block.
     */
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

    /**
     * Returns the length of the range in the object, as far as its size is known. Of the range [900, 1100) these
     * are 100 bytes when the object has 1,000, and none when it has 800.
     */
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

    /**
     * Returns the place for the bytes of an answer, once its version is known to be the right one.
     *
     * @throws StorageException of kind {@code CHANGED} for another version, {@code PROTOCOL} for more bytes than
     *     the object has, {@code INVALID} when the range does not fit into one array
     */
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
            byte[] grown = bytes == null ? wish.form.arrays().apply((int) room) : enlarged(bytes, (int) room);
            bytes = grown;
            return new BodySink.Room(grown, filled, (int) coming.lengthBytes(), coming.isAnnounced(), client.machine());
        }
    }

    /** Returns the array itself when it is as long, else a copy that is filled with zeros. */
    private static byte[] enlarged(byte[] array, int length) {
        return array.length >= length ? array : Arrays.copyOf(array, length);
    }

    /**
     * An exchange is over. Each exchange calls this once at most, on one of the client's threads.
     *
     * @param ending how far it came
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

    /**
     * Bytes came. Goes on without counting a fault when a whole piece came that is large enough, so a server that
     * serves 1 MiB at most is no reason to give up.
     */
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
     * Returns whether a refused range only means that the object has ended: it began behind the known end, or,
     * without a known size, it follows bytes that arrived.
     */
    private boolean isTheEnd(Exchange over) {
        OptionalLong size = reader.pin().size();
        synchronized (this) {
            return size.isPresent() ? over.asked().offset() >= size.getAsLong() : filled > 0;
        }
    }

    /** Follows a redirect with a new exchange of the same attempt. From https it leads to https only. */
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

    /**
     * Does what can help after a fault. The remedies, in the order in which they are looked for:
     *
     * <ul>
     * <li>a refused range at the end of the object: the range ends there
     * <li>a refusal where a remembered redirect led: that is forgotten, and the object's URL is asked
     * <li>refused credentials: new ones, when a supplier has others
     * <li>a fault that may pass: another attempt after a pause
     * </ul>
     *
     * @param requests how many requests the fault counts for
     */
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

    /** Counts a renewal, and returns whether it is still allowed. */
    private synchronized boolean mayRenew() {
        return renewals++ < MAX_RENEWALS;
    }

    private void again(boolean possible, Fault fault) {
        if (possible) {
            sendAgain(fault);
        } else {
            fail(fault.failure());
        }
    }

    /**
     * Sets a clock for another attempt, or fails when there is none left. No thread waits meanwhile; the slot stays
     * taken.
     */
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
        synchronized (this) {
            if (!ended) {
                pause = client.machine().after(delayNanos, client.threads(), () -> sendAgain(fault));
            }
        }
    }

    private void sendAgain(Fault fault) {
        reader.sendsAgain();
        wish.retries.accept(fault.failure());
        attempt();
    }

    /** Completes the result with what is filled; nothing is written to it any more, since the exchange is over. */
    private void succeed() {
        RangeBytes done;
        synchronized (this) {
            done = new RangeBytes(bytes == null ? new byte[0] : bytes, filled);
        }
        T result = wish.form.result().apply(done);
        reader.budget().answered();
        end();
        answer.complete(result);
    }

    /** Ends the task with a failure, unless it has ended. */
    void fail(StorageException failure) {
        end();
        answer.completeExceptionally(failure);
    }

    /** Gives up what is under way and the slot; before the future completes, whose callbacks may take their time. */
    private void end() {
        Exchange open;
        Runnable waiting;
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
            waiting.run();
        }
        reader.ended(this, client, hadSlot);
    }
}
