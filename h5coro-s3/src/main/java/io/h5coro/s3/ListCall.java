// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageListing.Depth;
import io.h5coro.storage.StoredObject;
import io.h5coro.storage.object.Attempts;
import io.h5coro.storage.object.RetryBudget;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/** Asks for one page of a listing, with as many requests as it takes. One thread runs it; any may stop it. */
final class ListCall implements AbortableHttp.Call {
    private static final int KEYS = 1_000;

    /** Ten times what 1,000 keys of 1,024 bytes take, escaped and in their XML. */
    private static final long MOST_BYTES = 32L << 20;

    private final S3Transport transport;
    private final S3Failures failures;
    private final RetryBudget retries;
    private final Request asked;
    private final CompletableFuture<Page> answer = new CompletableFuture<>();

    /** The thread that runs the call; null before and after. */
    @GuardedBy("this")
    private @Nullable Thread runner;

    @GuardedBy("this")
    private @Nullable Abortable underWay;

    /** Invariant: once true, every later request is aborted as soon as it is registered. */
    @GuardedBy("this")
    private boolean stopped;

    /** Whether a page was longer than it may be. Confined to the runner. */
    private boolean tooLong;

    /**
     * Which page.
     *
     * @param prefix what is listed
     * @param last the last key of the page before; empty for the first page
     * @param token what the page before gave for this one; null for the first page
     */
    record Request(S3Prefix prefix, String last, @Nullable String token) {}

    /**
     * A page.
     *
     * @param keys objects and folders by their keys
     * @param token what to ask for the next page with; null behind the last page
     */
    record Page(
            TreeMap<String, StoredObject> keys, @Nullable String token) {}

    ListCall(S3Transport transport, S3Failures failures, RetryBudget retries, Request asked) {
        this.transport = transport;
        this.failures = failures;
        this.retries = retries;
        this.asked = asked;
    }

    CompletableFuture<Page> answer() {
        return answer;
    }

    /** Gives up: aborts the request under way, and wakes a pause. */
    void stop() {
        synchronized (this) {
            stopped = true;
            if (underWay != null) {
                underWay.abort();
            }
            if (runner != null) {
                runner.interrupt();
            }
        }
        answer.completeExceptionally(failures.closed());
    }

    @Override
    public void underWay(Abortable request) {
        synchronized (this) {
            underWay = request;
            if (stopped) {
                request.abort();
            }
        }
    }

    @Override
    public BoundedHttp.Bound bound() {
        return new BoundedHttp.Bound(MOST_BYTES, () -> tooLong = true);
    }

    @Override
    public void run() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            runner = Thread.currentThread();
        }
        @Nullable Page page = null;
        @Nullable StorageException failure = null;
        try {
            page = page();
        } catch (StorageException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = failures.of(e);
        }
        synchronized (this) {
            // From here on no interrupt can hit the next task of this thread.
            runner = null;
            underWay = null;
        }
        if (page != null) {
            retries.answered();
            answer.complete(page);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    private Page page() throws StorageException {
        S3Options options = transport.options();
        Attempts attempts = new Attempts(
                transport.machine(), new Attempts.Limits(options.retries() + 1, retries, options.backoff()));
        long deadlineNanos =
                transport.machine().nanoTime() + options.totalTimeout().toNanos();
        boolean renewed = false;
        for (; ; ) {
            try {
                return checked(transport.client().listObjectsV2(request()));
            } catch (RuntimeException e) {
                StorageException failure = failure(e);
                boolean expired = !renewed && S3Failures.hasExpired(failure);
                renewed |= expired;
                // A caller's client has sent the request again by itself. The provider of keys is asked for each
                // request.
                pause(expired ? Duration.ZERO : after(failure, attempts, deadlineNanos));
            }
        }
    }

    private StorageException failure(RuntimeException thrown) {
        if (tooLong) {
            return failures.protocol("sends a page of more than " + MOST_BYTES + " bytes");
        }
        return S3Failures.hasCause(thrown, "XMLStreamException")
                ? failures.failure(Kind.PROTOCOL, transport.host() + " sends a page that is no XML", thrown)
                : failures.of(thrown);
    }

    private Duration after(StorageException failure, Attempts attempts, long deadlineNanos) throws StorageException {
        boolean ownClient = transport.options().client().isEmpty();
        if (!ownClient || !S3Failures.isPassing(failure)) {
            throw failure;
        }
        // Until the server has sent a page, silence means that the host is not there.
        boolean silent = failure.kind() == Kind.TIMEOUT && asked.token() == null;
        boolean unreachable = silent || failure.kind() == Kind.UNREACHABLE;
        return attempts.after(
                        new Attempts.Setback(
                                1,
                                unreachable,
                                S3Failures.retryAfter(
                                        failure, transport.machine().now())),
                        deadlineNanos)
                .orElseThrow(() -> failure);
    }

    private ListObjectsV2Request request() {
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket(asked.prefix().bucket())
                .prefix(asked.prefix().start())
                .maxKeys(KEYS)
                // The client decodes it. Without, no key could have a letter that XML has not.
                .encodingType(EncodingType.URL)
                .continuationToken(asked.token());
        if (asked.prefix().depth() == Depth.FOLDER) {
            request.delimiter("/");
        }
        if (transport.options().requesterPays()) {
            request.requestPayer(RequestPayer.REQUESTER);
        }
        return request.build();
    }

    private Page checked(ListObjectsV2Response came) throws StorageException {
        if (came.isTruncated() == null) {
            // The client takes any XML for a page, one of HTML for an empty one.
            throw failures.protocol("sends no page of a listing");
        }
        boolean more = came.isTruncated();
        @Nullable String token = came.nextContinuationToken();
        if (more && (token == null || token.isEmpty() || token.equals(asked.token()))) {
            throw failures.protocol("says that there is a next page, and not which");
        }
        try {
            return new Page(asked.prefix().objects(came, asked.last()), more ? token : null);
        } catch (S3Prefix.Unsound e) {
            throw failures.protocol(String.valueOf(e.getMessage()));
        }
    }

    private void pause(Duration time) throws StorageException {
        try {
            transport.machine().sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.closed();
        }
    }
}
