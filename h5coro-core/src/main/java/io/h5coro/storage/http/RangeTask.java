// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.http.Fault.Remedy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gets one range, with as many requests as it takes: redirects, another attempt after a fault, the missing tail of a body
 * that broke off. One exchange at a time. Thread-safe.
 */
final class RangeTask {
    /** The longest array that every JVM can make. */
    private static final long MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8L;

    /** A host that is not there is asked three times. */
    private static final int MAX_CONNECTION_FAULTS = 2;

    /** How often one range renews its credentials, or finds a remembered redirect stale; more is a server that never agrees. */
    private static final int MAX_RENEWALS = 3;

    /** A server may send less than asked; pieces from this size on do not count as faults. */
    private static final int FAIR_PIECE_BYTES = 1 << 16;

    private final HttpRangeReader reader;
    private final SharedClient.Live client;
    private final ByteRange range;
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
    private volatile long deadlineNanos;

    // All below guarded by this. The array is written by the sink of the one exchange that is not over.
    private byte @Nullable [] bytes;
    private int filled;
    private int faults;
    private int connectionFaults;
    private int renewals;
    private boolean slotTaken;
    private boolean ended;
    private @Nullable Exchange exchange;
    private @Nullable CompletableFuture<Void> pause;

    RangeTask(HttpRangeReader reader, SharedClient.Live client, ByteRange range) {
        this.reader = reader;
        this.client = client;
        this.range = range;
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
        return reader.pinned() != null;
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
        ObjectVersion version = reader.pinned();
        long end = version == null ? range.end() : Math.min(range.end(), version.sizeBytes());
        long from = range.offset() + filled;
        return new ByteRange(from, Math.max(0, end - from));
    }

    private void send(Access.Pass pass, URI url, ByteRange asked, int hop) {
        Exchange next = new Exchange(this, client, pass, url, asked, hop);
        synchronized (this) {
            if (ended) {
                return;
            }
            exchange = next;
        }
        ObjectVersion version = reader.pinned();
        next.send(
                reader.options(), version == null ? null : version.strongEtag().orElse(null));
    }

    Verdict judge(int status, HttpHeaders headers, ByteRange asked, @Nullable String redirectedTo) {
        return reader.rules().judge(status, headers, asked, redirectedTo);
    }

    /** The place for the bytes of an answer, once its version is known to be the right one. */
    BodySink makeRoom(Verdict.Bytes coming, Runnable progress) throws StorageException {
        reader.pin(coming.version());
        long wanted = Math.min(range.end(), coming.version().sizeBytes()) - range.offset();
        if (wanted > MAX_ARRAY_BYTES) {
            throw new StorageException(
                    Kind.INVALID, source() + ": the range " + range + " does not fit into one array");
        }
        synchronized (this) {
            byte[] room = bytes;
            if (room == null) {
                room = new byte[(int) wanted];
                bytes = room;
            }
            return BodySink.into(room, filled, (int) coming.lengthBytes(), progress);
        }
    }

    /**
     * An exchange is over.
     *
     * @param verdict on the head of its answer, null when there was none
     * @param reached how far the array is filled, if the verdict was that bytes follow
     * @param fault what happened on the way, null for nothing
     */
    void concluded(Exchange over, @Nullable Verdict verdict, int reached, @Nullable Fault fault) {
        try {
            if (verdict instanceof Verdict.Bytes came) {
                arrived(over, came, reached, fault);
            } else if (verdict instanceof Verdict.BehindTheEnd behind) {
                behindTheEnd(behind);
            } else if (verdict instanceof Verdict.Elsewhere elsewhere) {
                follow(over, elsewhere.location());
            } else if (verdict instanceof Verdict.Refused refused) {
                recover(over, refused.fault());
            } else {
                recover(over, fault == null ? brokeOff() : fault);
            }
        } catch (StorageException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(Fault.of(source(), e).failure());
        }
    }

