// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.sim.QueueWorld;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulated store as the JDK's client shows it: sound answers, and each fault when it is certain. */
class SimHttpClientTest {
    private static final String KEY = "bucket/dir/a b.h5";
    private static final byte[] CONTENT = new byte[10_000];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    private final QueueWorld world = new QueueWorld(1);

    private SimStore store(Weather weather) {
        SimStore store = new SimStore(world, Network.NEAR, weather);
        store.put(KEY, CONTENT);
        return store;
    }

    private static HttpRequest.Builder request(String range) {
        return HttpRequest.newBuilder(URI.create("http://store/bucket/dir/a%20b.h5"))
                .setHeader("Range", "bytes=" + range);
    }

    private CompletableFuture<HttpResponse<byte[]>> send(SimStore store, HttpRequest request) {
        SimHttpClient client = new SimHttpClient(store, task -> world.after(0, task));
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        assertFalse(answer.isDone());
        return answer;
    }

    private HttpResponse<byte[]> answer(SimStore store, HttpRequest request) throws Exception {
        CompletableFuture<HttpResponse<byte[]>> answer = send(store, request);
        world.run();
        assertEquals(store.figures().started(), store.figures().ended());
        return answer.get();
    }

    private IOException failure(SimStore store) {
        ExecutionException thrown = assertThrows(
                ExecutionException.class, () -> answer(store, request("0-999").build()));
        return assertInstanceOf(IOException.class, thrown.getCause());
    }

    private static Weather certain(FaultKind kind) {
        return Weather.fair().with(kind, 1);
    }

    @Test
    void servesAPart() throws Exception {
        SimStore store = store(Weather.fair());
        HttpResponse<byte[]> part = answer(store, request("100-299").build());
        assertEquals(206, part.statusCode());
        assertArrayEquals(Arrays.copyOfRange(CONTENT, 100, 300), part.body());
        assertEquals(
                "bytes 100-299/10000",
                part.headers().firstValue("Content-Range").orElseThrow());
        assertEquals("200", part.headers().firstValue("content-length").orElseThrow());
        String tag = store.versions(KEY).get(0).tag();
        assertEquals(tag, part.headers().firstValue("ETag").orElseThrow());
        assertEquals(
                206,
                answer(store, request("0-0").setHeader("If-Match", tag).build()).statusCode());
        assertEquals(0, store.figures().unconditional());
        assertEquals(1, store.figures().connections());
        assertTrue(world.nanoTime() > 2_000_000 && world.nanoTime() < 3_000_000_000L, "" + world.nanoTime());
    }

    @Test
    void cutsAPartAtTheEnd() throws Exception {
        HttpResponse<byte[]> part = answer(
                store(Weather.fair()), request("9990-9223372036854775806").build());
        assertArrayEquals(Arrays.copyOfRange(CONTENT, 9990, 10_000), part.body());
    }

    @Test
    void aHeldThreadHandsTheBytesOnLater() throws Exception {
        SimStore store = store(certain(FaultKind.HELD));
        HttpResponse<byte[]> part = answer(store, request("100-299").build());
        assertArrayEquals(Arrays.copyOfRange(CONTENT, 100, 300), part.body());
        assertTrue(store.met().get(FaultKind.HELD) > 0, "" + store.met());
    }

    @Test
    void refusesWhatIsBehindTheEnd() throws Exception {
        HttpResponse<byte[]> refused =
                answer(store(Weather.fair()), request("10000-10001").build());
        assertEquals(416, refused.statusCode());
        assertEquals(
                "bytes */10000", refused.headers().firstValue("Content-Range").orElseThrow());
    }

    @Test
    void refusesAnotherVersion() throws Exception {
        SimStore store = store(Weather.fair());
        String old = store.versions(KEY).get(0).tag();
        store.put(KEY, new byte[5]);
        assertEquals(
                412,
                answer(store, request("0-1").setHeader("If-Match", old).build()).statusCode());
        store.delete(KEY);
        assertEquals(404, answer(store, request("0-1").build()).statusCode());
        assertEquals(2, store.versions(KEY).size());
    }

    @Test
    void countsRequestsThatForgetTheirCondition() throws Exception {
        SimStore store = store(Weather.fair());
        answer(store, request("0-1").build());
        assertEquals(0, store.figures().unconditional());
        answer(store, request("0-1").setHeader("User-Agent", "another").build());
        assertEquals(0, store.figures().unconditional());
        answer(store, request("0-1").build());
        assertEquals(1, store.figures().unconditional());
    }

