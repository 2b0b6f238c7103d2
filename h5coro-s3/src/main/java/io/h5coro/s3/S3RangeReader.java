// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.object.AnswerForm;
import io.h5coro.storage.object.Attempts;
import io.h5coro.storage.object.RetryBudget;
import io.h5coro.storage.object.VersionPin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/**
 * Reads ranges of one object in S3. Thread-safe.
 *
 * <p>Every range is a separate GET; as many run at once as there are connections. The first response pins the version
 * ({@link VersionPin}). No requests other than those for ranges are sent.
 */
final class S3RangeReader implements RangeReader {
    private final S3Location location;
    private final S3Transports transports;
    private final S3Transport transport;
    private final S3Failures failures;
    private final VersionPin pin;
    private final RetryBudget retries;
    private final AtomicLong sentAgain = new AtomicLong();

    /** Calls that are queued or under way; what {@link #close()} ends. */
    private final Set<RangeCall<?>> calls = Collections.synchronizedSet(new LinkedHashSet<>());

    private final AtomicBoolean closed = new AtomicBoolean();

    /** Reads {@code location}; takes over one use of {@code transport}, which came from {@code transports}. */
    S3RangeReader(S3Location location, S3Transports transports, S3Transport transport) {
        this.location = location;
        this.transports = transports;
        this.transport = transport;
        this.pin = new VersionPin(location.toString(), transport.options().allowChanging());
        this.retries = new RetryBudget(transport.options().retryBudget());
        this.failures = S3Failures.ofObject(location, transport);
    }

    @Override
    public String source() {
        return location.toString();
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
            answers.add(start(ranges.get(i), AnswerForm.made(), cause -> told.retried(index, cause)));
        }
        return answers;
    }

    @Override
    public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries told) {
        List<CompletableFuture<RangeBytes>> answers = new ArrayList<>(ranges.size());
        for (int i = 0; i < ranges.size(); i++) {
            int index = i;
            answers.add(start(ranges.get(i), AnswerForm.lent(lending, i), cause -> told.retried(index, cause)));
        }
        return answers;
    }

    private <T> CompletableFuture<T> start(ByteRange range, AnswerForm<T> form, Consumer<StorageException> told) {
        if (closed.get()) {
            return CompletableFuture.failedFuture(failures.closed());
        }
        if (range.length() == 0 || range.offset() >= pin.size().orElse(Long.MAX_VALUE)) {
            return CompletableFuture.completedFuture(form.result().apply(RangeBytes.of(new byte[0])));
        }
        RangeCall<T> call = new RangeCall<>(this, range, new RangeCall.Wish<>(form, told));
        calls.add(call);
        CompletableFuture<T> answer = call.answer();
        CompletableFuture<T> unused = answer.whenComplete((bytes, failure) -> {
            calls.remove(call);
            if (answer.isCancelled()) {
                call.stop();
            }
        });
        // A close in between has either seen this call in the set or is seen here.
        if (closed.get() || !transport.submit(call)) {
            call.stop();
        }
        return answer;
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
        // A key may be the same in stores at different places.
        return Optional.of(transport.options().endpoint().map(at -> at + " ").orElse("") + location.toUri());
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
        StorageProfile usual = StorageProfile.REMOTE;
        return new StorageProfile(
                usual.firstByteMicros(),
                usual.bytesPerSecond(),
                transport.options().connections());
    }

    @Override
    public long retries() {
        return sentAgain.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            List.copyOf(calls).forEach(RangeCall::stop);
            transports.release(transport);
        }
    }

    @Override
    public String toString() {
        return source();
    }

    S3Transport transport() {
        return transport;
    }

    S3Failures failures() {
        return failures;
    }

    RetryBudget budget() {
        return retries;
    }

    /** Takes note of a request that follows one that failed. */
    void sendsAgain() {
        sentAgain.incrementAndGet();
    }

    /** How often one range is asked for. */
    Attempts.Limits limits() {
        S3Options options = transport.options();
        return new Attempts.Limits(options.retries() + 1, retries, options.backoff());
    }

    VersionPin pin() {
        return pin;
    }

    /** A GET of the object, to be completed with a range. */
    GetObjectRequest.Builder request() {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(location.bucket()).key(location.key());
        return transport.options().requesterPays() ? request.requestPayer(RequestPayer.REQUESTER) : request;
    }
}
