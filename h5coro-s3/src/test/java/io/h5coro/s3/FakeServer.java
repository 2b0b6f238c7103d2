// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server on loopback that answers as a test says, byte by byte where it wants; one request a connection. */
final class FakeServer implements AutoCloseable {
    /** Answers one request. Closing the socket or throwing breaks the answer off. */
    interface Handler {
        void answer(Request request, OutputStream out) throws Exception;
    }

    /** A request without its body; names of headers in lower case. */
    record Request(int number, String line, Map<String, String> headers) {
        String header(String name) {
            return Optional.ofNullable(headers.get(name)).orElse("");
        }

        /** First byte and end of the range asked for. */
        long[] range() {
            String[] ends = header("range").replace("bytes=", "").split("-");
            return new long[] {Long.parseLong(ends[0]), Long.parseLong(ends[1]) + 1};
        }
    }

    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Handler handler;

    FakeServer(Handler handler) throws IOException {
        this.handler = handler;
        start(this::accept, "fake-s3");
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** What was asked so far. */
    List<Request> requests() {
        return requests;
    }

    /** An answer with headers ({@code name: value}) and a body; Content-Length is added. */
    static void send(OutputStream out, int status, List<String> headers, byte[] body) throws IOException {
        head(out, status, headers, body.length);
        out.write(body);
        out.flush();
    }

    /** The head of an answer that promises {@code length} bytes. */
    static void head(OutputStream out, int status, List<String> headers, long length) throws IOException {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Fake\r\nConnection: close\r\n");
        headers.forEach(header -> text.append(header).append("\r\n"));
        text.append("Content-Length: ").append(length).append("\r\n\r\n");
        out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** An error in S3's form. */
    static void sendError(OutputStream out, int status, String code, String... headers) throws IOException {
        String body = "<?xml version=\"1.0\"?><Error><Code>" + code
                + "</Code><Message>secret text of the server</Message>" + "<RequestId>1</RequestId></Error>";
        send(out, status, List.of(headers), body.getBytes(StandardCharsets.UTF_8));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                start(() -> serve(socket), "fake-s3-connection");
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Request request = logged(read(new BufferedInputStream(socket.getInputStream())));
            handler.answer(request, socket.getOutputStream());
        } catch (Exception e) {
            // The answer breaks off here, which is what the test wants or what the client did.
        } finally {
            sockets.remove(socket);
        }
    }

    /** Takes note of a request and numbers it. */
    private synchronized Request logged(Request request) {
        Request numbered = new Request(requests.size(), request.line(), request.headers());
        requests.add(numbered);
        return numbered;
    }

    private static Request read(InputStream in) throws IOException {
        String line = line(in);
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).trim());
        }
        return new Request(-1, line, headers);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int letter = in.read(); letter != '\n'; letter = in.read()) {
            if (letter < 0) {
                throw new IOException("no request");
            }
            if (letter != '\r') {
                text.append((char) letter);
            }
        }
        return text.toString();
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
