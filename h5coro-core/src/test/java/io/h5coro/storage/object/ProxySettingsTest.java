// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxySettingsTest {
    private static String proxy(Map<String, String> properties, Map<String, String> environment, String target)
            throws StorageException {
        return new ProxySettings(properties::get, environment::get)
                .proxyTo(URI.create(target))
                .map(Proxy::toString)
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "http_proxy, http://h/x, the proxy p:3128",
        "HTTP_PROXY, http://h/x, the proxy p:3128",
        "https_proxy, https://h/x, the proxy p:3128",
        "HTTPS_PROXY, https://h/x, the proxy p:3128",
        "all_proxy, https://h/x, the proxy p:3128",
        "ALL_PROXY, http://h/x, the proxy p:3128",
        "http_proxy, https://h/x, none",
        "https_proxy, http://h/x, none",
        "http_proxy, http://localhost/x, none",
        "http_proxy, http://127.0.0.1:99/x, none",
        "http_proxy, http://[::1]/x, none",
    })
    void takesTheVariableOfTheScheme(String variable, String target, String expected) throws Exception {
        assertEquals(expected, proxy(Map.of(), Map.of(variable, "http://p:3128/"), target));
        assertEquals(expected, proxy(Map.of(), Map.of(variable, "p:3128"), target));
    }

    @Test
    void takesNoHeaderOfAClientForAProxy() throws Exception {
        Map<String, String> cgi = Map.of("HTTP_PROXY", "http://evil:1", "REQUEST_METHOD", "GET");
        assertEquals("none", proxy(Map.of(), cgi, "http://h/x"));
    }

    @ParameterizedTest
    @CsvSource({
        "*, http://h/x, true",
        "example.com, http://example.com/x, true",
        "example.com, http://a.example.com/x, true",
        ".example.com, http://A.Example.COM/x, true",
        "*.example.com, http://a.example.com/x, true",
        "example.com, http://badexample.com/x, false",
        "example.com:8080, http://example.com:8080/x, true",
        "example.com:8080, http://example.com/x, false",
        "example.com:80, http://example.com/x, true",
        "10.0.0.0/8, http://10.1.2.3/x, true",
        "10.0.0.0/8, http://11.1.2.3/x, false",
        "10.0.0.0/33, http://10.1.2.3/x, false",
        "'a.b, c.d', http://c.d/x, true",
        "[fd00::1], http://[fd00::1]/x, true",
        "fd00::/8, http://[fd00::1]/x, true",
    })
    void goesPastWhatNoProxyNames(String list, String target, boolean past) throws Exception {
        for (String variable : new String[] {"no_proxy", "NO_PROXY"}) {
            Map<String, String> environment = Map.of("http_proxy", "http://p:3128", variable, list);
            assertEquals(past ? "none" : "the proxy p:3128", proxy(Map.of(), environment, target));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost|*.inner, http://a.inner/x, none",
        "localhost|*.inner, http://a.outer/x, the proxy q:8080",
        "10.*, http://10.1.1.1/x, none",
    })
    void theJvmsPropertiesComeFirst(String past, String target, String expected) throws Exception {
        Map<String, String> properties =
                Map.of("http.proxyHost", "q", "http.proxyPort", "8080", "http.nonProxyHosts", past);
        assertEquals(expected, proxy(properties, Map.of("http_proxy", "http://p:1"), target));
    }

    @Test
    void takesUserAndPasswordAndShowsNeither() throws Exception {
        Map<String, String> environment = Map.of("https_proxy", "http://us%40er:pa%3Ass+w@p:1");
        Optional<Proxy> proxy = new ProxySettings(name -> null, environment::get).proxyTo(URI.create("https://h/x"));
        assertEquals(
                Optional.of(new Proxy.Login("us@er", "pa:ss+w")),
                proxy.orElseThrow().login());
        assertFalse(proxy.toString().contains("us@er") || proxy.toString().contains("pa:"), proxy.toString());
        assertFalse(proxy.get().login().toString().contains("pa:"));
        Map<String, String> properties =
                Map.of("https.proxyHost", "q", "https.proxyUser", "u", "https.proxyPassword", "s");
        Proxy ofJvm = new ProxySettings(properties::get, name -> null)
                .proxyTo(URI.create("https://h/x"))
                .orElseThrow();
        assertEquals(Optional.of("Basic dTpz"), ofJvm.authorization());
        assertEquals(443, ofJvm.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://u:MARK@ho st:1",
                "http://u:MARK@h:99999",
                "ftp://u:MARK@h",
                "socks5://u:MARK@h:1",
                "http://MARK:x:y"
            })
    void whatCannotBeUnderstoodIsNamedByItsVariableAndNotRepeated(String value) {
        StorageException failure =
                assertThrows(StorageException.class, () -> proxy(Map.of(), Map.of("http_proxy", value), "http://h/x"));
        assertTrue(String.valueOf(failure.getMessage()).contains("http_proxy"), failure.getMessage());
        for (Throwable at = failure; at != null; at = at.getCause()) {
            assertFalse(at.toString().contains("MARK"), at.toString());
        }
    }
}
