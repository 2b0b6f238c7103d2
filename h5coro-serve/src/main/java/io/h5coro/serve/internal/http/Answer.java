// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer. The first bytes are held back, so that a failure until then can still be an error; a failure
 * behind them ends the connection. Confined to one thread.
 */
final class Answer extends OutputStream {
    private static final int HELD_BYTES = 1 << 18;

    private final Response response;
    private final boolean hasBody;
    private final SlowClients.Flow flow;
    private byte[] held = new byte[HELD_BYTES];
    private int heldBytes;
    private boolean committed;
    private boolean isCutShort;
    private long sent;
    private Turns.@Nullable Turn turn;

    /** Ends an answer to HEAD whose headers are known: the values behind them need not be read. */
    static final class EnoughException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Makes an empty body.
     *
     * @param hasBody false for the answer to HEAD
     * @param flow is told when the answer waits for its client
     */
    Answer(Response response, boolean hasBody, SlowClients.Flow flow) {
        this.response = response;
        this.hasBody = hasBody;
        this.flow = flow;
    }

    /** Takes the turn in which values are read: others read while this waits for its client. */
    void readsIn(Turns.Turn taken) {
        turn = taken;
    }

    /** Sets a header. */
    void header(String name, String value) {
        response.getHeaders().put(name, value);
    }

    void type(String mediaType) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
    }

    void status(int status) {
        response.setStatus(status);
    }

    boolean isCommitted() {
        return committed;
    }

    boolean hasBody() {
        return hasBody;
    }

    long sent() {
        return sent;
    }

    /** Drops what is held back, for another answer. */
    void reset() {
        heldBytes = 0;
        isCutShort = false;
        response.reset();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > held.length - heldBytes) {
            if (!hasBody) {
                isCutShort = true;
                throw new EnoughException();
            }
            send(false);
            if (length > held.length) {
                send(java.nio.ByteBuffer.wrap(bytes, offset, length), false);
                return;
            }
        }
        System.arraycopy(bytes, offset, held, heldBytes, length);
        heldBytes += length;
    }

    /** Sends all that is held back, as the end of the answer. */
    void finish() throws IOException {
        if (!committed && !isCutShort && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, heldBytes);
        }
        if (!hasBody) {
            heldBytes = 0;
        }
        if (isCutShort) {
            // As the first part of a body: what ends at once would be said to have no bytes.
            send(false);
        }
        send(true);
        held = new byte[0];
    }

    private void send(boolean last) throws IOException {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(held, 0, heldBytes);
        heldBytes = 0;
        send(bytes, last);
    }

    private void send(java.nio.ByteBuffer bytes, boolean last) throws IOException {
        committed = true;
        int length = bytes.remaining();
        Callback.Completable taken = new Callback.Completable(Invocable.InvocationType.NON_BLOCKING);
        response.write(last, bytes, taken);
        if (!taken.isDone()) {
            flow.begin();
            if (turn != null) {
                turn.pause();
            }
        }
        try {
            taken.get();
        } catch (ExecutionException e) {
            throw new IOException("the client takes no more of the answer", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server is being closed");
        } finally {
            flow.end();
        }
        sent += length;
        if (turn != null) {
            turn.resume();
        }
    }
}
