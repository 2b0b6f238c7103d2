// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A web server on 127.0.0.1 that serves byte arrays by range and goes wrong as it is told. Thread-safe.
 *
 * <p>Speaks HTTP/1.1 with kept connections over plain sockets, so that it can break any rule. Sends a strong ETag (a
 * checksum of the content) and honours {@code If-Match}.
 */
public final class FaultyHttpServer implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");
    private static final int SLICE_BYTES = 16 << 10;
    private static final int SMALL_BUFFER_BYTES = 4 << 10;

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "faulty-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Stored> objects = new ConcurrentHashMap<>();
    private final List<ServedExchange> exchanges = Collections.synchronizedList(new ArrayList<>());
    private final List<ServedRequest> log = Collections.synchronizedList(new ArrayList<>());
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connectionsSoFar = new AtomicInteger();
    private final AtomicLong endlessBytes = new AtomicLong();
    private final AtomicInteger requestsNow = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger maxRequestsAtOnce = new AtomicInteger();
    private final Queue<ServerFault> faults = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Function<ServedRequest, ServerFault> rule = request -> ServerFault.none();
    private volatile Duration latency = Duration.ZERO;
    private volatile CountDownLatch together = new CountDownLatch(0);
    private volatile boolean versions = true;
    private volatile long connectionBytesPerSecond;
    private volatile @Nullable Throttle uplink;

    /** Content with its entity tag, which is computed once: large objects are asked for often. */
    private record Stored(byte[] content, String etag) {}

    private FaultyHttpServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** Starts a server on a free port. */
    public static FaultyHttpServer start() throws IOException {
        FaultyHttpServer server = new FaultyHttpServer(new ServerSocket(0, 512, InetAddress.getByName("127.0.0.1")));
        server.threads.execute(server::accept);
        return server;
    }

    /** Serves {@code content} at {@code path} from now on. */
    public FaultyHttpServer put(String path, byte[] content) {
        objects.put(path, new Stored(content, etag(content)));
        return this;
    }

    /** The address of a path, which may have a query. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    /** Spoils the next answers, one by each fault, in this order. */
    public FaultyHttpServer next(ServerFault... these) {
        faults.addAll(List.of(these));
        return this;
    }

    /** Asks for a fault for every request that {@link #next} has none for. */
    public FaultyHttpServer always(Function<ServedRequest, ServerFault> newRule) {
        rule = newRule;
        return this;
    }

    /** Waits so long before the first byte of every answer, as a store far away does. */
    public FaultyHttpServer latency(Duration firstByte) {
        latency = firstByte;
        return this;
    }

    /** Answers the next so many requests once all of them are there: who waits for one before the next hangs. */
    public FaultyHttpServer together(int requests) {
        together = new CountDownLatch(requests);
        return this;
    }

    /** Limits the bandwidth of each connection and of all together; 0 for no limit. */
    public FaultyHttpServer bandwidth(long bytesPerSecondEach, long bytesPerSecondTotal) {
        connectionBytesPerSecond = bytesPerSecondEach;
        uplink = bytesPerSecondTotal == 0 ? null : new Throttle(bytesPerSecondTotal);
        return this;
    }

    /** Sends no entity tags and looks at none from now on. */
    public FaultyHttpServer withoutVersions() {
        versions = false;
        return this;
    }

    /** All requests so far, in the order of their coming. */
    public List<ServedRequest> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    /** The answers that were sent to their end, with their times, in the order of their ends. */
    public List<ServedExchange> exchanges() {
        synchronized (exchanges) {
            return List.copyOf(exchanges);
        }
    }

    /** Forgets all requests so far, to count what comes next alone. */
    public void clearLog() {
        log.clear();
        exchanges.clear();
    }

    /** Requests so far. */
    public int requests() {
        return log.size();
    }

    /** Connections that are open now. */
    public int openConnections() {
        return connections.size();
    }

    /** Connections so far. */
    public int connectionsSoFar() {
        return connectionsSoFar.get();
    }

    /** Bytes sent of bodies without end. */
    public long endlessBytes() {
        return endlessBytes.get();
    }

    /** Requests that are being answered now. */
    public int requestsNow() {
        return requestsNow.get();
    }

    /**
     * The most requests that waited for their last bytes together: a client that has those may ask again before the
     * server has noticed that it sent them.
     */
    public int maxRequestsAtOnce() {
        return maxRequestsAtOnce.get();
    }

    /** The strong entity tag of some content. */
    public static String etag(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return "\"" + Long.toHexString(crc.getValue()) + "-" + content.length + "\"";
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                connections.add(socket);
                int number = connectionsSoFar.incrementAndGet();
                threads.execute(() -> serve(socket, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean open = true;
            while (open) {
                ServedRequest request = parse(in, number);
                ServerFault fault = logged(request);
                requestsNow.incrementAndGet();
                maxRequestsAtOnce.accumulateAndGet(unanswered.incrementAndGet(), Math::max);
                AtomicBoolean waits = new AtomicBoolean(true);
                Runnable answered = () -> unanswered.addAndGet(waits.getAndSet(false) ? -1 : 0);
                long start = System.nanoTime();
                try {
                    CountDownLatch all = together;
                    all.countDown();
                    all.await();
                    ServerAnswer answer = answer(request, fault);
                    answer.beforeLastBytes = answered;
                    boolean head = request.method().equals("HEAD");
                    open = send(answer, socket, in, head);
                    exchanges.add(new ServedExchange(
                            request, start, System.nanoTime(), answer.from, head ? 0 : answer.length));
                } finally {
                    answered.run();
                    requestsNow.decrementAndGet();
                }
            }
        } catch (IOException e) {
            // The client has gone away, or the server is being closed.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    private static ServedRequest parse(InputStream in, int connection) throws IOException {
        String[] start = line(in).split(" ", 3);
        if (start.length != 3) {
            throw new EOFException("not a request");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new EOFException("not a header");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int question = start[1].indexOf('?');
        String path = question < 0 ? start[1] : start[1].substring(0, question);
        String query = question < 0 ? "" : start[1].substring(question + 1);
        return new ServedRequest(start[0], path, query, headers, connection);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /** Takes note of a request. Faults go to requests in the order of the log; null when there is none for it. */
    private @Nullable ServerFault logged(ServedRequest request) {
        synchronized (log) {
            log.add(request);
            return faults.poll();
        }
    }

    /** What the rule does to the objects, it does before the answer. */
    private ServerAnswer answer(ServedRequest request, @Nullable ServerFault first) {
        ServerFault fault = first == null ? rule.apply(request) : first;
        ServerAnswer answer = rightAnswer(request);
        fault.spoil(answer);
        return answer;
    }

    private ServerAnswer rightAnswer(ServedRequest request) {
        Stored stored = objects.get(request.path());
        if (stored == null) {
            return new ServerAnswer(404, new byte[0], 0, 0);
        }
        byte[] object = stored.content();
        ServerAnswer answer = new ServerAnswer(200, object, 0, object.length);
        String etag = stored.etag();
        answer.header("Accept-Ranges", "bytes");
        if (versions) {
            answer.header("ETag", etag);
        }
        if (versions && !request.header("If-Match").orElse(etag).equals(etag)) {
            answer.refuse(412);
            return answer;
        }
        request.header("Range").map(RANGE::matcher).filter(Matcher::matches).ifPresent(range -> cut(answer, range));
        return answer;
    }

    private static void cut(ServerAnswer answer, Matcher range) {
        int size = answer.object.length;
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
        if (first >= size) {
            answer.refuse(416);
            answer.header("Content-Range", "bytes */" + size);
            return;
        }
        answer.status = 206;
        answer.from = (int) first;
        answer.length = (int) (last - first + 1);
        answer.header("Content-Range", "bytes " + first + "-" + last + "/" + size);
    }

    /** Sends the answer; false when the connection is of no use any more. */
    private boolean send(ServerAnswer answer, Socket socket, InputStream in, boolean headOnly)
            throws IOException, InterruptedException {
        if (closing.await(latency.plus(answer.firstByteDelay).toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status + " status\r\n");
        answer.headers.putIfAbsent("Content-Length", Integer.toString(answer.length));
        answer.headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (answer.stop == ServerAnswer.Stop.RESET) {
            // A reset takes away what the client has not read: with small buffers that is not all.
            socket.setSendBufferSize(SMALL_BUFFER_BYTES);
        }
        OutputStream out = socket.getOutputStream();
        if (answer.raw != null) {
            out.write(answer.raw);
            return finish(answer, socket, in);
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (headOnly) {
            return true;
        }
        sendBody(answer, out);
        for (byte[] zeros = new byte[SLICE_BYTES]; answer.endless && !listener.isClosed(); ) {
            endlessBytes.addAndGet(zeros.length);
            out.write(zeros);
        }
        return finish(answer, socket, in);
    }

    private boolean finish(ServerAnswer answer, Socket socket, InputStream in)
            throws IOException, InterruptedException {
        if (answer.stop == null) {
            return true;
        }
        if (answer.stop == ServerAnswer.Stop.STALL) {
            // Until the client goes away, or the server is closed: then it is seen that the connection is.
            int unused = in.read();
        } else if (answer.stop == ServerAnswer.Stop.RESET) {
            // With a linger of 0 the close sends RST; a moment before it lets the client read what was sent.
            closing.await(20, TimeUnit.MILLISECONDS);
            socket.setSoLinger(true, 0);
        }
        return false;
    }

    private void sendBody(ServerAnswer answer, OutputStream out) throws IOException, InterruptedException {
        Throttle all = uplink;
        Throttle own = connectionBytesPerSecond == 0 ? null : new Throttle(connectionBytesPerSecond);
        int end = answer.from + Math.min(answer.length, answer.stopAfter);
        int slice = all == null && own == null ? end : SLICE_BYTES;
        for (int at = answer.from; at < end; at += slice) {
            int size = Math.min(slice, end - at);
            if (all != null) {
                all.pass(size);
            }
            if (own != null) {
                own.pass(size);
            }
            if (at + size == end && answer.stop == null) {
                answer.beforeLastBytes.run();
            }
            out.write(answer.body, at, size);
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        listener.close();
        for (Socket socket : connections) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
