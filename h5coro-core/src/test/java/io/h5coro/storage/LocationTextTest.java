// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceConfigurationError;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How locations are shown and taken apart, and which are refused before a provider sees them. */
final class LocationTextTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        // paths are shown as they are
        "/tmp/x.h5, /tmp/x.h5",
        "C:\\x.h5, C:\\x.h5",
        "a?b#c@d, a?b#c@d",
        "me@host:x.h5, me@host:x.h5",
        // web
        "https://h/x?SECRET, https://h/x",
        "https://h/x#SECRET, https://h/x",
        "https://h?SECRET, https://h",
        "https://me:SECRET@h:80/x, https://h:80/x",
        "HTTPS://SECRET@H/x, HTTPS://H/x",
        "https://[::1]:80/x, https://[::1]:80/x",
        "https://h/x@y, https://h/x@y",
        "https://h:80/x, https://h:80/x",
        "https://me:SECRET/1@h/x, https:...",
        "https://me:1/SECRET@h/x, https:...",
        "https://me:SEC@RET@h/x, https:...",
        // the password may be SECRET, or it may go on to the last at sign
        "https://me:SECRET@h/x@y, https:...",
        "http://u:p@SECRET/y@h/z, http:...",
        "https://u:p@SECRET?y@h/z, https:...",
        "https://u:1?SECRET@h/z, https:...",
        "https://h:80/x?a=me@host, https:...",
        "https://h/x?a=me@SECRET, https://h/x",
        "https://h SECRET/x, https:...",
        "https:/me:SECRET@h/x, https:...",
        "https:me:SECRET@h, https:...",
        "//me:SECRET@h/x, ...",
        // S3
        "s3://bucket/key, s3://bucket/key",
        "s3://bucket, s3://bucket",
        "S3://bucket/k#e@y, s3://bucket/k#e@y",
        "s3://bucket/key?SECRET, s3://bucket/key...",
        "s3://bucket?SECRET, s3://bucket...",
        "s3://me:SECRET@bucket/key, s3:...",
        "s3:/bucket/SECRET, s3:...",
        // local files
        "file:/tmp/x.h5, file:/tmp/x.h5",
        "file:///tmp/x.h5, file:/tmp/x.h5",
        "file://localhost/tmp/x.h5, file:/tmp/x.h5",
        "FILE:x.h5, file:x.h5",
        "file://SECRET/x.h5, file:...",
        "file:/a@b, file:...",
        "file:/a//b, file:...",
        // others
        "ftp://me:SECRET@h/x, ftp:...",
        "averylongscheme://SECRET, ...",
        "a-b.c+d://SECRET, a-b.c+d:...",
    })
    void aLocationIsShownWithoutWhatMayBeSecret(String location, String shown) {
        assertEquals(shown, LocationText.shown(location));
    }

    @Test
    void noPasswordIsShownWhereverItStands() {
        Random random = new Random(11);
        String letters = "abc:/@?#%[]. \\1";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder user = new StringBuilder();
            for (int k = random.nextInt(6); k > 0; k--) {
                user.append(letters.charAt(random.nextInt(letters.length())));
            }
            String scheme = List.of("https", "http", "HTTPS").get(random.nextInt(3));
            String location = scheme + "://u:" + user + "SECRET@h/x?q=1";
            assertFalse(LocationText.shown(location).contains("SECRET"), location);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https, https://h/%41%4, /A%4",
        "https, https://h/%4g%zz%, /%4g%zz%",
        "https, https://h, ''",
        "s3, s3://b/%41, /%41",
        "s3, s3://b/\ud83d\ude00, /\ud83d\ude00",
        "file, file:/%41?b#c, /A?b#c",
        "x-y, x-y://h/a?b, /a?b",
    })
    void aUriHasThePathThatWasMeant(String scheme, String text, String path) throws Exception {
        assertEquals(path, LocationText.toUri(scheme, text).getPath());
    }

    private static StorageException refused(String location) {
        StorageException failure =
                assertThrows(StorageException.class, () -> Storages.open(location, StorageOptions.none()));
        assertEquals(Kind.INVALID, failure.kind());
        assertFalse(String.valueOf(failure.getMessage()).contains("SECRET"), failure.getMessage());
        return failure;
    }

    @ParameterizedTest
    @CsvSource({
        "https:/h/x, 'an address has two slashes behind http:, https: or s3:'",
        "s3:b/k, 'an address has two slashes behind http:, https: or s3:'",
        "http:, 'an address has two slashes behind http:, https: or s3:'",
        "'', the name of the file is empty",
        "SECRET\\0, not a path: Nul character not allowed",
        "https://[SECRET/x, the https URI is malformed at character 15: Expected closing bracket",
        "file:x.h5, file:x.h5: is not the URI of a local file (file:///folder/name): no file can have this name",
        "file://h/SECRET, file:...: is not the URI of a local file (file:///folder/name): it names a host",
        "verylongscheme://SECRET, no storage for ...://; available are file",
    })
    void aLocationThatNamesNothingIsRefused(String location, String problem) {
        String message = String.valueOf(refused(location.translateEscapes()).getMessage());
        assertTrue(message.startsWith(problem), message);
    }

    @Test
    void aUriThatNamesNothingIsRefused() throws Exception {
        for (String text : new String[] {"", "?SECRET", "#SECRET", "//SECRET"}) {
            StorageException failure =
                    assertThrows(StorageException.class, () -> Storages.open(URI.create(text), StorageOptions.none()));
            assertEquals("a URI without scheme and path names no file", failure.getMessage());
        }
        StorageException query = assertThrows(
                StorageException.class, () -> Storages.open(URI.create("file:/x?SECRET"), StorageOptions.none()));
        assertTrue(
                query.getMessage().endsWith("is not the URI of a local file (file:///folder/name): it has a query"),
                query.getMessage());
    }

    @Test
    void aProviderThatDoesNotLoadIsNamedWhereNoOtherTakesTheScheme() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(StorageProvider.class.getName()), "no.such.Provider\n");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader broken =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(broken);
            StorageException failure = refused("gopher://h/x");
            assertTrue(
                    failure.getMessage().contains("; available are file, http, https; a provider does not load: "),
                    failure.getMessage());
            assertTrue(failure.getMessage().endsWith("Provider no.such.Provider not found"), failure.getMessage());
            assertTrue(failure.getCause() instanceof ServiceConfigurationError);
            Storages.open(folder.toString(), StorageOptions.none().with("retries", "1"))
                    .close();
            Storages.open("https://h/x", StorageOptions.none()).close();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** A provider that does not look at its options. */
    public static final class CarelessProvider implements StorageProvider {
        @Override
        public Set<String> schemes() {
            return Set.of("careless");
        }

        @Override
        public RangeReader open(URI uri, StorageOptions options) {
            return MemoryRangeReader.of("careless", new byte[1]);
        }
    }

    @Test
    void aMisspeltOptionIsRefusedForAnyProvider() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(StorageProvider.class.getName()), CarelessProvider.class.getName());
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader more = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(more);
            Storages.open("careless://x/y", StorageOptions.none().with("retries", "1"))
                    .close();
            StorageException failure = assertThrows(
                    StorageException.class,
                    () -> Storages.open("careless://x/y", StorageOptions.none().with("retrys", "1")));
            assertEquals(StorageException.Kind.INVALID, failure.kind());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retrys|unknown option 'retrys' of the storage; did you mean 'retries'?",
                "CONNECTIONS|unknown option 'CONNECTIONS' of the storage; did you mean 'connections'?",
                "user-agent|unknown option 'user-agent' of the storage; did you mean 'user_agent'?",
                "heade|unknown option 'heade' of the storage; did you mean 'header.NAME'?",
                "header.|unknown option 'header.' of the storage; did you mean 'header.NAME'?",
            })
    void aMisspeltOptionIsNamedWithWhatWasMeant(String name, String problem) {
        StorageException failure = assertThrows(
                StorageException.class,
                () -> Storages.requireKnown(StorageOptions.none().with(name, "SECRET")));
        assertEquals(problem, failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "total_timeout,5parsec",
        "total_timeout,SECRET",
        "attempt_timeout,0",
        "connect_timeout,9000h",
        "retries,-1",
        "connections,0",
        "cookies,SECRET",
        "index_pages,SECRET",
        "header.Range,SECRET",
        "header.a b,SECRET",
        "token,'SECRET\n'"
    })
    void aValueThatNoServerCanBeAskedWithIsRefusedForALocalFileToo(String name, String value) {
        StorageOptions options = StorageOptions.none().with(name, value.replace("\\n", "\n"));
        for (String location : List.of("/no/file.h5", "file:///no/file.h5", "https://localhost:1/x.h5")) {
            StorageException failure = assertThrows(StorageException.class, () -> Storages.open(location, options));
            assertEquals(StorageException.Kind.INVALID, failure.kind());
            assertFalse(failure.getMessage().contains("SECRET"), failure.getMessage());
        }
    }

    @Test
    void aFileWithPasswordsIsReadForAddressesOnly() throws Exception {
        StorageOptions options = StorageOptions.none().with("netrc", "/no/netrc");
        Storages.open("/no/file.h5", options).close();
        assertThrows(StorageException.class, () -> Storages.open("https://localhost:1/x.h5", options));
    }

    @Test
    void anOptionThatResemblesNoneIsNotRepeated() {
        StorageException failure = assertThrows(
                StorageException.class,
                () -> Storages.requireKnown(StorageOptions.none().with("AKIASECRETSECRET", "x")));
        assertEquals(
                "unknown option of the storage, whose name is not repeated here; known are allow_changing,"
                        + " attempt_timeout, bearer_token, connect_timeout, connections, cookies, header.NAME,"
                        + " index_pages, netrc, retries, token, total_timeout, user_agent",
                failure.getMessage());
    }

    @Test
    void optionsAreCopiedAndShowTheirKeysAlone() throws Exception {
        StorageOptions one = StorageOptions.none().with("a", "SECRET");
        StorageOptions two = one.withAll(Map.of("b", "SECRET", "a", "2")).with(String.class, "SECRET");
        assertEquals(Optional.of("SECRET"), one.property("a"));
        assertEquals(Optional.of("2"), two.property("a"));
        assertEquals(Optional.empty(), one.property("b"));
        assertEquals(Optional.of("SECRET"), two.object(String.class));
        assertEquals(Optional.empty(), one.object(String.class));
        assertFalse(two.toString().contains("SECRET"));
        assertTrue(two.toString().contains("b") && two.toString().contains("String"), two.toString());
        assertEquals("StorageOptions[a][]", one.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "YES", "On"})
    void anObjectMayChangeWhereTheOptionSaysSo(String value) throws Exception {
        assertTrue(StorageOptions.none().with("allow_changing", value).allowsChanging());
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "0", "No", "off", ""})
    void anObjectMayNotChangeOtherwise(String value) throws Exception {
        assertFalse(StorageOptions.none().with("allow_changing", value).allowsChanging());
        assertFalse(StorageOptions.none().allowsChanging());
    }

    @Test
    void anotherWordIsRefused() {
        StorageException failure = assertThrows(
                StorageException.class,
                () -> StorageOptions.none().with("allow_changing", "SECRET").allowsChanging());
        assertEquals("the option allow_changing must be true or false", failure.getMessage());
    }

    @Test
    void siblingsBelowARefusedNameAreNone() {
        List<String> opened = new ArrayList<>();
        FileResolver beside = SiblingFiles.ofPath("/data/a.h5", location -> {
            opened.add(location);
            return MemoryRangeReader.of(location, new byte[0]);
        });
        StorageException failure = assertThrows(
                StorageException.class, () -> beside.within("../x.h5").open("b.h5"));
        assertEquals(Kind.ACCESS_DENIED, failure.kind());
        assertThrows(IOException.class, () -> beside.open("\\..\\"));
        assertEquals(List.of(), opened);
    }
}
