// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.option.PasswordFile;
import io.h5coro.serve.option.ServeLimits;
import io.h5coro.serve.option.ServeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key stores are made by keytool of the JDK. */
final class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    @TempDir
    private static Path secrets;

    private static Path keys;

    @BeforeAll
    static void make() throws Exception {
        keys = keys("keys.p12");
    }

    private static Path keys(String name, String... more) throws Exception {
        Path file = secrets.resolve(name);
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
        words.addAll(Arrays.asList(more));
        Process keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        return file;
    }

    private ServeOptions options(Path keys, String password) {
        return ServeOptions.defaults()
                .withRoot("data", folder.toString())
                .withKeyStore(new ServeOptions.KeyStoreFile(keys, password));
    }

    private static KeyStore read(Path keys) throws Exception {
        return KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    }

    /** Trusts the certificate of a key store, and nothing else. */
    private static SSLContext trusting(Path keys) throws Exception {
        Certificate certificate = read(keys).getCertificate("server");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static int status(HttpClient client, URI address, String user) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (!user.isEmpty()) {
            String text = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + text);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void asksForPasswordsOverTls() throws Exception {
        Path passwords = Files.writeString(
                secrets.resolve("passwords"), PasswordFile.line("ada", "secret".toCharArray()) + "\n");
        try (H5Server server = H5Server.start(options(keys, PASSWORD).withPasswords(passwords))) {
            assertEquals("https", server.uri().getScheme());
            HttpClient client =
                    HttpClient.newBuilder().sslContext(trusting(keys)).build();
            URI probe = server.uri().resolve("msgpack/");
            assertEquals(401, status(client, probe, ""));
            assertEquals(401, status(client, probe, "ada:wrong"));
            assertEquals(401, status(client, probe, "None:None"));
            assertEquals(200, status(client, probe, "ada:secret"));
            assertThrows(IOException.class, () -> status(HttpClient.newHttpClient(), probe, "ada:secret"));
            try (RawClient plain = RawClient.connect(server.uri()).get("/health")) {
                assertFalse(plain.rest().contains("200"), "TLS alone");
            }
        }
    }

    /** A connection is used for longer than a request may take; it used to be ended, since its own end was unknown. */
    @Test
    void keepsAConnectionThatGoesOnAsking() throws Exception {
        ServeLimits limits = new ServeLimits(1 << 20, 1000, 64, 4, 1 << 16, Duration.ofMillis(1500));
        try (H5Server server = H5Server.start(options(keys, PASSWORD).withLimits(limits));
                SSLSocket socket = (SSLSocket) trusting(keys)
                        .getSocketFactory()
                        .createSocket(server.uri().getHost(), server.uri().getPort())) {
            byte[] request = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            InputStream in = socket.getInputStream();
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < 2 * limits.time().toNanos()) {
                socket.getOutputStream().write(request);
                StringBuilder answer = new StringBuilder();
                while (!answer.toString().endsWith("ok\n")) {
                    int one = in.read();
                    assertTrue(one >= 0, "the connection was ended");
                    answer.append((char) one);
                }
            }
        }
    }

    private String refusal(Path keys, String password) {
        return String.valueOf(assertThrows(IOException.class, () -> H5Server.start(options(keys, password)))
                .getMessage());
    }

    @Test
    void saysWhatIsWrongWithAKeyStore() throws Exception {
        assertEquals("the password of the key store is wrong", refusal(keys, "wrong password"));
        assertEquals("there is no such key store", refusal(secrets.resolve("none.p12"), PASSWORD));
        Path text = Files.writeString(secrets.resolve("text.p12"), "no keys");
        assertEquals("the file is no key store of PKCS12 or JKS", refusal(text, PASSWORD));
        Path old = keys("old.p12", "-startdate", "2020/01/01 00:00:00", "-validity", "1");
        assertTrue(refusal(old, PASSWORD).startsWith("the certificate of the key store expired on 2020-01-02"));
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        empty.setCertificateEntry("server", read(keys).getCertificate("server"));
        Path noKey = secrets.resolve("empty.p12");
        try (var out = Files.newOutputStream(noKey)) {
            empty.store(out, PASSWORD.toCharArray());
        }
        assertEquals("the key store holds no key", refusal(noKey, PASSWORD));
    }

    /** A proxy says for whom it asks, which anybody else can say too. */
    @Test
    void believesNothingThatAProxyMaySay() throws Exception {
        try (H5Server server = H5Server.start(ServeOptions.defaults().withRoot("data", folder.toString()))) {
            for (String header : List.of(
                    "X-Forwarded-Host: localhost",
                    "Forwarded: host=localhost;proto=https",
                    "X-Forwarded-For: 127.0.0.1",
                    "X-Forwarded-Server: localhost",
                    "X-Original-URL: /health",
                    "X-Rewrite-URL: /health")) {
                try (RawClient client = RawClient.connect(server.uri())
                        .send("GET / HTTP/1.1\r\nHost: evil.example\r\n" + header + "\r\n\r\n")) {
                    assertEquals(400, client.status(), header);
                }
            }
            try (RawClient client = RawClient.connect(server.uri())
                    .send("GET /none HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Prefix: /health\r\n"
                            + "X-Original-URL: /health\r\n\r\n")) {
                assertEquals(404, client.status());
            }
        }
    }
}
