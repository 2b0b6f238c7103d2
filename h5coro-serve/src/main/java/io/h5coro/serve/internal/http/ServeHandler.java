// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.internal.root.Place;
import io.h5coro.serve.internal.wire.RequestReader;
import io.h5coro.serve.internal.wire.WireException;
import io.h5coro.serve.internal.wire.WireRequest;
import io.h5coro.serve.option.PasswordFile;
import io.h5coro.storage.StorageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Finds the answer to a request.
 *
 * <pre>
 * /, /page.js ...      the page
 * /msgpack/PATH        the protocol of hdfstream
 * /download/PATH       a file
 * /arrow/PATH          a table
 * /health, /metrics    for those who run it
 * </pre>
 *
 * Thread-safe.
 */
public final class ServeHandler extends Handler.Abstract {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
    /** What old clients send for nobody: {@code None:None}. */
    private static final String ANONYMOUS = "Basic Tm9uZTpOb25l";

    private static final int LONGEST_PATH = 4096;

    private final Service service;
    private final String host;
    private final boolean isLocal;
    private final Optional<Credentials> credentials;
    private final RequestReader reader;
    private final MsgpackAnswers msgpack;
    private final FileAnswers files;
    private final ArrowAnswers arrow;
    private final PageAnswers page = new PageAnswers();

    /** Makes the handler of a server that listens at an address. */
    public ServeHandler(Service service, String host, Optional<PasswordFile> passwords) {
        this.service = service;
        this.host = host;
        this.isLocal = isLoopback(host);
        this.credentials =
                passwords.map(file -> new Credentials(file, service.limits().time()));
        this.reader = new RequestReader(service.limits().slices());
        this.msgpack = new MsgpackAnswers(service);
        this.files = new FileAnswers(service);
        this.arrow = new ArrowAnswers(service);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Metrics metrics = service.metrics();
        metrics.begin();
        boolean body = !request.getMethod().equals("HEAD");
        EndPoint connection = CountedEndPoint.of(request);
        SlowClients.Flow flow = service.clients().watch(() -> CountedEndPoint.taken(connection), connection::close);
        Answer answer = new Answer(response, body, flow);
        boolean complete = false;
        Throwable broken = null;
        try {
            headers(answer);
            whole(request, answer);
            complete = true;
        } catch (StorageException | RuntimeException e) {
            broken = refuse(request, answer, e);
            complete = broken == null;
        } catch (IOException e) {
            broken = e;
        } catch (OutOfMemoryError e) {
            broken = e;
        } finally {
            flow.close();
            metrics.end(response.getStatus(), answer.sent(), complete);
        }
        if (broken == null) {
            callback.succeeded();
        } else {
            callback.failed(broken);
        }
        return true;
    }

    private static void headers(Answer answer) {
        answer.header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
        answer.header("X-Content-Type-Options", "nosniff");
        answer.header("Referrer-Policy", "no-referrer");
        answer.header("Cross-Origin-Resource-Policy", "same-origin");
    }

    private void whole(Request request, Answer answer) throws IOException, StorageException {
        try {
            respond(request, answer);
        } catch (Answer.EnoughException e) {
            // The headers are the whole answer.
        }
        answer.finish();
    }

    private void respond(Request request, Answer answer) throws IOException, StorageException {
        check(request);
        String path = request.getHttpURI().getPath();
        if (path == null || path.length() > LONGEST_PATH) {
            throw new WireException(400, "the path is longer than " + LONGEST_PATH + " letters");
        }
        String method = request.getMethod();
        int slash = path.indexOf('/', 1);
        String first = slash < 0 ? path.substring(1) : path.substring(1, slash);
        String rest = slash < 0 ? "" : path.substring(slash);
        if (first.equals("msgpack")) {
            msgpack.answer(Place.of(rest), wire(request, method), answer);
        } else if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new WireException(405, "the method is GET or HEAD");
        } else if (first.equals("download")) {
            files.answer(Place.of(rest), request.getHeaders().get(HttpHeader.RANGE), answer);
        } else if (first.equals("arrow")) {
            arrow.answer(Place.of(rest), query(request), answer);
        } else if (rest.isEmpty()) {
            single(first, answer);
        } else {
            throw new WireException(404, "there is no such page");
        }
    }

    private void single(String name, Answer answer) throws IOException {
        switch (name) {
            case "" -> page.answer("index.html", answer);
            case "health" -> text(answer, "text/plain;charset=utf-8", "ok\n");
            case "metrics" ->
                text(
                        answer,
                        "text/plain;version=0.0.4;charset=utf-8",
                        service.metrics().text());
            default -> page.answer(name, answer);
        }
    }

    private static void text(Answer answer, String type, String text) throws IOException {
        answer.type(type);
        answer.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A page of the web may not make a browser read what this machine alone may: the name of the host is its own. */
    private void check(Request request) {
        if (isLocal && credentials.isEmpty() && !isOwnName(request)) {
            throw new WireException(400, "the server answers to the name localhost only");
        }
        String sent = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (credentials.isEmpty() && sent != null && !sent.equals(ANONYMOUS)) {
            throw new WireException(401, "the server knows no users");
        }
        credentials.ifPresent(some -> {
            if (!"/health".equals(request.getHttpURI().getPath())) {
                some.check(sent);
            }
        });
    }

    /** An address such as 127.0.0.2, or another name of the own machine, is one too. */
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // and nothing listens there
        }
    }

    private boolean isOwnName(Request request) {
        String sent = Request.getServerName(request);
        String name = sent == null ? "" : sent.replaceAll("[\\[\\]]", "");
        return LOOPBACK.contains(name.toLowerCase(Locale.ROOT)) || name.equalsIgnoreCase(host);
    }

    private WireRequest wire(Request request, String method) throws IOException {
        if (method.equals("GET") || method.equals("HEAD")) {
            return reader.query(query(request).last());
        }
        if (!method.equals("POST")) {
            throw new WireException(405, "the method is GET or POST");
        }
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (!MsgpackAnswers.TYPE.equals(mediaType(type))) {
            throw new WireException(415, "the body of a request is " + MsgpackAnswers.TYPE);
        }
        return reader.body(RequestBody.read(request, service.limits()));
    }

    private static String mediaType(@Nullable String header) {
        return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static QueryText query(Request request) {
        return QueryText.of(request.getHttpURI().getQuery());
    }

    /** Answers with an error; where the answer has begun, gives what ends the connection. */
    private @Nullable Throwable refuse(Request request, Answer answer, Exception failure) {
        if (answer.isCommitted()) {
            return failure;
        }
        WireException problem = Problem.of(failure);
        answer.reset();
        headers(answer);
        answer.status(problem.status());
        answer.type(MsgpackAnswers.TYPE);
        if (problem.status() == 401) {
            answer.header("WWW-Authenticate", "Basic realm=\"h5coro\", charset=\"UTF-8\"");
        }
        try {
            answer.write(PathWriter.error(problem.text()));
            if (problem.status() == 413) {
                answer.header("Connection", "close");
            }
            answer.finish();
            if (problem.status() != 408) {
                RequestBody.drain(request, service.limits());
            }
            return null;
        } catch (IOException e) {
            return e;
        }
    }
}
