// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the proxy on the way to a server, from the JVM's properties or the environment. Immutable and thread-safe; read
 * again for each client. The first of these that is set counts:
 *
 * <ol>
 *   <li>The properties {@code https.proxyHost} and {@code https.proxyPort} (443) for {@code https}, or
 *       {@code http.proxyHost} and {@code http.proxyPort} (80) for {@code http}, with {@code …proxyUser} and
 *       {@code …proxyPassword}. Hosts of {@code http.nonProxyHosts} are reached directly.
 *   <li>The variable {@code https_proxy} or {@code http_proxy}, then {@code all_proxy}, in lower or upper case:
 *       {@code [http://][user:password@]host[:port]}. Hosts of {@code no_proxy} ({@link NoProxy}) are reached directly.
 * </ol>
 *
 * <p>This machine itself is always reached directly.
 */
public final class ProxySettings {
    /** Names and addresses of this machine, also with the brackets of IPv6: a proxy would look for itself there. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[?(0*:)*0*1\\]?");

    private final Function<String, @Nullable String> properties;
    private final Function<String, @Nullable String> environment;

    /**
     * Makes settings from other sources, for tests.
     *
     * @param properties returns a property of the JVM by its name; null when there is none
     * @param environment returns a variable by its name; null when there is none
     */
    public ProxySettings(
            Function<String, @Nullable String> properties, Function<String, @Nullable String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** Returns the settings of this process. */
    public static ProxySettings ofProcess() {
        return new ProxySettings(System::getProperty, System::getenv);
    }

    /**
     * Returns the proxy on the way to a server.
     *
     * @param target an {@code http} or {@code https} address with a host
     * @return empty when the server is reached directly
     * @throws StorageException of kind {@link Kind#INVALID} when the setting cannot be parsed; the message does not
     *     repeat it
     */
    public Optional<Proxy> proxyTo(URI target) throws StorageException {
        String host = String.valueOf(target.getHost());
        if (LOOPBACK.matcher(host).matches()) {
            return Optional.empty();
        }
        String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        Optional<String> ofJvm = property(scheme + ".proxyHost");
        if (ofJvm.isPresent()) {
            boolean past = property("http.nonProxyHosts")
                    .filter(names -> matchesAny(names, host))
                    .isPresent();
            return past ? Optional.empty() : Optional.of(ofProperties(scheme, ofJvm.get()));
        }
        return ofEnvironment(scheme, target);
    }

    private Proxy ofProperties(String scheme, String host) throws StorageException {
        String port = property(scheme + ".proxyPort").orElse(scheme.equals("https") ? "443" : "80");
        if (!isPort(port) || host.isBlank()) {
            throw unusable("the JVM's properties " + scheme + ".proxyHost and " + scheme + ".proxyPort");
        }
        Optional<Proxy.Login> login = property(scheme + ".proxyUser")
                .map(user -> new Proxy.Login(
                        user, property(scheme + ".proxyPassword").orElse("")));
        return new Proxy("http", bare(host), Integer.parseInt(port), login);
    }

    /**
     * Returns whether a host is in a list of the JVM's form: names with {@code *} for any letters, and bars
     * between.
     */
    private static boolean matchesAny(String names, String host) {
        for (String name : names.split("\\|", -1)) {
            String pattern = Pattern.quote(name.strip()).replace("*", "\\E.*\\Q");
            if (Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(host).matches()) {
                return true;
            }
        }
        return false;
    }

    private Optional<Proxy> ofEnvironment(String scheme, URI target) throws StorageException {
        for (String name : List.of(scheme + "_proxy", "all_proxy")) {
            for (String spelling : List.of(name, name.toUpperCase(Locale.ROOT))) {
                // In a CGI script HTTP_PROXY is the client's header Proxy.
                boolean foreign = spelling.equals("HTTP_PROXY") && environment.apply("REQUEST_METHOD") != null;
                Optional<String> value = foreign ? Optional.empty() : variable(spelling);
                if (value.isPresent()) {
                    boolean past = variable("no_proxy")
                            .or(() -> variable("NO_PROXY"))
                            .filter(list -> NoProxy.covers(list, target))
                            .isPresent();
                    return past ? Optional.empty() : Optional.of(parse(spelling, value.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static Proxy parse(String variable, String value) throws StorageException {
        URI uri;
        try {
            uri = new URI(value.contains("://") ? value : "http://" + value);
        } catch (URISyntaxException e) {
            // Not the cause: it repeats the text, and that may hold a password.
            throw unusable("the environment's variable " + variable);
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.startsWith("socks")) {
            throw new StorageException(
                    Kind.INVALID,
                    "the environment's variable " + variable + " names a SOCKS proxy, which is not supported");
        }
        boolean usable =
                (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null && uri.getPort() != 0;
        if (!usable || uri.getPort() > 65535) {
            throw unusable("the environment's variable " + variable);
        }
        int port = uri.getPort() > 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return new Proxy(scheme, bare(uri.getHost()), port, login(uri.getRawUserInfo()));
    }

    private static Optional<Proxy.Login> login(@Nullable String userInfo) {
        if (userInfo == null || userInfo.isEmpty()) {
            return Optional.empty();
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        return Optional.of(new Proxy.Login(decode(user), colon < 0 ? "" : decode(userInfo.substring(colon + 1))));
    }

    /** Decodes per cent signs. A plus stays one: in this part of a URI it does not stand for a blank. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) > 0 && Integer.parseInt(text) <= 65535;
    }

    private static StorageException unusable(String what) {
        return new StorageException(
                Kind.INVALID, what + " cannot be understood: [http://][user:password@]host[:port] is expected");
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(properties.apply(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
