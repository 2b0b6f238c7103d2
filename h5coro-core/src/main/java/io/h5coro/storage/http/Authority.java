// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Host and port of an address. Unlike {@link URI#getHost()}, it parses host names with an underscore or with letters
 * outside of ASCII. Immutable.
 *
 * @param host in ASCII; an IPv6 address has its brackets
 * @param port -1 when the address has none
 */
record Authority(String host, int port) {
    /**
     * The form of an authority: group 1 is the host, group 2 the digits of the port.
     *
     * <pre>
     * authority              host        port
     * example.com            example.com -1
     * user:word@my_host:8080 my_host     8080
     * [::1]:8080             [::1]       8080
     * host:                  host        -1
     * host:80:90             no match
     * </pre>
     */
    private static final Pattern FORM = Pattern.compile(
            "(?:.*@)?(\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._~-]+)?\\]|[^\\[\\]:@%\\s]+)(?::([0-9]{0,5}))?", Pattern.DOTALL);
    /** Names that may be sent: IPv6 addresses in brackets, else parts of ASCII letters with dots between. */
    private static final Pattern HOST = Pattern.compile("\\[.*\\]|[A-Za-z0-9_~-]+(\\.[A-Za-z0-9_~-]+)*\\.?");

    private static final int MAX_PORT = 65_535;

    /** Parses the authority of a URI; empty when it has no usable name of a host or port. */
    static Optional<Authority> of(URI uri) {
        @Nullable String text = uri.getRawAuthority();
        Matcher matcher = FORM.matcher(text == null ? "" : text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        @Nullable String digits = matcher.group(2);
        int port = digits == null || digits.isEmpty() ? -1 : Integer.parseInt(digits);
        return ascii(matcher.group(1))
                .filter(host -> port <= MAX_PORT && HOST.matcher(host).matches())
                .map(host -> new Authority(host, port));
    }

    /** Returns the host in ASCII, as in {@code xn--mnchen-3ya.example}; empty when its letters have no such form. */
    private static Optional<String> ascii(String host) {
        if (host.chars().allMatch(letter -> letter < 0x80)) {
            return Optional.of(host);
        }
        try {
            return Optional.of(IDN.toASCII(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns whether both name the same host and port; a missing port is the default one of {@code scheme}. */
    boolean isSameAs(Authority other, String scheme) {
        int usual = scheme.toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
        return host.equalsIgnoreCase(other.host) && orElse(usual) == other.orElse(usual);
    }

    private int orElse(int usual) {
        return port < 0 ? usual : port;
    }

    /** Host and port, as they are written in an address. */
    @Override
    public String toString() {
        return port < 0 ? host : host + ":" + port;
    }
}
