// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IndexPageTest {
    private static final IndexLinks LINKS = new IndexLinks(URI.create("https://host.net:8443/data/%C3%A4/"));

    private static Map<String, IndexPage.Entry> parse(String page) throws StorageException {
        return IndexPage.parse("https://host.net/data/", page.getBytes(StandardCharsets.UTF_8), LINKS);
    }

    private static String page(String body) {
        return "<html><head><title>Index of /data/</title></head><body>" + body + "</body></html>";
    }

    @Test
    void readsAPageOfNginx() throws Exception {
        Map<String, IndexPage.Entry> entries = parse("""
                <html>
                <head><title>Index of /data/</title></head>
                <body>
                <h1>Index of /data/</h1><hr><pre><a href="../">../</a>
                <a href="2026/">2026/</a>                                    29-Nov-2026 18:38                   -
                <a href="ATL03_20260706_006_01.h5">ATL03_20260706_006_01.h5</a>  29-Nov-2026 18:38          2147483648
                <a href="a%20b.h5">a b.h5</a>                                29-Nov-2026 18:38                 12K
                </pre><hr></body>
                </html>
                """);
        assertEquals(List.of("2026/", "ATL03_20260706_006_01.h5", "a b.h5"), List.copyOf(entries.keySet()));
        assertEquals(
                List.of(
                        new IndexPage.Entry("2026/", OptionalLong.empty()),
                        new IndexPage.Entry("ATL03_20260706_006_01.h5", OptionalLong.of(2147483648L)),
                        new IndexPage.Entry("a%20b.h5", OptionalLong.empty())),
                List.copyOf(entries.values()));
    }

    @Test
    void readsAPageOfApache() throws Exception {
        Map<String, IndexPage.Entry> entries = parse("""
                <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">
                <html>
                 <head>
                  <title>Index of /data</title>
                 </head>
                 <body>
                <h1>Index of /data</h1>
                <pre><img src="/icons/blank.gif" alt="Icon "> <a href="?C=N;O=D">Name</a>  <a href="?C=M;O=A">Date</a>
                <hr><img src="/icons/back.gif" alt="[PARENTDIR]"> <a href="/">Parent Directory</a>          -
                <a href="x.h5"><img src="/icons/unknown.gif"></a> <A HREF='x.h5'>x.h5</A>  2026-11-29 18:38  1.2M
                <img src="/icons/unknown.gif" alt="[   ]"> <a href="y&amp;z.h5">y&amp;z.h5</a>  2026-11-29 18:38  937
                <img src="/icons/folder.gif" alt="[DIR]"> <a href="sub/">sub/</a>     2026-11-29 18:38    -
                <hr></pre>
                </body></html>
                """);
        assertEquals(List.of("sub/", "x.h5", "y&z.h5"), List.copyOf(entries.keySet()));
        assertEquals(OptionalLong.empty(), entries.get("x.h5").sizeBytes(), "rounded");
        assertEquals(new IndexPage.Entry("y&z.h5", OptionalLong.of(937)), entries.get("y&z.h5"));
    }

    /** As on a server whose names are Latin-1: \u00e4.h5 and \u00f6.h5. */
    @Test
    void keepsNamesApartThatAreNoUtf8() throws Exception {
        Map<String, IndexPage.Entry> entries = parse(page("<a href='%E4.h5'>a</a> <a href='%F6.h5'>o</a>"
                + " <a href='%E4.h5'>a</a> <a href='x.h5'>x</a> <a href='./x.h5'>x</a>"));
        assertEquals(
                List.of("x.h5", "%E4.h5", "%F6.h5"),
                entries.values().stream().map(IndexPage.Entry::link).toList());
    }

    @Test
    void readsAPageOfPython() throws Exception {
        Map<String, IndexPage.Entry> entries = parse("""
                <!DOCTYPE HTML>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>Directory listing for /</title>
                </head>
                <body>
                <h1>Directory listing for /</h1>
                <hr>
                <ul>
                <li><a href="a%20b.h5">a b.h5</a></li>
                <li><a href="sub/">sub/</a></li>
                </ul>
                <hr>
                </body>
                </html>
                """);
        assertEquals(List.of("a b.h5", "sub/"), List.copyOf(entries.keySet()));
    }

    @ParameterizedTest
    @CsvSource({
        "x.h5, x.h5, x.h5",
        "./run:7.h5, run:7.h5, run:7.h5",
        "/data/%c3%a4/x.h5, x.h5, x.h5",
        "/data/ä/sub/, sub/, sub/",
        "https://host.net:8443/data/%C3%A4/x.h5, x.h5, x.h5",
        "HTTPS://HOST.NET:8443/data/ä/x.h5, x.h5, x.h5",
        "100%.h5, 100%.h5, 100%25.h5",
        "a%20b%23.h5, a b#.h5, a%20b%23.h5",
        "a b[1].h5, a b[1].h5, a%20b%5B1%5D.h5",
        "x&#38;y&#x26;z&quot;.h5, x&y&z\".h5, x&y&z%22.h5",
        "%0Ax.h5, '\nx.h5', %0Ax.h5",
        "&#8364;.h5, €.h5, %E2%82%AC.h5",
        "...h5, ...h5, ...h5"
    })
    void linksInTheFolderAreItsEntries(String link, String name, String written) {
        String bytes = new String(link.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertEquals(Optional.of(new IndexLinks.Target(name, written)), LINKS.target(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "./",
                ".",
                "..",
                "../",
                "../x.h5",
                "%2e%2e",
                "%2E%2e/",
                "..%2fx.h5",
                "%2e%2e%2Fx.h5",
                "..%5cx.h5",
                "a\\b.h5",
                "sub/x.h5",
                "sub/../x.h5",
                "a%00.h5",
                "a\tb.h5",
                "a&#10;b.h5",
                "a&#0;b.h5",
                "a&#9999999;",
                "?C=N;O=D",
                "x.h5?token=1",
                "x.h5#top",
                "//host.net:8443/data/ä/x.h5",
                "//evil.net/x.h5",
                "https://evil.net/data/%C3%A4/x.h5",
                "http://host.net:8443/data/%C3%A4/x.h5",
                "https://host.net:8443/data/%C3%A4/../x.h5",
                "https://host.net:8443@evil.net/data/%C3%A4/x.h5",
                "https://host.net/data/%C3%A4/x.h5",
                "/other/x.h5",
                "/data/x.h5",
                "/data/%C3%A4/sub/x.h5",
                "javascript:alert(1)",
                "mailto:a@b.c",
                "run:7.h5",
                "file:///etc/passwd"
            })
    void linksThatLeadElsewhereAreLeftOut(String link) {
        assertEquals(Optional.empty(), LINKS.target(link));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><title>Login</title><a href=\"x.h5\">x.h5</a></html>",
                "<title>An Index of things</title><a href=\"x.h5\">x.h5</a>",
                "{\"title\": \"Index of\"}",
                "\u0089HDF\r\n"
            })
    void aPageThatIsNoIndexIsRefused(String page) {
        StorageException refused = assertThrows(StorageException.class, () -> parse(page));
        assertEquals(Kind.PROTOCOL, refused.kind());
        assertEquals(
                "https://host.net/data/: is no index page of a web server (its title is not 'Index of ...')",
                refused.getMessage());
    }

    @Test
    void aPageOfTooManyEntriesIsRefused() throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < IndexPage.MOST_ENTRIES; i++) {
            body.append("<a href=\"x").append(i).append("\">").append("</a>\n");
        }
        assertEquals(
                IndexPage.MOST_ENTRIES,
                parse(page(body + "<a href=\"x1\">again</a>")).size());
        StorageException refused =
                assertThrows(StorageException.class, () -> parse(page(body + "<a href=\"one more\">")));
        assertEquals(Kind.PROTOCOL, refused.kind());
        assertTrue(String.valueOf(refused.getMessage()).endsWith("has more than 100000 entries"));
    }

    @Test
    void brokenPagesTakeLinearTime() {
        int much = 2 << 20;
        for (String part : List.of(
                "<a ",
                "<a href=\"",
                "<a href='x' ",
                "<a href=x>",
                "<a href=\"[[[[\"",
                "<a  href = ",
                "&#",
                "<",
                "<a href=\"%\">",
                "</a>",
                "<a href=\"y\">1 ")) {
            String body = part.repeat(much / part.length());
            int found = assertTimeoutPreemptively(
                    Duration.ofSeconds(60), () -> parse(page(body)).size());
            assertTrue(found <= 1 || part.contains("%"), part + ": " + found);
        }
    }
}
