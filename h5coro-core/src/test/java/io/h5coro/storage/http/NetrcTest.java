// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static io.h5coro.storage.RangeReaderContract.get;
import static io.h5coro.storage.RangeReaderContract.noise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.ServedRequest;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class NetrcTest {
    private static final String TEXT = """
            # of a person
            machine urs.example login me password "a \\"b\\" #1" account x
            machine other.example
              login you
              password p#2
            macdef init
            machine trap login t password t

            machine urs.example login second password second
            default login anyone password any
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "urs.example, false, Basic bWU6YSAiYiIgIzE=",
        "URS.Example, false, Basic bWU6YSAiYiIgIzE=",
        "other.example, true, Basic eW91OnAjMg==",
        "trap, false,",
        "elsewhere.example, true, Basic YW55b25lOmFueQ==",
        "elsewhere.example, false,",
    })
    void givesEachHostItsOwn(String host, boolean own, String expected) throws Exception {
        assertEquals(Optional.ofNullable(expected), Netrc.parse(TEXT).authorization(host, own));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "machine",
                "machine h login",
                "machine h login u password",
                "login MARK password MARK",
                "machine h login u password MARK MARK2",
                "machine h login u password \"MARK",
                "\n\nmachine h pasword MARK"
            })
    void aMalformedFileIsRefusedAndNotRepeated(String text) {
        StorageException failure = assertThrows(StorageException.class, () -> Netrc.parse(text));
        assertTrue(String.valueOf(failure.getMessage()).contains("line "), failure.getMessage());
        assertFalse(String.valueOf(failure.getMessage()).contains("MARK"), failure.getMessage());
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("netrc"), "machine h login u password p");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        StorageException open = assertThrows(StorageException.class, () -> Netrc.read(file));
        assertTrue(String.valueOf(open.getMessage()).contains("chmod 600"), open.getMessage());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertTrue(Netrc.read(file).authorization("h", false).isPresent());
        assertThrows(StorageException.class, () -> Netrc.read(folder.resolve("none")));
    }

    /**
     * As NASA's Earthdata: the store sends to the login, which sends back with a code, for which the store sets a
     * cookie.
     */
    @Test
    void logsInByRedirectsWithThePasswordForTheLoginAndTheCookieForTheStore() throws Exception {
        try (FaultyHttpServer store = FaultyHttpServer.start().put("/x.h5", noise(100, 1));
                FaultyHttpServer login = FaultyHttpServer.start()) {
            // Two names of this machine are two hosts.
            String at = "http://localhost:" + login.uri("/").getPort() + "/login";
            store.always(request -> request.path().equals("/code")
                    ? redirect("/x.h5", "Set-Cookie: sid=COOKIE; Path=/")
                    : request.header("Cookie").orElse("").contains("sid=COOKIE") ? ServerFault.none() : redirect(at));
            login.always(request -> request.header("Authorization").isPresent()
                    ? redirect(store.uri("/code").toString())
                    : ServerFault.status(401));
            Path file = Files.writeString(folder.resolve("netrc"), "machine localhost login u password p");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            StorageOptions options = StorageOptions.none().with("netrc", file.toString());
            try (RangeReader reader = Storages.open(store.uri("/x.h5"), options)) {
                assertEquals(10, get(reader.read(new ByteRange(0, 10))).length);
                assertEquals(20, get(reader.read(new ByteRange(10, 20))).length);
            }
            for (ServedRequest request : store.log()) {
                assertEquals(Optional.empty(), request.header("Authorization"));
            }
            assertEquals(1, login.requests());
            assertEquals(Optional.of("Basic dTpw"), login.log().get(0).header("Authorization"));
            assertEquals(Optional.empty(), login.log().get(0).header("Cookie"));
        }
    }

    private static ServerFault redirect(String location, String... headers) {
        String[] all = new String[headers.length + 1];
        all[0] = "Location: " + location;
        System.arraycopy(headers, 0, all, 1, headers.length);
        return ServerFault.status(302, all);
    }
}
