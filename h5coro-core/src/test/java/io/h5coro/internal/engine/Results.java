// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.model.H5Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Values that tests write, and results of calls that they wait for. */
final class Results {
    private Results() {}

    static byte[] ints(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            buffer.putInt(value);
        }
        return buffer.array();
    }

    static int[] sequence(int from, int count) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = from + i;
        }
        return values;
    }

    /** The result of a call's first request. */
    static H5Array only(Call call) {
        return of(call, call.names().get(0));
    }

    /** A result; a failure is thrown itself. */
    static H5Array of(Call call, String name) {
        try {
            CompletableFuture<H5Array> future = call.future(name);
            assertTrue(future != null, "no request " + name);
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw assertInstanceOf(H5Exception.class, e.getCause(), String.valueOf(e.getCause()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
