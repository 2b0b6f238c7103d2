// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.SignedUrls;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.object.AnswerForm;
import io.h5coro.storage.object.Attempts;
import io.h5coro.storage.object.ObjectVersion;
import io.h5coro.storage.object.RetryBudget;
import io.h5coro.storage.object.VersionPin;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of an object on a web server. Thread-safe.
 *
 * <p>The first response pins the version of the object: its entity tag, or without one its time and size. Every later
 * request asks for that version ({@code If-Match}), and every later response must be of it.
 */
final class HttpRangeReader implements RangeReader {
    private final String source;
    private final Optional<String> identity;
    private final HttpOptions options;
    private final Access access;
    private final AnswerRules rules;
    private final RequestSlots slots;
    private final RetryBudget retries;
    private final AtomicLong sentAgain = new AtomicLong();
    /** In the order in which they were asked for, in which {@link #close} ends them. */
    private final Set<RangeTask<?>> underWay = Collections.synchronizedSet(new LinkedHashSet<>());

    private final VersionPin pin;

    @GuardedBy("this")
    private SharedClient.@Nullable Live client;

    @GuardedBy("this")
    private boolean closed;

    HttpRangeReader(WebAddress address, HttpOptions options) {
        this(new Access(address, options), address.identity(), options);
    }

    /** Reads a location at the URLs that a signer gives. What is kept of the object is kept under the location. */
    static HttpRangeReader signed(URI uri, SignedUrls.Location location, HttpOptions options) throws StorageException {
        Optional<String> identity = WebAddress.identityOf(uri, location.text());
        return new HttpRangeReader(new Access(location, options), identity, options);
    }

    private HttpRangeReader(Access access, Optional<String> identity, HttpOptions options) {
        this.source = access.source();
        this.identity = identity;
        this.options = options;
        this.access = access;
        this.rules = new AnswerRules(source, options.ground.machine()::now);
        this.retries = new RetryBudget(options.retryBudget);
        this.pin = new VersionPin(source, options.allowChanging);
        this.slots = new RequestSlots(options.shortRequests);
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        return read(ranges, Retries.UNTOLD);
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges, Retries told) {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>(ranges.size());
        for (int i = 0; i < ranges.size(); i++) {
            int index = i;
            answers.add(submit(ranges.get(i), AnswerForm.made(), cause -> told.retried(index, cause)));
        }
        return answers;
    }

    @Override
    public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries told) {
        List<CompletableFuture<RangeBytes>> answers = new ArrayList<>(ranges.size());
        for (int i = 0; i < ranges.size(); i++) {
            int index = i;
            answers.add(submit(ranges.get(i), AnswerForm.lent(lending, i), cause -> told.retried(index, cause)));
        }
        return answers;
    }

    private <T> CompletableFuture<T> submit(ByteRange range, AnswerForm<T> form, Consumer<StorageException> told) {
        RangeTask<T> task;
        SharedClient.Live open;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(closedException());
            }
            if (range.length() == 0 || isBehindTheEnd(range)) {
                return CompletableFuture.completedFuture(form.result().apply(RangeBytes.of(new byte[0])));
            }
            open = openClient();
            task = new RangeTask<>(this, open, range, new RangeTask.Wish<>(form, told));
            underWay.add(task);
        }
        slots.run(task::start, open.threads());
        return task.answer();
    }

    private boolean isBehindTheEnd(ByteRange range) {
        OptionalLong size = size();
        return size.isPresent() && range.offset() >= size.getAsLong();
    }

    @GuardedBy("this")
    private SharedClient.Live openClient() {
        SharedClient.Live open = client;
        if (open == null) {
            open = options.client.acquire();
            client = open;
        }
        return open;
    }

    /** A task has ended; {@code hadSlot} when it ever ran. */
    void ended(RangeTask<?> task, SharedClient.Live open, boolean hadSlot) {
        underWay.remove(task);
        if (hadSlot) {
            slots.release(open.threads());
        }
    }

    /** Takes note of the version of an answer with bytes; a failure when it is not the one that was seen first. */
    void check(ObjectVersion seen) throws StorageException {
        String complaint = pin.complaint(seen);
        if (complaint != null) {
            throw new StorageException(
                    Kind.CHANGED, source + ": the object was replaced while it was read: " + complaint);
        }
    }

    VersionPin pin() {
        return pin;
    }

    Attempts.Limits limits() {
        return new Attempts.Limits(options.retries + 1, retries, options.backoff);
    }

    HttpOptions options() {
        return options;
    }

    Access access() {
        return access;
    }

    RetryBudget budget() {
        return retries;
    }

    /** Takes note of a request that follows one that failed. */
    void sendsAgain() {
        sentAgain.incrementAndGet();
    }

    @Override
    public long retries() {
        return sentAgain.get();
    }

    AnswerRules rules() {
        return rules;
    }

    StorageException closedException() {
        return new StorageException(Kind.CLOSED, source + ": the reader is closed");
    }

    @Override
    public OptionalLong size() {
        return pin.size();
    }

    @Override
    public Optional<String> version() {
        return pin.version();
    }

    @Override
    public Optional<String> identity() {
        return identity;
    }

    @Override
    public Optional<String> strongVersion() {
        return pin.condition();
    }

    @Override
    public boolean expect(String strongVersion, long sizeBytes) {
        return pin.expect(strongVersion, sizeBytes);
    }

    @Override
    public StorageProfile profile() {
        return new StorageProfile(
                StorageProfile.REMOTE.firstByteMicros(),
                StorageProfile.REMOTE.bytesPerSecond(),
                options.connections,
                options.shortRequests);
    }

    @Override
    public void close() {
        boolean release;
        synchronized (this) {
            release = !closed && client != null;
            closed = true;
        }
        List.copyOf(underWay).forEach(task -> task.fail(closedException()));
        if (release) {
            options.client.release();
        }
    }

    @Override
    public String toString() {
        return "HttpRangeReader[" + source + "]";
    }
}