    private void arrived(Exchange over, Verdict.Bytes came, int reached, @Nullable Fault fault)
            throws StorageException {
        int gained;
        boolean complete;
        synchronized (this) {
            gained = reached - filled;
            filled = reached;
            complete = bytes != null && filled == bytes.length;
        }
        if (over.hop() > 0) {
            reader.access().remember(over.pass(), over.url());
        }
        if (complete) {
            succeed();
        } else if (gained == came.lengthBytes() && gained >= FAIR_PIECE_BYTES) {
            attempt();
        } else {
            recover(over, fault == null ? brokeOff() : fault);
        }
    }

    private Fault brokeOff() {
        return new Fault(
                new StorageException(Kind.UNAVAILABLE, source() + ": the answer broke off"),
                Remedy.ANOTHER_ATTEMPT,
                null);
    }

    private void behindTheEnd(Verdict.BehindTheEnd behind) throws StorageException {
        if (behind.size().isPresent()) {
            reader.pin(new ObjectVersion(behind.size().getAsLong(), null, null));
        }
        synchronized (this) {
            if (filled > 0) {
                throw new StorageException(Kind.CHANGED, source() + ": the object became shorter while it was read");
            }
            bytes = new byte[0];
        }
        succeed();
    }

    private void follow(Exchange over, String location) throws StorageException {
        if (over.hop() >= reader.options().maxRedirects) {
            throw new StorageException(
                    Kind.PROTOCOL,
                    source() + ": more than " + reader.options().maxRedirects + " redirects, as in a loop");
        }
        URI next;
        try {
            URI target = over.url().resolve(new URI(location.strip().replace(" ", "%20")));
            next = WebAddress.of(target).url();
        } catch (URISyntaxException | IllegalArgumentException | StorageException e) {
            // Not the cause: it may hold the address, and the address a signature.
            throw new StorageException(Kind.PROTOCOL, source() + ": redirects to what is no address on the web");
        }
        if (over.url().getScheme().equals("https") && !next.getScheme().equals("https")) {
            throw new StorageException(Kind.PROTOCOL, source() + ": redirects from https to http");
        }
        send(over.pass(), next, missing(), over.hop() + 1);
    }

    private void recover(Exchange over, Fault fault) throws StorageException {
        boolean stale = over.tookShortcut() && fault.failure().kind() != Kind.CHANGED;
        if (stale && (fault.remedy() == Remedy.NONE || fault.remedy() == Remedy.RENEWAL)) {
            reader.access().forget(over.pass());
            again(mayRenew(), fault);
        } else if (fault.remedy() == Remedy.RENEWAL) {
            again(mayRenew() && reader.access().renew(over.pass()), fault);
        } else if (fault.remedy() == Remedy.NONE) {
            fail(fault.failure());
        } else {
            pauseAndTryAgain(fault);
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

    private void pauseAndTryAgain(Fault fault) {
        int failed;
        boolean lost;
        synchronized (this) {
            faults++;
            connectionFaults += fault.remedy() == Remedy.ANOTHER_CONNECTION ? 1 : 0;
            failed = faults;
            lost = faults > reader.options().retries || connectionFaults > MAX_CONNECTION_FAULTS;
        }
        Duration asked = fault.retryAfter();
        Duration pauseFor = asked == null ? reader.options().backoff.pause(failed, ThreadLocalRandom.current()) : asked;
        long delayNanos = pauseFor.toNanos();
        boolean late = System.nanoTime() + delayNanos - deadlineNanos > 0;
        if (lost || late || !reader.retries().take()) {
            StorageException last = fault.failure();
            String spent = lost || late ? "" : ", since too many of all requests failed";
            fail(new StorageException(
                    last.kind(),
                    last.getMessage() + " (gave up after " + failed + " requests" + spent + ")",
                    last.getCause()));
            return;
        }
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
            done = bytes == null ? new byte[0] : bytes;
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
