// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/** A connection that counts the bytes that its socket took. Thread-safe. */
final class CountedEndPoint extends SocketChannelEndPoint {
    private final AtomicLong taken = new AtomicLong();

    CountedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Returns the connection of a request, below its encryption. */
    static EndPoint of(Request request) {
        return of(request.getConnectionMetaData().getConnection().getEndPoint());
    }

    static EndPoint of(EndPoint point) {
        return point instanceof EndPoint.Wrapper wrapper ? of(wrapper.unwrap()) : point;
    }

    /** Returns the bytes that the socket of a connection took, encrypted or not. */
    static long taken(EndPoint point) {
        return point instanceof CountedEndPoint counted ? counted.taken.get() : 0;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        long before = remaining(buffers);
        try {
            return super.flush(buffers);
        } finally {
            taken.addAndGet(before - remaining(buffers));
        }
    }

    private static long remaining(ByteBuffer... buffers) {
        long bytes = 0;
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
        }
        return bytes;
    }
}
