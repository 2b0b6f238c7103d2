// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection whose bytes a test writes and reads itself. Confined to one thread. */
final class RawClient implements AutoCloseable {
    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    /** Connects; of an answer the system keeps little that was not read. */
    static RawClient connect(URI server) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        return new RawClient(socket);
    }

    RawClient get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Sends the head of a request of MessagePack with a body of a length. */
    RawClient post(String path, long length) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + Client.TYPE
                + "\r\nContent-Length: " + length + "\r\n\r\n");
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Reads the status of an answer. */
    int status() throws IOException {
        String line = new String(in().readNBytes(12), StandardCharsets.US_ASCII);
        return Integer.parseInt(line.substring(9));
    }

    /** Reads until the connection ends, however it does. */
    String rest() throws IOException {
        StringBuilder all = new StringBuilder();
        byte[] part = new byte[1 << 16];
        try {
            for (int n = in().read(part); n >= 0; n = in().read(part)) {
                all.append(new String(part, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection did not end", e);
        } catch (IOException reset) {
            return all.toString();
        }
        return all.toString();
    }

    /** Ends the connection as the system does for a program that is killed. */
    void kill() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