    @Test
    void asksForAValidToken() throws Exception {
        SimStore store = store(Weather.fair());
        store.lock("bucket/");
        String token = store.keys().token();
        HttpRequest locked =
                request("0-1").setHeader("Authorization", "Bearer " + token).build();
        assertEquals(403, answer(store, request("0-1").build()).statusCode());
        assertEquals(206, answer(store, locked).statusCode());
        store.keys().expire();
        HttpResponse<byte[]> expired = answer(store, locked);
        assertTrue(List.of(400, 403).contains(expired.statusCode()), "" + expired.statusCode());
        assertTrue(new String(expired.body(), java.nio.charset.StandardCharsets.UTF_8).contains("ExpiredToken"));
    }

    @Test
    void redirectsToASignedAddressThatExpires() throws Exception {
        SimStore store = store(Weather.fair());
        store.redirect("bucket/dir/");
        HttpResponse<byte[]> elsewhere = answer(store, request("0-1").build());
        assertEquals(307, elsewhere.statusCode());
        URI signed = URI.create("http://store")
                .resolve(elsewhere.headers().firstValue("Location").orElseThrow());
        HttpRequest there =
                HttpRequest.newBuilder(signed).setHeader("Range", "bytes=0-1").build();
        assertEquals(206, answer(store, there).statusCode());
        store.keys().expire();
        assertTrue(answer(store, there).statusCode() >= 400);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"UNREACHABLE", "RESET_BEFORE", "GARBLED", "RESET_WITHIN", "SHORT_BODY"})
    void breaks(FaultKind kind) {
        SimStore store = store(certain(kind));
        IOException failure = failure(store);
        assertEquals(kind == FaultKind.UNREACHABLE, failure instanceof ConnectException);
        assertEquals(1, store.met().get(kind));
        assertEquals(1, store.figures().broken());
    }

    @Test
    void refuses() throws Exception {
        HttpRequest request = request("0-999").build();
        assertEquals(503, answer(store(certain(FaultKind.SLOW_DOWN)), request).statusCode());
        assertEquals(
                500, answer(store(certain(FaultKind.SERVER_ERROR)), request).statusCode());
        assertEquals(
                304, answer(store(certain(FaultKind.NOT_MODIFIED)), request).statusCode());
        HttpResponse<byte[]> tooMany = answer(store(certain(FaultKind.TOO_MANY)), request);
        assertEquals(429, tooMany.statusCode());
        assertTrue(tooMany.headers().firstValue("Retry-After").isPresent());
    }

    @Test
    void bendsTheAnswer() throws Exception {
        HttpRequest request = request("100-299").build();
        HttpResponse<byte[]> wrong = answer(store(certain(FaultKind.WRONG_RANGE)), request);
        assertFalse("bytes 100-299/10000"
                .equals(wrong.headers().firstValue("Content-Range").orElse("")));
        HttpResponse<byte[]> piece = answer(store(certain(FaultKind.SHORT_PIECE)), request);
        assertTrue(piece.body().length > 0 && piece.body().length < 200);
        assertArrayEquals(Arrays.copyOfRange(CONTENT, 100, 100 + piece.body().length), piece.body());
        HttpResponse<byte[]> whole = answer(store(certain(FaultKind.WHOLE)), request);
        assertEquals(200, whole.statusCode());
        assertArrayEquals(CONTENT, whole.body());
        assertTrue(answer(store(certain(FaultKind.ENCODED)), request)
                .headers()
                .firstValue("Content-Encoding")
                .isPresent());
        HttpResponse<byte[]> longer = answer(store(certain(FaultKind.LONG_BODY)), request);
        assertTrue(longer.body().length > 200);
        assertTrue(longer.headers().firstValue("Content-Length").isEmpty());
    }

    @Test
    void replacesAndMixesVersions() throws Exception {
        SimStore changing = store(certain(FaultKind.CHANGE));
        answer(changing, request("0-1").build());
        assertEquals(1, changing.versions(KEY).size());
        changing.allowChange(KEY, (old, noise) -> noise);
        HttpResponse<byte[]> changed = answer(changing, request("0-99").build());
        assertEquals(2, changing.versions(KEY).size());
        assertArrayEquals(changing.versions(KEY).get(1).bytes(), changed.body());

        SimStore ignoring = store(certain(FaultKind.CONDITION_IGNORED));
        HttpRequest old = request("0-1").setHeader("If-Match", "\"other\"").build();
        assertEquals(206, answer(ignoring, old).statusCode());

        SimStore torn = store(certain(FaultKind.TORN));
        torn.put(KEY, new byte[10_000]);
        byte[] mixed = answer(torn, request("0-9").build()).body();
        assertArrayEquals(Arrays.copyOf(CONTENT, 5), Arrays.copyOf(mixed, 5));
        assertArrayEquals(new byte[5], Arrays.copyOfRange(mixed, 5, 10));
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"STALL_BEFORE", "STALL_WITHIN", "DRIP", "LATE_END"})
    void takesLongAndIsSound(FaultKind kind) throws Exception {
        SimStore store = store(certain(kind));
        for (int i = 0; i < 20; i++) {
            long start = world.nanoTime();
            assertArrayEquals(
                    Arrays.copyOf(CONTENT, 1000),
                    answer(store, request("0-999").build()).body());
            assertTrue(world.nanoTime() - start >= (kind == FaultKind.LATE_END ? 0 : 30_000_000_000L));
        }
        assertTrue(store.met().get(kind) >= 20);
    }

    @Test
    void storms() throws Exception {
        SimStore store = store(certain(FaultKind.STORM));
        List<Integer> statuses = new ArrayList<>();
        while (world.nanoTime() < 300_000_000_000L) {
            statuses.add(answer(store, request("0-9").build()).statusCode());
            waitSome();
        }
        assertTrue(statuses.contains(503) && statuses.contains(206), statuses.toString());
        assertEquals(List.of(206, 503), statuses.stream().distinct().sorted().toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"PARTITION", "SLOW_PREFIX"})
    void isSlowForATime(FaultKind kind) throws Exception {
        SimStore store = store(certain(kind));
        long longest = 0;
        while (world.nanoTime() < 300_000_000_000L) {
            long start = world.nanoTime();
            assertEquals(206, answer(store, request("0-9").build()).statusCode());
            longest = Math.max(longest, world.nanoTime() - start);
            waitSome();
        }
        assertTrue(store.met().containsKey(kind));
        assertTrue(longest > 200_000_000L);
    }

    private void waitSome() {
        world.after(100_000_000L, () -> {});
        world.run();
    }

    @Test
    void cancellingTheResponseEndsTheRequest() {
        SimStore store = store(Weather.fair());
        CompletableFuture<HttpResponse<byte[]>> answer =
                send(store, request("0-999").build());
        world.step();
        assertEquals(1, store.figures().underWay());
        assertEquals(1000, store.figures().askedBytes());
        answer.cancel(true);
        assertEquals(0, store.figures().underWay());
        assertEquals(0, store.figures().askedBytes());
        world.run();
        assertEquals(0, store.figures().sentBytes());
        assertEquals(1, store.figures().cancelled());
    }

    /** Takes one portion and gives up. */
    private static final class Taker implements HttpResponse.BodySubscriber<Void> {
        private final CompletableFuture<Void> body = new CompletableFuture<>();
        private final List<Integer> sizes = new ArrayList<>();
        private final long most;
        private Flow.Subscription subscription;

        Taker(long most) {
            this.most = most;
        }

        @Override
        public CompletableFuture<Void> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            sizes.add(item.stream().mapToInt(ByteBuffer::remaining).sum());
            if (sizes.size() == most) {
                subscription.cancel();
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable throwable) {
            body.completeExceptionally(throwable);
        }

        @Override
        public void onComplete() {
            body.complete(null);
        }
    }

    @Test
    void sendsNoMoreThanIsDemanded() throws Exception {
        SimStore store = store(Weather.fair());
        SimHttpClient client = new SimHttpClient(store, task -> world.after(0, task));
        Taker one = new Taker(1);
        CompletableFuture<HttpResponse<Void>> given =
                client.sendAsync(request("0-999").build(), info -> one);
        world.run();
        assertFalse(given.isDone());
        assertEquals(1, one.sizes.size());
        assertEquals((long) one.sizes.get(0), store.figures().sentBytes());
        assertEquals(1, store.figures().cancelled());

        Taker all = new Taker(Long.MAX_VALUE);
        CompletableFuture<HttpResponse<Void>> read =
                client.sendAsync(request("0-999").build(), info -> all);
        world.run();
        assertTrue(read.isDone());
        assertEquals(1000, all.sizes.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void sameSeedSameTrace() throws Exception {
        List<List<String>> traces = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            QueueWorld same = new QueueWorld(7);
            SimStore store = new SimStore(same, Network.FAR, Weather.foul(0.3));
            store.put(KEY, CONTENT);
            SimHttpClient client = new SimHttpClient(store, task -> same.after(0, task));
            for (int i = 0; i < 50; i++) {
                CompletableFuture<HttpResponse<byte[]>> unused = client.sendAsync(
                        request(i + "-" + (i * 100 + 50)).build(), HttpResponse.BodyHandlers.ofByteArray());
            }
            same.run();
            traces.add(same.trace());
        }
        assertEquals(traces.get(0), traces.get(1));
        assertTrue(traces.get(0).size() > 100);
    }
}
