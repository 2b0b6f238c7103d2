// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Registers each request with the call that its thread works for, so that the call can abort it before there is a
 * response.
 *
 * <p>The synchronous client sends on the calling thread, and an interrupt does not end a platform thread's blocking
 * read.
 */
final class AbortableHttp implements SdkHttpClient {
    /** Sends requests on one thread, and aborts them from any. */
    interface Call extends Runnable {
        /** Takes note of a request of this call, so that it can be aborted. */
        void underWay(Abortable request);

        /** Returns how long the body of a success may be. */
        BoundedHttp.Bound bound();
    }

    private final SdkHttpClient http;

    /**
     * The call that each thread works for. Bounded by the number of I/O threads. Invariant: a thread is in it only
     * inside of {@link #during}.
     */
    private final Map<Thread, Call> working = new ConcurrentHashMap<>();

    AbortableHttp(SdkHttpClient http) {
        this.http = http;
    }

    /** Runs a call on this thread, and hands it its requests. */
    void during(Call call) {
        working.put(Thread.currentThread(), call);
        try {
            call.run();
        } finally {
            working.remove(Thread.currentThread());
        }
    }

    /**
     * Prepares a request and registers it with the call of this thread. A call that was stopped aborts it at once,
     * before it is sent. Threads without a call, such as those of a provider of credentials, are left alone.
     */
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        @Nullable Call call = working.get(Thread.currentThread());
        BoundedHttp.Bound bound = call == null ? BoundedHttp.Bound.NONE : call.bound();
        ExecutableHttpRequest prepared = new BoundedHttp(http.prepareRequest(request), bound);
        if (call != null) {
            call.underWay(prepared);
        }
        return prepared;
    }

    @Override
    public String clientName() {
        return http.clientName();
    }

    @Override
    public void close() {
        http.close();
    }
}
