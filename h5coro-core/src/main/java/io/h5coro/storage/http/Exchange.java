// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.http.Fault.Remedy;
import io.h5coro.storage.object.ErrorDocument;
import io.h5coro.storage.object.Proxy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. Reports once to its task how it ended. Thread-safe.
 *
 * <p>The JDK's time-out ends with the head of the response (up to Java 25), so a clock of ours watches every byte.
 */
final class Exchange implements HttpResponse.BodyHandler<Void> {
    /*
     * How the clock of watch() works, for an attempt time-out of 30 s:
     *   second  0: the exchange is made; the clock is set to second 30
     *   second 12: bytes come, lastProgressNanos is second 12; the clock is left as it is
     *   second 30: the clock strikes; 12 + 30 - 30 = 12 s are left, so it is set again, to second 42
     *   second 42: no byte since second 12: the exchange ends with a time-out
     * So a byte costs one volatile write, and no timer is made or cancelled for it.
     */

    private final RangeTask<?> task;
    private final SharedClient.Live client;
    private final Access.Pass pass;
    private final URI url;
    private final ByteRange asked;
    /** Redirects that led here in this attempt; 0 for its first request. */
    private final int hop;

    /**
     * Straight until {@link #send} knows better, since a failure may come before. Written once, by the sending
     * thread.
     */
    private volatile Route route;
    /**
     * When the head or the latest bytes came, on the machine's clock; at first, when this was made.
     */
    private volatile long lastProgressNanos;

    /** Invariant: changes once, from false to true. Only {@link #end} changes it, so one caller reports to the task. */
    @GuardedBy("this")
    private boolean over;
    /** Over before its answer was read to the end. Invariant: implies {@link #over}. */
    @GuardedBy("this")
    private boolean givenUp;

    /** Invariant: verdict, {@link #head} and {@link #sink} are set together, at most once, and not when it is over. */
    @GuardedBy("this")
    private @Nullable Verdict verdict;

    @GuardedBy("this")
    private @Nullable Head head;

    @GuardedBy("this")
    private @Nullable BodySink sink;

    /** The client's future, whose cancellation closes the connection; null until the request was handed over. */
    @GuardedBy("this")
    private @Nullable CompletableFuture<?> response;

    /**
     * Stops the clock that is set now; null before the first. A clock that strikes late finds {@link #over} and does
     * nothing.
     */
    @GuardedBy("this")
    private @Nullable Runnable timer;

    /**
     * @param pass what opens the door
     * @param url where to ask: the URL of the pass, or where redirects led
     * @param asked the range to ask for
     * @param hop how many redirects led here in this attempt
     */
    Exchange(RangeTask<?> task, SharedClient.Live client, Access.Pass pass, URI url, ByteRange asked, int hop) {
        this.task = task;
        this.client = client;
        this.pass = pass;
        this.url = url;
        this.asked = asked;
        this.hop = hop;
        this.route = new Route(task.source(), Optional.empty(), false);
        this.lastProgressNanos = client.machine().nanoTime();
    }

    Access.Pass pass() {
        return pass;
    }

    URI url() {
        return url;
    }

    int hop() {
        return hop;
    }

    /**
     * Returns whether the request went straight to where redirects had led before. A refusal there may only mean
     * that the shortcut is stale.
     */
    boolean tookShortcut() {
        return hop == 0 && pass.shortcut() != null;
    }

    /**
     * Sends the request. Returns at once; every outcome, also one before anything was sent, reaches the task by
     * {@link RangeTask#concluded}.
     *
     * @param ifMatch strong tag of the version that is read; null before the first answer with bytes
     */
    void send(HttpOptions options, @Nullable String ifMatch) {
        CompletableFuture<?> sent;
        try {
            route = Route.to(task.source(), url, options.proxies);
            Map<String, String> headers = headers(options, ifMatch);
            sent = url.getHost() == null
                    ? UrlTransfer.send(client, new UrlTransfer.Request(url, headers, options.attemptTimeout), this)
                    : client.sender().send(request(headers), this);
        } catch (IllegalArgumentException e) {
            // The exception may hold the whole URL or a header; so it is not the cause.
            conclude(Fault.permanent(Kind.INVALID, task.source() + ": the address or a header cannot be sent"));
            return;
        } catch (StorageException e) {
            conclude(new Fault(e, Remedy.NONE, null));
            return;
        }
        boolean unwanted;
        synchronized (this) {
            response = sent;
            unwanted = givenUp;
        }
        if (unwanted) {
            sent.cancel(true);
        }
        watch();
        CompletableFuture<?> unused = sent.whenCompleteAsync(
                (answer, thrown) -> conclude(thrown == null ? null : route.failed(thrown)), client.threads());
    }

    private HttpRequest request(Map<String, String> headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(url).GET();
        headers.forEach(builder::setHeader);
        return builder.build();
    }

    /**
     * Returns the headers to send. Each secret goes only where it belongs:
     *
     * <ul>
     * <li>a login of the netrc file goes to any host that the file names; its {@code default} to the object's
     * origin only
     * <li>the caller's headers, and the token or the login of the URL, go to the object's origin only
     * <li>the login of a proxy is for the proxy
     * </ul>
     *
     * A later header replaces an earlier one of the same spelling: a token replaces the login of the netrc file,
     * and the range cannot be replaced by the caller.
     */
    private Map<String, String> headers(HttpOptions options, @Nullable String ifMatch) {
        Map<String, String> headers = new LinkedHashMap<>();
        boolean own = WebAddress.isSameOrigin(pass.url(), url);
        if (options.netrc != null) {
            options.netrc
                    .authorization(WebAddress.hostName(url), own)
                    .ifPresent(login -> headers.put("Authorization", login));
        }
        if (own) {
            headers.putAll(options.headers);
            if (pass.authorization() != null) {
                headers.put("Authorization", pass.authorization());
            }
        }
        // The client sends it to the proxy only.
        route.proxy().flatMap(Proxy::authorization).ifPresent(login -> headers.put("Proxy-Authorization", login));
        headers.put("User-Agent", options.userAgent);
        headers.put("Accept-Encoding", "identity");
        headers.put("Range", "bytes=" + asked.offset() + "-" + (asked.end() - 1));
        if (ifMatch != null) {
            headers.put("If-Match", ifMatch);
        }
        return headers;
    }

