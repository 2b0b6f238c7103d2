// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.model.ReadOptions;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is wrong with an address, what may be a secret in it stands in no message, of the failure or of its causes.
 */
@Timeout(120)
final class SecretsTest {
    private static final String MARK = "MaRkEr";

    private static final ReadOptions QUICK =
            ReadOptions.builder().deadline(Duration.ofSeconds(20)).build();

    static Stream<String> addresses() {
        List<String> all = new ArrayList<>();
        for (String scheme : List.of("http", "https", "HTTP", "s3", "file", "ftp", "gs", "foo+bar")) {
            for (String user : List.of("", "MaRkEr@", "u:MaRkEr@", "u:Ma/MaRkEr@", "u:MaRkEr%zz@", "u:Ma RkMaRkEr@")) {
                for (String host :
                        List.of("127.0.0.1:1", "a_b", "h:port", "127.0.0.1:99999999", "[::1", "", "h..x:0")) {
                    String query = scheme.equals("file") ? "" : "?sig=MaRkEr";
                    all.add(scheme + "://" + user + host + "/x.h5" + query);
                }
            }
        }
        all.addAll(List.of(
                "https:/u:MaRkEr@h/x.h5?sig=MaRkEr",
                "https:///u:MaRkEr@h/x",
                "http://127.0.0.1:1/x.h5#MaRkEr",
                "http://127.0.0.1:1/%zz?MaRkEr",
                "http://127.0.0.1:1/x.h5?a=MaRkEr&b=%zz",
                "s3://b?sig=MaRkEr",
                "s3://id:MaRkEr@bucket/key",
                "https:u:MaRkEr@h/x.h5",
                "s3:/id:MaRkEr@b/x.h5",
                "file://u:MaRkEr@localhost/x.h5"));
        return all.stream();
    }

    private static void assertSecret(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        assertFalse(text.toString().contains(MARK), text.toString());
    }

    @ParameterizedTest
    @MethodSource("addresses")
    @SuppressWarnings("try") // closed early on purpose
    void noEntryPointRepeatsARefusedAddress(String address) {
        StorageOptions quick = StorageOptions.none().withAll(Map.of("retries", "0", "connect_timeout", "2"));
        assertSecret(assertThrows(
                Exception.class, () -> H5Coro.open(address, QUICK, quick).close()));
        try (H5Files files = H5Files.create(QUICK, quick)) {
            assertSecret(assertThrows(Exception.class, () -> files.open(address).close()));
            files.close();
            assertSecret(assertThrows(Exception.class, () -> files.open(address).close()));
        }
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            return;
        }
        assertSecret(assertThrows(
                Exception.class, () -> H5Coro.open(uri, QUICK, quick).close()));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b.h5, /a/b.h5",
        "a?b#c.h5, a?b#c.h5",
        "C:\\x.h5, C:\\x.h5",
        "https://h:8/x.h5?a=b, https://h:8/x.h5",
        "https://h/x@1.h5#f, https://h/x@1.h5",
        "https://u:p@h/x@1.h5#f, https:...",
        "http://a_b/x.h5, http://a_b/x.h5",
        "s3://b/k#1.h5, s3://b/k#1.h5",
        "s3://b/k.h5?x=y, s3://b/k.h5...",
        "s3://i:s@b/k.h5, s3:...",
        "file:///a/b.h5, file:/a/b.h5",
        "foo://x/y, foo:...",
    })
    void showsWhatIsNoSecret(String location, String shown) {
        assertEquals(shown, LocationText.shown(location));
    }

    @ParameterizedTest
    @ValueSource(strings = {"conections", "retires", "user-agent", "header", "header."})
    void aMisspeltPropertyIsRefusedByEveryStorage(String name) {
        StorageOptions options = StorageOptions.none().with(name, MARK);
        for (String location : List.of("x.h5", "file:///x.h5", "http://127.0.0.1:1/x.h5")) {
            StorageException failure = assertThrows(StorageException.class, () -> Storages.open(location, options));
            assertEquals(StorageException.Kind.INVALID, failure.kind());
            assertSecret(failure);
        }
    }

    @Test
    void aSecretInPlaceOfANameIsNotRepeated() {
        StorageOptions options = StorageOptions.none().with(MARK, "x");
        assertSecret(assertThrows(StorageException.class, () -> Storages.open("x.h5", options)));
    }
}
