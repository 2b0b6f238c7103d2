// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.Backoff;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of HTTP: what the documentation says of each, also where it is given as text. */
final class HttpOptionsTest {
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    private Path folder;

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        HttpOptions options = HttpOptions.defaults();
        assertEquals(Duration.ofSeconds(10), options.connectTimeout);
        assertEquals(Duration.ofSeconds(30), options.attemptTimeout);
        assertEquals(Duration.ofMinutes(5), options.totalTimeout);
        assertEquals(7, options.retries);
        assertEquals(256, options.retryBudget);
        assertEquals(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10)), options.backoff);
        assertEquals(10, options.maxRedirects);
        assertEquals(32, options.connections);
        assertEquals("h5coro-java", options.userAgent);
        assertEquals(Map.of(), options.headers);
        assertFalse(options.allowChanging || options.cookies);
        assertNull(options.token);
        assertNull(options.renewedUrl);
        assertNull(options.sslContext);
        assertNull(options.netrc);
        assertEquals("HttpOptions[headers [], retries 7, connections 32]", options.toString());
    }

    @Test
    void aCopyHasEverythingAndSharesConnectionsWhereItCan() throws Exception {
        HttpOptions options = HttpOptions.builder()
                .bearerToken("SECRET")
                .renewedUrl(() -> URI.create("https://h/SECRET"))
                .header("X-Key", "SECRET")
                .connectTimeout(Duration.ofSeconds(1))
                .attemptTimeout(Duration.ofSeconds(2))
                .totalTimeout(Duration.ofSeconds(3))
                .retries(0)
                .retryBudget(0)
                .backoff(new Backoff(Duration.ofMillis(4), Duration.ofMillis(5)))
                .maxRedirects(0)
                .connections(1)
                .allowChanging(true)
                .sslContext(SSLContext.getDefault())
                .userAgent("me")
                .netrc(netrc("machine h login u password SECRET"))
                .build();
        HttpOptions copy = options.toBuilder().build();
        assertSame(options.client, copy.client);
        assertSame(options.token, copy.token);
        assertSame(options.renewedUrl, copy.renewedUrl);
        assertEquals(Map.of("X-Key", "SECRET"), copy.headers);
        assertEquals(Duration.ofSeconds(1), copy.connectTimeout);
        assertEquals(Duration.ofSeconds(2), copy.attemptTimeout);
        assertEquals(Duration.ofSeconds(3), copy.totalTimeout);
        assertEquals(0, copy.retries + copy.retryBudget + copy.maxRedirects);
        assertEquals(options.backoff, copy.backoff);
        assertEquals(1, copy.connections);
        assertTrue(copy.allowChanging && copy.cookies);
        assertSame(options.sslContext, copy.sslContext);
        assertEquals("me", copy.userAgent);
        assertSame(options.netrc, copy.netrc);
        assertEquals(
                "HttpOptions[token, renewed URL, headers [X-Key], retries 0, connections 1, netrc, cookies]",
                copy.toString());
        assertFalse(
                options.client
                        == options.toBuilder()
                                .connectTimeout(Duration.ofSeconds(9))
                                .build()
                                .client,
                "another connect timeout needs another client");
    }

    private Path netrc(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("netrc"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT-1S", "P365DT1S", "PT0.000000001S", "P365D"})
    void aTimeIsPositiveAndAtMostAYear(Duration time) {
        boolean taken = !time.isNegative() && !time.isZero() && time.compareTo(YEAR) <= 0;
        for (BiFunction<HttpOptions.Builder, Duration, HttpOptions.Builder> setting :
                List.<BiFunction<HttpOptions.Builder, Duration, HttpOptions.Builder>>of(
                        HttpOptions.Builder::connectTimeout,
                        HttpOptions.Builder::attemptTimeout,
                        HttpOptions.Builder::totalTimeout)) {
            if (taken) {
                assertNotNull(setting.apply(HttpOptions.builder(), time));
            } else {
                IllegalArgumentException failure =
                        assertThrows(IllegalArgumentException.class, () -> setting.apply(HttpOptions.builder(), time));
                assertEquals("not a time to wait: " + time, failure.getMessage());
            }
        }
    }

    @Test
    void numbersBelowTheirLeastAreRefused() {
        HttpOptions.Builder builder = HttpOptions.builder();
        assertEquals(
                "a negative number of retries",
                assertThrows(IllegalArgumentException.class, () -> builder.retries(-1))
                        .getMessage());
        assertEquals(
                "a negative number of retries",
                assertThrows(IllegalArgumentException.class, () -> builder.retryBudget(-1))
                        .getMessage());
        assertEquals(
                "a negative number of redirects",
                assertThrows(IllegalArgumentException.class, () -> builder.maxRedirects(-1))
                        .getMessage());
        assertEquals(
                "not a positive number: 0",
                assertThrows(IllegalArgumentException.class, () -> builder.connections(0))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range", "IF-MATCH", "if-range", "Accept-Encoding", "User-Agent", "a b", "", "Host"})
    void headersThatAreOursOrNoneAreRefusedWithoutTheirValue(String name) {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class, () -> HttpOptions.builder().header(name, "SECRET"));
        assertTrue(failure.getMessage().startsWith("the header " + name), failure.getMessage());
        assertFalse(failure.getMessage().contains("SECRET"));
        assertNull(failure.getCause());
    }

    @Test
    void valuesThatSmuggleALineAreRefusedWithoutThem() {
        for (String value : new String[] {"SEC\nRET", "SEC\r\nRET: x", "SEC\0RET"}) {
            for (BiFunction<HttpOptions.Builder, String, HttpOptions.Builder> setting :
                    List.<BiFunction<HttpOptions.Builder, String, HttpOptions.Builder>>of(
                            HttpOptions.Builder::userAgent,
                            HttpOptions.Builder::bearerToken,
                            (builder, text) -> builder.header("X", text))) {
                IllegalArgumentException failure =
                        assertThrows(IllegalArgumentException.class, () -> setting.apply(HttpOptions.builder(), value));
                assertFalse(failure.toString().contains("RET"), failure.toString());
            }
        }
    }

    private static HttpOptions read(String... keysAndValues) throws StorageException {
        StorageOptions options = StorageOptions.none();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options = options.with(keysAndValues[i], keysAndValues[i + 1]);
        }
        return HttpProperties.read(options);
    }

    @Test
    void everyPropertyHasItsOption() throws Exception {
        HttpOptions options = read(
                "attempt_timeout",
                "500ms",
                "connect_timeout",
                "2",
                "total_timeout",
                "1.5m",
                "connections",
                "3",
                "retries",
                "0",
                "user_agent",
                "me",
                "header.X-A",
                "1",
                "token",
                "T",
                "cookies",
                "on");
        assertEquals(Duration.ofMillis(500), options.attemptTimeout);
        assertEquals(Duration.ofSeconds(2), options.connectTimeout);
        assertEquals(Duration.ofSeconds(90), options.totalTimeout);
        assertEquals(3, options.connections);
        assertEquals(0, options.retries);
        assertEquals("me", options.userAgent);
        assertEquals(Map.of("X-A", "1"), options.headers);
        assertEquals("T", options.token.get());
        assertTrue(options.cookies);
        assertEquals("B", read("bearer_token", "B").token.get());
        assertEquals("T", read("bearer_token", "B", "token", "T").token.get());
        assertSame(HttpOptions.defaults(), read());
        assertSame(HttpOptions.defaults(), read("region", "r"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connections|0|an HTTP option is not usable: not a positive number: 0",
                "total_timeout|366d|option total_timeout of the storage must be a time such as 30, 30s, 500ms or 2m",
                "total_timeout|8761h|an HTTP option is not usable: not a time to wait: PT8761H",
                "attempt_timeout|999999999h|an HTTP option is not usable: not a time to wait: PT999999999H",
                "header.Range|x|an HTTP option is not usable: the header Range cannot be set",
                "cookies|maybe|HTTP option cookies must be true or false",
                "netrc|a\\0b|HTTP option netrc must be true or the path of a file",
                "token|a\\nb|the token holds characters that a header cannot have",
                "netrc|/no/such/file|the netrc file does not exist",
            })
    void aPropertyThatCannotBeUsedIsNamed(String name, String value, String problem) {
        StorageException failure = assertThrows(StorageException.class, () -> read(name, value.translateEscapes()));
        assertEquals(StorageException.Kind.INVALID, failure.kind());
        assertEquals(problem, failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"true, true", "ON, true", "1, true", "yes, true", "false, false", "Off, false", "0, false", "no, false"
    })
    void aSwitchHasManySpellings(String value, boolean on) throws Exception {
        assertEquals(on, read("cookies", value).cookies);
    }

    @Test
    void aNetrcCanKeepNoCookies() throws Exception {
        String file = netrc("default login u password p").toString();
        assertTrue(read("netrc", file).cookies);
        HttpOptions without = read("netrc", file, "cookies", "false");
        assertFalse(without.cookies);
        assertNotNull(without.netrc);
        assertEquals("Netrc(hidden)", without.netrc.toString());
        assertNull(read("netrc", "false", "retries", "1").netrc);
    }

    @ParameterizedTest
    @CsvSource({"retries, retries", "header.X-SECRET, header", "netrc, netrc", "cookies, cookies"})
    void optionsAreNotGivenTwice(String name, String shown) {
        StorageOptions both = StorageOptions.none()
                .with(HttpOptions.class, HttpOptions.defaults())
                .with(name, "1");
        StorageException failure = assertThrows(StorageException.class, () -> HttpProperties.read(both));
        assertEquals("HTTP options are given twice: as HttpOptions and as the property " + shown, failure.getMessage());
    }

    @Test
    void aTokenJoinsOptionsThatHaveNone() throws Exception {
        HttpOptions plain = HttpOptions.builder().retries(3).build();
        StorageOptions given = StorageOptions.none().with("token", "T");
        HttpOptions joined = HttpProperties.read(given.with(HttpOptions.class, plain));
        assertEquals("T", joined.token.get());
        assertEquals(3, joined.retries);
        HttpOptions own = HttpOptions.builder().bearerToken("OWN").build();
        assertSame(own, HttpProperties.read(given.with(HttpOptions.class, own)));
    }
}
