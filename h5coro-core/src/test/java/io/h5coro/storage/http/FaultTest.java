// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.object.ProxySettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the failures of the JDK's client mean, on a straight way and by way of a proxy. */
final class FaultTest {
    private static Arguments row(Throwable thrown, Kind kind, Fault.Remedy remedy, String problem) {
        return Arguments.of(thrown, kind, remedy, problem);
    }

    static Stream<Arguments> failures() {
        Fault.Remedy none = Fault.Remedy.NONE;
        Fault.Remedy again = Fault.Remedy.ANOTHER_ATTEMPT;
        Fault.Remedy connection = Fault.Remedy.ANOTHER_CONNECTION;
        return Stream.of(
                row(
                        new HttpConnectTimeoutException("t"),
                        Kind.TIMEOUT,
                        connection,
                        "no connection within the time allowed"),
                row(new HttpTimeoutException("t"), Kind.TIMEOUT, again, "no answer within the time allowed"),
                row(new UnknownHostException("h"), Kind.UNREACHABLE, connection, "the host is not known"),
                row(
                        new ConnectException().initCause(new UnresolvedAddressException()),
                        Kind.UNREACHABLE,
                        connection,
                        "the host is not known"),
                row(new ConnectException("refused"), Kind.UNREACHABLE, connection, "the host takes no connection"),
                row(new NoRouteToHostException("no"), Kind.UNREACHABLE, connection, "the host takes no connection"),
                row(new SSLHandshakeException("bad"), Kind.UNREACHABLE, none, "no secure connection: bad"),
                row(new SSLPeerUnverifiedException("who"), Kind.UNREACHABLE, none, "no secure connection: who"),
                row(new SSLException("cut\n off"), Kind.UNREACHABLE, connection, "no secure connection: cut off"),
                row(new BodySink.TooLong("too long"), Kind.PROTOCOL, none, null),
                row(
                        new ProtocolException("odd \u001b line"),
                        Kind.PROTOCOL,
                        again,
                        "the answer breaks the rules of HTTP: odd \\u001b line"),
                row(new IOException("reset"), Kind.UNAVAILABLE, again, "the connection broke: reset"),
                row(new IOException(), Kind.UNAVAILABLE, again, "the connection broke: null"),
                row(new OutOfMemoryError("heap"), Kind.IO, none, "no memory for the bytes of a range"),
                row(new IllegalStateException("secret"), Kind.IO, none, "java.lang.IllegalStateException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureHasAKindARemedyAndAMessage(Throwable thrown, Kind kind, Fault.Remedy remedy, String problem) {
        Fault fault = Fault.of("https://h/x", new CompletionException(thrown));
        assertEquals(kind, fault.failure().kind());
        assertEquals(remedy, fault.remedy());
        assertEquals(
                problem == null ? "too long" : "https://h/x: " + problem,
                fault.failure().getMessage());
        assertEquals(null, fault.retryAfter());
    }

    @Test
    void aFailureOfOursStaysAsItIs() {
        StorageException ours = new StorageException(Kind.CLOSED, "closed");
        assertSame(ours, Fault.of("https://h/x", new CompletionException(ours)).failure());
    }

    private static Route route(String scheme, String proxy) throws StorageException {
        ProxySettings settings = new ProxySettings(name -> null, Map.of("all_proxy", proxy)::get);
        return Route.to("https://h/x", URI.create(scheme + "://h/x"), settings);
    }

    private static Throwable refused(String how) {
        return new IOException("outer", new IOException(how));
    }

    @Test
    void aFailureOnTheWayNamesTheProxy() throws Exception {
        Route way = route("https", "http://me:SECRET@p:3128");
        assertEquals(", by way of the proxy p:3128", way.named());
        Fault refused = way.failed(refused("Tunnel failed, got: 403"));
        assertEquals(
                "https://h/x: the proxy p:3128 refuses the way to the server (status 403)",
                refused.failure().getMessage());
        assertEquals(Fault.Remedy.NONE, refused.remedy());
        assertEquals(
                "https://h/x: the proxy p:3128 refuses the way to the server",
                way.failed(refused("Tunnel failed, got: \u001b[2J")).failure().getMessage());
        Fault none = way.failed(new ConnectException("Connection refused"));
        assertEquals(
                "https://h/x: the proxy p:3128 takes no connection",
                none.failure().getMessage());
        Fault slow = way.failed(new ConnectException("Connection timed out"));
        assertEquals(
                "https://h/x: the host takes no connection, by way of the proxy p:3128",
                slow.failure().getMessage());
        assertEquals(Fault.Remedy.ANOTHER_CONNECTION, slow.remedy());
        Fault broken = way.failed(new IOException("reset"));
        assertEquals(
                "https://h/x: the connection broke: reset, by way of the proxy p:3128",
                broken.failure().getMessage());
        assertEquals(Fault.Remedy.ANOTHER_ATTEMPT, broken.remedy());
    }

    @Test
    void aStraightWayNamesNone() throws Exception {
        Route way = Route.to("https://h/x", URI.create("https://h/x"), new ProxySettings(name -> null, name -> null));
        assertEquals("", way.named());
        assertEquals(
                "https://h/x: the connection broke: Tunnel failed, got: 403",
                way.failed(new IOException("Tunnel failed, got: 403")).failure().getMessage());
        Verdict.Refused verdict = new Verdict.Refused(Fault.permanent(Kind.ACCESS_DENIED, "denied"));
        assertSame(verdict, way.judged(407, verdict));
    }

    @Test
    void aRefusalIsTheServersInATunnelAndPerhapsTheProxysWithoutOne() throws Exception {
        Fault busy = new Fault(
                new StorageException(Kind.UNAVAILABLE, "busy"), Fault.Remedy.ANOTHER_ATTEMPT, Duration.ofSeconds(3));
        Verdict.Refused verdict = new Verdict.Refused(busy);
        assertSame(verdict, route("https", "p:1").judged(503, verdict));
        Fault plain = ((Verdict.Refused) route("http", "p:1").judged(503, verdict)).fault();
        assertEquals("busy, by way of the proxy p:1", plain.failure().getMessage());
        assertEquals(Kind.UNAVAILABLE, plain.failure().kind());
        assertEquals(busy.remedy(), plain.remedy());
        assertEquals(busy.retryAfter(), plain.retryAfter());
        Verdict ends = new Verdict.Ends(5);
        assertSame(ends, route("http", "p:1").judged(416, ends));
    }

    @Test
    void aProxyThatWantsALoginSaysWhatIsMissing() throws Exception {
        Verdict.Refused verdict = new Verdict.Refused(Fault.permanent(Kind.ACCESS_DENIED, "denied"));
        for (String scheme : new String[] {"http", "https"}) {
            Fault without = ((Verdict.Refused) route(scheme, "p:1").judged(407, verdict)).fault();
            assertEquals(
                    "https://h/x: the proxy p:1 asks for a user and a password (status 407)",
                    without.failure().getMessage());
        }
        Fault wrong = ((Verdict.Refused) route("http", "u:SECRET@p:1").judged(407, verdict)).fault();
        assertEquals(
                "https://h/x: the proxy p:1 does not take the user and password (status 407)",
                wrong.failure().getMessage());
        String kept = ((Verdict.Refused) route("https", "u:SECRET@p:1").judged(407, verdict))
                .fault()
                .failure()
                .getMessage();
        assertTrue(kept.contains("(status 407)") && !kept.contains("SECRET"), kept);
    }

    @Test
    void aProxyBehindTlsIsRefused() {
        StorageException failure = assertThrows(StorageException.class, () -> route("http", "https://u:SECRET@p:1"));
        assertEquals(Kind.INVALID, failure.kind());
        assertEquals(
                "https://h/x: the proxy p:1 is to be reached over https, which the JDK's client cannot",
                failure.getMessage());
    }

    @Test
    void theClientsSelectorGoesTheSameWay() {
        ProxySettings settings = new ProxySettings(name -> null, Map.of("http_proxy", "p:9", "https_proxy", "::")::get);
        List<Proxy> straight = List.of(Proxy.NO_PROXY);
        assertEquals(
                List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("p", 9))),
                Route.selector(settings).select(URI.create("http://h/")));
        assertEquals(straight, Route.selector(settings).select(URI.create("http://localhost/")));
        assertEquals(straight, Route.selector(settings).select(URI.create("https://h/")));
        Route.selector(settings).connectFailed(URI.create("http://h/"), new InetSocketAddress(1), new IOException());
    }
}
