// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.object.Proxy;
import io.h5coro.storage.object.ProxySettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to a server: straight, or by a proxy, which failures on the way then name. Immutable.
 *
 * @param source names the object in messages
 * @param proxy empty for none
 * @param tunnel whether the proxy only passes on what is encrypted
 */
record Route(String source, Optional<Proxy> proxy, boolean tunnel) {
    /** What the JVM sends to a proxy on the way to https only when this property does not name it. */
    private static final String DISABLED = "jdk.http.auth.tunneling.disabledSchemes";

    /**
     * Returns the way to a server.
     *
     * @param target an {@code http} or {@code https} address with a host
     * @throws StorageException of kind {@link Kind#INVALID} when the proxy itself is to be reached over TLS, or
     *     when the setting of the proxy cannot be parsed
     */
    static Route to(String source, URI target, ProxySettings settings) throws StorageException {
        Optional<Proxy> proxy = settings.proxyTo(target);
        if (proxy.isPresent() && proxy.get().isSecure()) {
            throw new StorageException(
                    Kind.INVALID,
                    source + ": " + proxy.get() + " is to be reached over https, which the JDK's client cannot");
        }
        return new Route(source, proxy, target.getScheme().equalsIgnoreCase("https"));
    }

    /**
     * Returns the proxy for the end of a message, as in {@code ", by way of the proxy host:80"}; empty for a
     * straight way.
     */
    String named() {
        return proxy.map(way -> ", by way of " + way).orElse("");
    }

    /**
     * Returns what an answer means, given that the proxy may have sent it instead of the server.
     *
     * <ul>
     * <li>407 is always the proxy's: access is denied, and no remedy helps.
     * <li>In a tunnel every other status is the server's, since the proxy cannot read what it passes on.
     * <li>Without a tunnel a refusal may be either's, so its message names the proxy. Kind and remedy stay.
     * </ul>
     */
    Verdict judged(int status, Verdict verdict) {
        if (proxy.isEmpty() || !(verdict instanceof Verdict.Refused refused)) {
            return verdict;
        }
        if (status == 407) {
            return new Verdict.Refused(Fault.permanent(Kind.ACCESS_DENIED, source + ": " + loginWanted(proxy.get())));
        }
        if (tunnel) {
            return verdict;
        }
        StorageException failure = refused.fault().failure();
        String text = failure.getMessage() + named();
        return new Verdict.Refused(new Fault(
                new StorageException(failure.kind(), text, failure.getCause()),
                refused.fault().remedy(),
                refused.fault().retryAfter()));
    }

    private String loginWanted(Proxy named) {
        if (named.login().isEmpty()) {
            return named + " asks for a user and a password (status 407)";
        }
        return tunnel && sendsNoBasic()
                ? named
                        + " asks for the user and password, which Java sends on the way to https only when it is "
                        + "started"
                        + " with -D" + DISABLED + "= (status 407)"
                : named + " does not take the user and password (status 407)";
    }

    /**
     * Returns whether the JDK keeps a user and a password from a proxy that tunnels. The property is a list of
     * schemes; without the property {@code Basic} is in it.
     */
    private static boolean sendsNoBasic() {
        return System.getProperty(DISABLED, "Basic").toLowerCase(Locale.ROOT).contains("basic");
    }

    /**
     * Returns what a failure to get an answer means. A proxy that takes no connection or refuses the tunnel is
     * final; any other failure keeps its remedy, and its message names the proxy.
     */
    Fault failed(Throwable thrown) {
        Fault fault = Fault.of(source, thrown);
        if (proxy.isEmpty()) {
            return fault;
        }
        String what = thrown(thrown);
        if (what == null) {
            String text = fault.failure().getMessage() + named();
            return new Fault(
                    new StorageException(
                            fault.failure().kind(), text, fault.failure().getCause()),
                    fault.remedy(),
                    fault.retryAfter());
        }
        // Its word is final: another attempt meets the same rule.
        return Fault.permanent(Kind.UNREACHABLE, source + ": " + proxy.get() + " " + what);
    }

    /**
     * Returns what the proxy did, as the end of a sentence; null when the failure is not recognizably the proxy's.
     * A connection that timed out is not: the way behind the proxy may be slow. At most eight causes are looked at,
     * so that a cyclic chain ends.
     */
    private static @Nullable String thrown(Throwable thrown) {
        Throwable at = thrown;
        for (int depth = 0; depth < 8 && at != null; depth++, at = at.getCause()) {
            String text = String.valueOf(at.getMessage());
            if (at instanceof ConnectException && !text.contains("timed out")) {
                return "takes no connection";
            }
            if (at instanceof IOException && text.startsWith("Tunnel failed, got: ")) {
                String status = text.substring("Tunnel failed, got: ".length()).strip();
                return "refuses the way to the server" + (status.matches("[0-9]{3}") ? " (status " + status + ")" : "");
            }
        }
        return null;
    }

    /**
     * Returns the settings in the form that the JDK's client takes. Both this selector and {@link #to} ask the same
     * settings, so a request goes the way that its route names.
     */
    static ProxySelector selector(ProxySettings settings) {
        return new ProxySelector() {
            @Override
            public List<java.net.Proxy> select(URI target) {
                try {
                    return settings.proxyTo(target)
                            .map(proxy -> List.of(new java.net.Proxy(
                                    java.net.Proxy.Type.HTTP,
                                    InetSocketAddress.createUnresolved(proxy.host(), proxy.port()))))
                            .orElse(List.of(java.net.Proxy.NO_PROXY));
                } catch (StorageException e) {
                    // Said when the route is made, before the client asks.
                    return List.of(java.net.Proxy.NO_PROXY);
                }
            }

            @Override
            public void connectFailed(URI target, SocketAddress proxy, IOException failure) {
                // The failure reaches us as that of the request.
            }
        };
    }
}
