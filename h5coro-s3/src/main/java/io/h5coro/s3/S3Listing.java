// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StoredObject;
import io.h5coro.storage.object.RetryBudget;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lists keys in pages. While one page is handed out the next one is fetched, so two pages are held at most. Confined to
 * one thread.
 */
final class S3Listing implements StorageListing {
    /** A server may send pages without keys. One that sends nothing else would never end. */
    private static final int MOST_EMPTY_PAGES = 1_000;

    private final S3Prefix prefix;
    private final S3Transports transports;
    private final S3Transport transport;
    private final S3Failures failures;
    private final RetryBudget retries;

    private Iterator<StoredObject> page = Collections.emptyIterator();

    /** The page that comes next; null before the first request and behind the last page. */
    private @Nullable ListCall coming;

    private String last = "";
    private int emptyPages;
    private boolean started;
    private boolean closed;

    /** Lists {@code prefix}; takes over one use of {@code transport}, which came from {@code transports}. */
    S3Listing(S3Prefix prefix, S3Transports transports, S3Transport transport) {
        this.prefix = prefix;
        this.transports = transports;
        this.transport = transport;
        this.failures = S3Failures.ofListing(prefix.toString(), transport);
        this.retries = new RetryBudget(transport.options().retryBudget());
    }

    @Override
    public Optional<StoredObject> next() throws StorageException {
        if (!started) {
            started = true;
            coming = start(null);
        }
        while (!closed && !page.hasNext() && coming != null) {
            take(coming);
        }
        return page.hasNext() ? Optional.of(page.next()) : Optional.empty();
    }

    /** Takes the page that has come, and asks for the one behind it. */
    private void take(ListCall call) throws StorageException {
        coming = null;
        ListCall.Page came = wait(call);
        if (came.keys().isEmpty()) {
            emptyPages++;
        } else {
            emptyPages = 0;
            last = came.keys().lastKey();
        }
        if (emptyPages > MOST_EMPTY_PAGES) {
            throw failures.protocol("lists more than " + MOST_EMPTY_PAGES + " pages without a key one after the other");
        }
        if (came.token() != null) {
            coming = start(came.token());
        }
        page = came.keys().values().stream()
                .filter(object -> !prefix.isMarker(object))
                .iterator();
    }

    private ListCall start(@Nullable String token) {
        ListCall call = new ListCall(transport, failures, retries, new ListCall.Request(prefix, last, token));
        if (!transport.submit(call)) {
            call.stop();
        }
        return call;
    }

    private ListCall.Page wait(ListCall call) throws StorageException {
        try {
            return transport.machine().get(call.answer(), Long.MAX_VALUE);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException failure) {
                throw failure;
            }
            throw failures.of(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("a wait for ever has ended", e);
        } catch (InterruptedException e) {
            call.stop();
            Thread.currentThread().interrupt();
            throw failures.failure(Kind.CLOSED, "interrupted while it was listed", e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            page = Collections.emptyIterator();
            if (coming != null) {
                coming.stop();
            }
            transports.release(transport);
        }
    }

    @Override
    public String toString() {
        return prefix.toString();
    }
}
