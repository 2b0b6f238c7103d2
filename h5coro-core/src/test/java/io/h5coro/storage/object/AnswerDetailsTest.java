// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codings, texts, sizes and proxies as servers and environments write them, at the limits of what is accepted. */
final class AnswerDetailsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "identity",
                " Identity ",
                "aws-chunked",
                "aws-chunked,identity",
                ",,",
                "utf-8",
                "ISO-8859-1",
                "application/x-hdf5",
                "UTF8",
                "none"
            })
    void valuesThatChangeNoByteAreNoCoding(String header) {
        assertEquals(Optional.empty(), ContentCoding.foreign(List.of(header)));
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, gzip",
        "'identity, GZIP', gzip",
        "'br, gzip', br",
        "x y, x y",
        "/x, /x",
        "utf-99, utf-99",
        "'\u0007bell', \\u0007bell"
    })
    void theFirstOtherValueIsShown(String header, String shown) {
        assertEquals(Optional.of(shown), ContentCoding.foreign(List.of("identity", header)));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes 0-0/1, 0, 1, 1",
        "BYTES 0-999999999999999998/999999999999999999, 0, 999999999999999999, 999999999999999999",
        "bytes   7-7/*, 7, 8, -1",
        "bytes 007-010/011, 7, 11, 11",
    })
    void aContentRangeHasItsNumbers(String header, long start, long end, long total) {
        OptionalLong size = total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
        ContentRange range = ContentRange.parse(header).orElseThrow();
        assertEquals(new ContentRange(start, end, size), range);
        assertEquals(end - start, range.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes0-1/2",
                "bytes\t0-1/2",
                "bytes 0-1/1",
                "bytes 1-0/2",
                "bytes 0 - 1/2",
                "bytes 0-1/2, 3-4/5",
                "bytes 0-1/",
                "bytes 0-1000000000000000000/*",
                "bytes=0-1/2"
            })
    void anotherContentRangeIsNone(String header) {
        assertEquals(Optional.empty(), ContentRange.parse(header));
        assertEquals(Optional.empty(), ContentRange.parse(null));
        assertEquals(OptionalLong.empty(), ContentRange.sizeOfUnsatisfied(header));
    }

    @ParameterizedTest
    @CsvSource({"bytes */0, 0", "Bytes  */999999999999999999, 999999999999999999"})
    void theSizeOfARefusedRangeIsANumber(String header, long size) {
        assertEquals(OptionalLong.of(size), ContentRange.sizeOfUnsatisfied(header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes */", "bytes */*", "bytes */1000000000000000000", "bytes */-1", "*/5", "bytes 0-1/2"})
    void anotherSizeOfARefusedRangeIsNone(String header) {
        assertEquals(OptionalLong.empty(), ContentRange.sizeOfUnsatisfied(header));
    }

    @Test
    void anErrorDocumentIsReadUpToItsLimit() {
        String code = "<Code>" + "A".repeat(64) + "</Code>";
        assertEquals("A".repeat(64), parsed(code).code());
        assertEquals("", parsed("<Code>" + "A".repeat(65) + "</Code>").code());
        assertEquals("", parsed("<Code>1A</Code>").code());
        int room = ErrorDocument.MAX_BYTES - code.length();
        assertEquals("A".repeat(64), parsed(" ".repeat(room) + code).code());
        assertEquals("", parsed(" ".repeat(room + 1) + code).code());
        assertEquals(
                OptionalLong.of(999_999_999_999_999_999L),
                parsed("<ActualObjectSize>\n 999999999999999999 </ActualObjectSize>")
                        .objectSizeBytes());
        assertEquals(
                OptionalLong.empty(),
                parsed("<ActualObjectSize>1000000000000000000</ActualObjectSize>")
                        .objectSizeBytes());
    }

    private static ErrorDocument parsed(String text) {
        return ErrorDocument.parse(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void lettersOutsideOfTheBasicPlaneAreKeptOrEscapedWhole() {
        assertEquals("\ud83d\ude00", ServerText.shown("\ud83d\ude00"));
        assertEquals("\\u{e0001}", ServerText.shown(new String(Character.toChars(0xe0001))));
        assertEquals("\\ud83dx", ServerText.shown("\ud83dx"));
        assertEquals("\\u2028\\u2029\\u0085", ServerText.shown("\u2028\u2029\u0085"));
        assertEquals("x".repeat(160), ServerText.shown("x".repeat(160)));
        assertEquals("x".repeat(160) + "...", ServerText.shown("x".repeat(161)));
    }

    @Test
    void aChainOfCausesIsKeptOrReplacedAsAWhole() {
        IOException plain = new IOException("a", new IOException((String) null));
        assertSame(plain, ServerText.cause(plain));
        Throwable deep = new IOException("0");
        for (int i = 1; i < 20; i++) {
            deep = new IOException(String.valueOf(i), deep);
        }
        Throwable copy = ServerText.cause(deep);
        assertNotSame(deep, copy);
        assertEquals(null, copy.getCause());
        assertEquals("java.io.IOException: 19", copy.getMessage());
        assertTrue(Arrays.equals(deep.getStackTrace(), copy.getStackTrace()));
    }

    @Test
    void aVersionOfASizeAloneTellsNothingElse() {
        ObjectVersion sized = ObjectVersion.ofSize(5);
        assertEquals(Optional.empty(), sized.text());
        assertEquals("5 bytes and no version", sized.shown());
        assertFalse(sized.isTold());
        assertFalse(sized.isStill(version(-1, "-", "-")), "nothing to compare");
        assertEquals(
                "no known size and the version \"a\"", version(-1, "\"a\"", "-").shown());
        assertEquals(Optional.of("noon"), version(-1, "-", "noon").text());
        assertEquals(Optional.of("noon/7"), version(7, "-", " noon ").text());
        assertEquals(Optional.empty(), version(7, " ", " ").text());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"`\"a\"`, true", "a, false", "`W/\"a\"`, false", "`\"a b\"`, false", "`\"a\"b\"`, false"})
    void onlyAQuotedTagIsACondition(String tag, boolean strong) {
        assertEquals(strong, version(-1, tag, "-").strongEtag().isPresent());
        assertEquals(Optional.of(tag), version(-1, tag, "-").text());
    }

    private static ObjectVersion version(long size, String tag, String time) {
        return ObjectVersion.of(
                size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
                Optional.of(tag).filter(text -> !text.equals("-")),
                Optional.of(time).filter(text -> !text.equals("-")));
    }

    @ParameterizedTest
    @CsvSource({
        "p, the proxy p:80",
        "p:1, the proxy p:1",
        "p:65535, the proxy p:65535",
        "https://p, the proxy p:443",
        "HTTP://P:3128/path, the proxy P:3128",
        "http://[::1]:9, the proxy [::1]:9",
        "http://user@p:9, the proxy p:9",
        "http://@p:9, the proxy p:9",
    })
    void aProxyIsNamedByAVariableInManyForms(String value, String expected) throws Exception {
        Proxy proxy = new ProxySettings(name -> null, Map.of("http_proxy", value)::get)
                .proxyTo(URI.create("http://h/"))
                .orElseThrow();
        assertEquals(expected, proxy.toString());
        assertEquals(value.startsWith("https"), proxy.isSecure());
        assertEquals(value.contains("user") ? Optional.of("Basic dXNlcjo=") : Optional.empty(), proxy.authorization());
    }

    @ParameterizedTest
    @CsvSource({"https.proxyPort, 0", "https.proxyPort, 65536", "https.proxyPort, 1x", "https.proxyPort, 123456"})
    void aPortOfThePropertiesIsCheckedAndNotRepeated(String name, String port) {
        ProxySettings settings = new ProxySettings(Map.of("https.proxyHost", "q", name, port)::get, key -> null);
        StorageException failure =
                assertThrows(StorageException.class, () -> settings.proxyTo(URI.create("https://h/")));
        assertEquals(
                "the JVM's properties https.proxyHost and https.proxyPort cannot be understood:"
                        + " [http://][user:password@]host[:port] is expected",
                failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"http://p:0", "http://p:65536", "socks://p:1", "http:///x", "://p", "http://"})
    void aVariableThatNamesNoProxyIsRefused(String value) {
        ProxySettings settings = new ProxySettings(key -> null, Map.of("all_proxy", value)::get);
        StorageException failure =
                assertThrows(StorageException.class, () -> settings.proxyTo(URI.create("https://h/")));
        assertTrue(failure.getMessage().startsWith("the environment's variable all_proxy "), failure.getMessage());
    }

    @Test
    void aBudgetShowsWhatIsLeft() {
        RetryBudget budget = new RetryBudget(2);
        assertEquals("RetryBudget[2 of 2]", budget.toString());
        assertTrue(budget.take());
        assertEquals("RetryBudget[1 of 2]", budget.toString());
        RetryBudget largest = new RetryBudget(Integer.MAX_VALUE);
        assertEquals("RetryBudget[2147483647 of 2147483647]", largest.toString());
    }
}