    /** Judges the head of the answer and says where its body goes. Runs on a thread of the client, once. */
    @Override
    public HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo info) {
        progress();
        String redirectedTo = url.equals(pass.url()) ? null : WebAddress.host(url);
        Head came = new Head(info.statusCode(), info.headers(), asked, redirectedTo);
        Verdict judged = route.judged(info.statusCode(), task.judge(came));
        BodySink body;
        try {
            body = sink(judged);
        } catch (StorageException | OutOfMemoryError e) {
            judged = new Verdict.Refused(Fault.of(task.source(), e));
            body = sink(0);
        }
        boolean unwanted;
        synchronized (this) {
            unwanted = over;
            if (!unwanted) {
                verdict = judged;
                head = came;
                sink = body;
            }
        }
        // The body of a success that is of no use may be long.
        if (unwanted || (judged instanceof Verdict.Refused && !came.isExplained())) {
            body.stop();
        }
        // Not by way of the client's future, which goes through the common pool and waits there behind others' work.
        CompletableFuture<Void> unused = body.getBody()
                .toCompletableFuture()
                .whenCompleteAsync(
                        (nothing, thrown) -> conclude(thrown == null ? null : route.failed(thrown)), client.threads());
        return body;
    }

    /**
     * Returns where a body goes: bytes into the task's array, a whole object into memory up to the length of the
     * range, everything else as a sample for {@link ErrorDocument}.
     *
     * @throws StorageException when the version is not the one that is read, or there is no room
     */
    private BodySink sink(Verdict judged) throws StorageException {
        if (judged instanceof Verdict.Bytes bytes) {
            BodySink.Room room = task.makeRoom(bytes);
            return BodySink.into(room, task.source() + ": the body is longer than announced", this::progress);
        }
        if (judged instanceof Verdict.Whole whole) {
            int most = (int) Math.min(ByteRange.MOST_IN_ARRAY, whole.mostBytes());
            return BodySink.collecting(most, whole.complaint(), this::progress);
        }
        return sink(ErrorDocument.MAX_BYTES);
    }

    private BodySink sink(int sampleBytes) {
        return BodySink.sampling(sampleBytes, this::progress);
    }

    private void progress() {
        lastProgressNanos = client.machine().nanoTime();
    }

    /**
     * Ends the exchange when a time is up, else sets the clock to the nearer of both ends. Runs on a thread of the
     * client.
     */
    private void watch() {
        long now = client.machine().nanoTime();
        long stalls = lastProgressNanos + task.stallNanos() - now;
        long ends = task.deadlineNanos() - now;
        if (ends <= 0) {
            conclude(timeout("not read within the total time allowed", Remedy.NONE));
        } else if (stalls <= 0) {
            Remedy remedy = task.hasEverBeenAnswered() ? Remedy.ANOTHER_ATTEMPT : Remedy.ANOTHER_CONNECTION;
            conclude(timeout("the server sends nothing within the time allowed" + route.named(), remedy));
        } else {
            synchronized (this) {
                if (!over) {
                    timer = client.machine().after(Math.min(stalls, ends), client.threads(), this::watch);
                }
            }
        }
    }

    private Fault timeout(String what, Remedy remedy) {
        return new Fault(new StorageException(Kind.TIMEOUT, task.source() + ": " + what), remedy, null);
    }

    /** Gives up the request without a report to the task. */
    void abort() {
        Ending unused = end();
    }

    /** Ends the exchange and reports to the task, unless it has ended. */
    private void conclude(@Nullable Fault fault) {
        Ending ending = end();
        if (ending != null) {
            task.concluded(this, ending, fault);
        }
    }

    /**
     * How far an exchange came.
     *
     * @param verdict on the answer, null when there was none
     * @param reached how far the array is filled, counted from its start, if the verdict was that bytes follow
     * @param collected the body, where it had no place in the array
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never changed
    record Ending(@Nullable Verdict verdict, int reached, byte[] collected) {}

    /**
     * Ends the exchange: stops its clock and its sink, and gives up the request when the body was not read to its
     * end. The lock is not held meanwhile, since cancelling may call back.
     *
     * @return how far it came; null when it had ended before
     */
    private @Nullable Ending end() {
        Verdict judged;
        Head came;
        BodySink open;
        Runnable clock;
        CompletableFuture<?> sent;
        synchronized (this) {
            if (over) {
                return null;
            }
            over = true;
            judged = verdict;
            came = head;
            open = sink;
            clock = timer;
            givenUp = open == null || !open.isFinished();
            // Never cancelled after its end: the JDK would close the connection, which serves another request by now.
            sent = givenUp ? response : null;
        }
        if (clock != null) {
            clock.run();
        }
        int reached = open == null ? 0 : open.stop();
        if (sent != null) {
            sent.cancel(true);
        }
        byte[] collected = open == null ? new byte[0] : open.collected();
        if (came != null && came.isExplained()) {
            judged = route.judged(came.status(), task.judge(came, ErrorDocument.parse(collected)));
        }
        return new Ending(judged, reached, collected);
    }

    /** Returns the range of the {@code Range} header; not empty. */
    ByteRange asked() {
        return asked;
    }
}
