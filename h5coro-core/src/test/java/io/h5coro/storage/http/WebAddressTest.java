// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebAddressTest {
    @ParameterizedTest
    @CsvSource({
        // where the answer came from, its Location, where that leads
        "https://h/a/b.h5, c.h5, https://h/a/c.h5",
        "https://h/a/b.h5, ./c.h5, https://h/a/c.h5",
        "https://h/a/b.h5, ../c.h5, https://h/c.h5",
        "https://h/a/b.h5, /c.h5, https://h/c.h5",
        "https://h/a/b.h5, /c//d.h5, https://h/c//d.h5",
        "https://h:8443/a/b.h5, /c.h5, https://h:8443/c.h5",
        "https://h/a/b.h5, //other/c.h5, https://other/c.h5",
        "https://h/a/b.h5, HTTP://Other:81/c.h5, http://Other:81/c.h5",
        "https://h/a/b.h5, https://other, https://other/",
        "https://h/a/b.h5, https://other?x=1, https://other/?x=1",
        "https://h/a/b.h5?old=1, ?x=1, https://h/a/b.h5?x=1",
        "https://h//b.h5, ?x=1, https://h//b.h5?x=1",
        "https://h//evil/b.h5, ?x=1, https://h//evil/b.h5?x=1",
        "https://h/a:b/c, ?x=1, https://h/a:b/c?x=1",
        "https://h:1/a%20b, ?x=a%2Bb, https://h:1/a%20b?x=a%2Bb",
        "https://h/a/b.h5, ' c.h5 ', https://h/a/c.h5",
        "https://h/a/b.h5, c d.h5, https://h/a/c%20d.h5",
        "https://h/a/b.h5, c%zz.h5, https://h/a/c%25zz.h5",
        "https://h/a/b.h5, c[1].h5, https://h/a/c%5B1%5D.h5",
        "https://h/a/b.h5, c\u00e4.h5, https://h/a/c%E4.h5",
        "https://h/a/b.h5, c.h5#part, https://h/a/c.h5",
        "https://h/a/b.h5, http://[::1]:9/c.h5, http://[::1]:9/c.h5",
    })
    void aLocationIsFollowedAsItIsMeant(URI from, String location, String to) throws Exception {
        assertEquals(to, WebAddress.redirected(from, location).url().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://h/x, INVALID",
        "mailto:me, INVALID",
        "https:///x, INVALID",
        "https://[::1/x, PROTOCOL",
        "https://h:70000/x, INVALID",
        "https://a b/x, INVALID",
        "c\u20ac.h5, PROTOCOL",
    })
    void aLocationThatLeadsNowhereIsRefused(String location, Kind kind) {
        StorageException failure = assertThrows(
                StorageException.class, () -> WebAddress.redirected(URI.create("https://h/a/b.h5"), location));
        assertEquals(kind, failure.kind(), failure.getMessage());
        assertEquals(null, failure.getCause());
    }

    @Test
    void aPasswordOfALocationIsKeptApart() throws Exception {
        WebAddress address = WebAddress.redirected(URI.create("https://h/a"), "https://us%40er:p%3Aw@other/x");
        assertEquals("https://other/x", address.url().toString());
        assertEquals("https://other/x", address.toString());
        // "us@er:p:w" in Base64
        assertEquals("Basic dXNAZXI6cDp3", address.basic());
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/x, https://h/x",
        "https://h/x?X-Amz-Signature=1&X-Amz-Date=2, https://h/x",
        "https://h/x?x-goog-signature=1, https://h/x",
        "https://h/x?Expires=1&Signature=2&Key-Pair-Id=3&Policy=4, https://h/x",
        "https://h/x?AWSAccessKeyId=1&GoogleAccessId=2, https://h/x",
        "https://h/x?versionId=7,",
        "https://h/x?X-Amz-Signature=1&versionId=7,",
        "https://h/x?,",
    })
    void aSignatureIsNotPartOfWhatAnObjectIs(URI uri, String identity) throws Exception {
        assertEquals(Optional.ofNullable(identity), WebAddress.of(uri).identity());
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/, http://h:80/x, true",
        "https://h/, https://H:443/x, true",
        "HTTPS://h/, https://h/, true",
        "http://h:/, http://h/, true",
        "http://h/, https://h/, false",
        "http://h:443/, https://h/, false",
        "http://h/, http://h.:80/, false",
        "http://h/, http://u@h/, true",
        "http://h/, http:///, false",
        "http:///, http:///, false",
    })
    void anOriginIsSchemeHostAndPort(URI one, URI other, boolean same) {
        assertEquals(same, WebAddress.isSameOrigin(one, other));
        assertEquals(same, WebAddress.isSameOrigin(other, one));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x/y", "ftp://h/x", "http:x", "https:///x", "http://h:65536/", "http://h:123456/"})
    void onlyAnAddressWithAHostIsOne(String uri) {
        StorageException failure = assertThrows(StorageException.class, () -> WebAddress.of(URI.create(uri)));
        assertEquals(Kind.INVALID, failure.kind());
        assertFalse(String.valueOf(failure.getMessage()).contains("://h"), failure.getMessage());
    }

    @Test
    void aNameThatHasNoAsciiFormIsNoHost() {
        String name = "\u00fc".repeat(80);
        assertTrue(Authority.of(URI.create("http://" + name + "/")).isEmpty());
        assertEquals("", WebAddress.host(URI.create("http://" + name + "/")));
        assertEquals("", WebAddress.hostName(URI.create("http:/x")));
    }

    @ParameterizedTest
    @CsvSource({
        "https://u:p@h/x.h5?SECRET, https://h/x\\.h5",
        "https://h:80/x.h5?SECRET, https://h:80/x\\.h5",
        "https://u:p@SECRET/y@h/x.h5, https:\\.\\.\\.[0-9a-f]{16}",
        "https://u:p@SECRET?y@h/x.h5, https:\\.\\.\\.[0-9a-f]{16}",
    })
    void itsSourceShowsNoPartOfAPassword(String address, String source) throws Exception {
        String shown = WebAddress.of(URI.create(address)).source();
        assertTrue(shown.matches(source), shown);
    }

    /** Files are told apart by it. */
    @Test
    void twoLocationsHaveTwoSources() {
        assertEquals("granule://a/b.h5", WebAddress.sourceOf("granule://a/b.h5"));
        assertEquals("s3://bucket/key", WebAddress.sourceOf("s3://bucket/key"));
        assertEquals("https://h/x", WebAddress.sourceOf("https://u:p@h/x?SECRET"));
        Set<String> sources = new HashSet<>();
        for (String location : List.of("s3://b/a?SECRET", "s3://b/a?SECRET2", "foo://SECRET@h/a", "foo://SECRET@h/b")) {
            String source = WebAddress.sourceOf(location);
            assertFalse(source.contains("SECRET"), source);
            assertTrue(sources.add(source), source);
        }
    }
}
