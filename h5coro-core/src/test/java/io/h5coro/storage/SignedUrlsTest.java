// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.storage.StorageException.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SignedUrlsTest {
    private static final Set<Thread.State> WAITING = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final AtomicInteger calls = new AtomicInteger();

    private SignedUrls counted() {
        return SignedUrls.by(location -> URI.create("http://host/x?n=" + calls.incrementAndGet()));
    }

    @Test
    void aLocationIsSignedOnceUntilItsUrlIsRefused() throws Exception {
        SignedUrls signed = counted();
        URI first = signed.at("s3://b/x").url();
        assertEquals(first, signed.at("s3://b/x").url());
        assertEquals(1, calls.get());
        URI second = signed.at("s3://b/x").urlAfter(first);
        assertEquals("n=2", second.getQuery());
        assertEquals(second, signed.at("s3://b/x").urlAfter(first), "the one who comes late takes what is there");
        assertEquals(second, signed.at("s3://b/x").url());
        assertEquals(2, calls.get());
        URI other = signed.at("s3://b/y").url();
        assertEquals("n=3", other.getQuery());
    }

    /** A signer that fails, while twenty wait for it: they all get that failure, and it is not asked twenty times. */
    @Test
    void thoseWhoWaitShareOneCallOfTheSigner() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        SignedUrls signed = SignedUrls.by(location -> {
            calls.incrementAndGet();
            asked.countDown();
            await(answer);
            throw new StorageException(Kind.UNAVAILABLE, location + ": not today");
        });
        List<Thread> threads = new ArrayList<>();
        List<FutureTask<StorageException>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            FutureTask<StorageException> task = new FutureTask<>(() -> assertThrows(
                    StorageException.class, () -> signed.at("s3://b/x").url()));
            waiting.add(task);
            threads.add(new Thread(task));
        }
        threads.forEach(Thread::start);
        await(asked);
        Eventually.holds(() -> threads.stream().map(Thread::getState).allMatch(WAITING::contains));
        answer.countDown();
        for (FutureTask<StorageException> task : waiting) {
            StorageException failure = task.get();
            assertEquals(Kind.UNAVAILABLE, failure.kind());
            assertEquals("s3://b/x: not today", failure.getMessage());
        }
        assertEquals(1, calls.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anExceptionOfTheSignerIsNotRepeated() {
        SignedUrls signed = SignedUrls.by(location -> {
            throw new IllegalStateException("SECRET");
        });
        StorageException failure = assertThrows(
                StorageException.class,
                () -> signed.at("https://u:SECRET@host/x?SECRET").url());
        assertEquals(Kind.ACCESS_DENIED, failure.kind());
        assertEquals("https://host/x: the signer of its URL failed (IllegalStateException)", failure.getMessage());
        assertFalse(signed.at("https://u:SECRET@host/x").toString().contains("SECRET"));
    }

    @Test
    void anExceptionThatTheSignerDoesNotDeclareEndsTheWaitToo() {
        SignedUrls signed = SignedUrls.by(location -> SignedUrlsTest.<RuntimeException>undeclared());
        for (int i = 0; i < 2; i++) {
            StorageException failure = assertThrows(
                    StorageException.class, () -> signed.at("https://host/x").url());
            assertEquals("https://host/x: the signer of its URL failed (IOException)", failure.getMessage());
            assertEquals(null, failure.getCause());
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> URI undeclared() throws E {
        throw (E) new IOException("SECRET");
    }

    @Test
    void aLocationWithoutASupplierIsRefused() throws Exception {
        SignedUrls signed = SignedUrls.of(Map.of("id://a", () -> URI.create("http://host/a")));
        assertEquals("/a", signed.at("id://a").url().getPath());
        StorageException failure = assertThrows(
                StorageException.class, () -> signed.at("https://host/b?SECRET").url());
        assertEquals(Kind.ACCESS_DENIED, failure.kind());
        assertEquals("https://host/b: there is no supplier of URLs for this location", failure.getMessage());
    }

    @Test
    void ofManyLocationsTheLatestUrlsAreKept() throws Exception {
        SignedUrls signed = counted();
        for (int i = 0; i < 1_025; i++) {
            signed.at("s3://b/" + i).url();
        }
        assertEquals(1_025, calls.get());
        signed.at("s3://b/1").url();
        assertEquals(1_025, calls.get());
        signed.at("s3://b/0").url();
        assertEquals(1_026, calls.get());
    }
}
