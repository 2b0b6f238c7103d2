// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A proxy on the way to a server. Immutable; {@link #toString()} shows no user and no password.
 *
 * @param scheme protocol between us and the proxy, {@code http} or {@code https}
 * @param host name or address, without brackets
 * @param port port of the proxy
 * @param login user and password; empty when the proxy asks for none
 */
public record Proxy(String scheme, String host, int port, Optional<Login> login) {
    /**
     * The user of a proxy.
     *
     * @param user not empty
     * @param password may be empty
     */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login(hidden)";
        }
    }

    /** Returns whether the proxy itself is reached over TLS. */
    public boolean isSecure() {
        return scheme.equals("https");
    }

    /** Returns the value of the {@code Proxy-Authorization} header; empty without a login. */
    public Optional<String> authorization() {
        return login.map(who -> "Basic "
                + Base64.getEncoder()
                        .encodeToString((who.user() + ":" + who.password()).getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns {@code the proxy host:port}, for messages. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "the proxy %s:%d", host.contains(":") ? "[" + host + "]" : host, port);
    }
}
