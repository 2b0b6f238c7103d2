// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A request of the SDK's synchronous client, as Apache's client behaves: who sends waits for the head, who reads waits
 * for bytes, each for a bounded time. Aborting it, from any thread, ends the wait with an error. An interrupt ends it
 * on virtual threads only, whose sockets it closes; on others it stays set for whoever looks at it.
 */
final class S3Exchange implements ExecutableHttpRequest, Hearing {
    private final SimStore store;
    private final Machine machine;
    private final long timeoutNanos;
    private final SdkHttpRequest request;

    private final Queue<ByteBuffer> came = new ArrayDeque<>();
    private @Nullable Transfer transfer;
    private @Nullable SdkHttpResponse head;
    private @Nullable IOException failure;
    private boolean ended;
    private boolean aborted;

    /** Done by the next thing that is heard. */
    private CompletableFuture<Void> news = new CompletableFuture<>();

    S3Exchange(SimStore store, Machine machine, long timeoutNanos, SdkHttpRequest request) {
        this.store = store;
        this.machine = machine;
        this.timeoutNanos = timeoutNanos;
        this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
        if (aborted) {
            throw new SocketException("Socket closed");
        }
        transfer = store.send(Asked.of(request.method().name(), request.getUri(), request.headers()), this);
        while (head == null) {
            await();
        }
        return HttpExecuteResponse.builder()
                .response(head)
                .responseBody(AbortableInputStream.create(new Stream(), this))
                .build();
    }

    /** Waits for something to be heard, unless it has failed. */
    private void await() throws IOException {
        if (failure == null) {
            waitForNews();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void waitForNews() throws IOException {
        CompletableFuture<Void> next = new CompletableFuture<>();
        news = next;
        boolean interrupted = false;
        long until = machine.nanoTime() + timeoutNanos;
        try {
            while (!next.isDone()) {
                try {
                    machine.get(next, Math.max(1, until - machine.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (machine.hasVirtualThreads()) {
                        close(new SocketException("Closed by interrupt"));
                    }
                }
            }
        } catch (TimeoutException e) {
            close(new SocketTimeoutException("Read timed out"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void close(IOException why) {
        if (failure == null) {
            failure = why;
        }
        Transfer open = transfer;
        if (open != null && !ended) {
            open.cancel();
        }
        news.complete(null);
    }

    @Override
    public void abort() {
        aborted = true;
        if (!ended) {
            close(new SocketException("Socket closed"));
        }
    }

    @Override
    public void head(int status, Map<String, List<String>> headers) {
        head = SdkHttpResponse.builder().statusCode(status).headers(headers).build();
        news.complete(null);
    }

    @Override
    public void bytes(ByteBuffer bytes) {
        came.add(bytes);
        news.complete(null);
    }

    @Override
    public void end() {
        ended = true;
        news.complete(null);
    }

    @Override
    public void broken(IOException why) {
        ended = true;
        failure = failure == null ? why : failure;
        news.complete(null);
    }

    /** The body as it comes. */
    private final class Stream extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (came.isEmpty() && !(ended && failure == null)) {
                Transfer open = transfer;
                if (open != null && failure == null) {
                    open.request(1);
                }
                await();
            }
            ByteBuffer next = came.peek();
            if (next == null) {
                return -1;
            }
            int count = Math.min(length, next.remaining());
            next.get(target, offset, count);
            if (!next.hasRemaining()) {
                came.remove();
            }
            return count;
        }

        /** Ends the connection unless the body was read to its end. */
        @Override
        public void close() {
            Transfer open = transfer;
            if (open != null && !ended) {
                open.cancel();
            }
        }
    }
}
